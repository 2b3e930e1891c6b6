import threading
from datetime import date

import pytest
from deliveries import CUP, DOOR, claim, insured, register
from django.db.backends.base.base import BaseDatabaseWrapper

from wushang.integrate.landers.told import columns
from wushang.integrate.models import Candidate
from wushang.pool.models import DiseaseHazard, EnterpriseVersion, Headcount, InjuryVersion, Report, Visit, Worker
from wushang.pool.models.clock import latest

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_register_row_makes_a_certain_enterprise_with_its_place(send):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司", regulator="应急管理局"))
    now = EnterpriseVersion.objects.current().get()
    assert (now.uscc, now.region, now.plain_name, now.provisional) == (CUP, "990100001", "恒岳杯业有限公司", False)


def test_the_same_delivery_again_changes_nothing(send):
    send("Report", claim("永工认〔2026〕1号"))
    commit, outcome = send("Report", claim("永工认〔2026〕1号"))
    assert (commit, outcome.same, latest()) == (None, 1, 1)
    assert Report.objects.count() == InjuryVersion.objects.count() == 1


def test_a_changed_row_makes_a_new_version_of_the_same_injury(send):
    send("Report", claim("1号"))
    send("Report", claim("1号", "a2", accepted=date(2026, 3, 15), conclusion="recognised", decided=date(2026, 4, 1)))
    now, before = InjuryVersion.objects.current().get(), InjuryVersion.objects.as_of(1).get()
    assert now.injury == before.injury
    assert (before.status, now.status, now.recognised) == ("reported", "recognised", date(2026, 4, 1))


def test_a_refused_claim_has_no_recognition_date(send):
    send("Report", claim("1号", conclusion="refused", decided=date(2026, 4, 1)))
    now = InjuryVersion.objects.current().get()
    assert (now.status, now.recognised) == ("refused", None)


def test_commuting_is_not_at_work_and_an_unknown_situation_is(send):
    send("Report", claim("1号", situation="14-6"), claim("2号", "a2", worker="", situation=None))
    assert sorted(InjuryVersion.objects.current().values_list("at_work", flat=True)) == [False, True]


def test_two_reports_of_one_worker_on_one_day_are_one_injury(send):
    send("Report", claim("1号"))
    send("Report", claim("2号", "b1"))
    assert Report.objects.current().count() == 2
    assert InjuryVersion.objects.current().count() == 1


def test_masked_numbers_make_no_two_persons_one(send):
    """330784********1234 may be anybody: two rows that bear it stay two injuries, and no worker is known by it."""
    for mask in ("330784********1234", "330784＊＊＊＊＊＊＊＊1234"):
        send("Report", claim(f"{mask}甲", worker=mask), claim(f"{mask}乙", "b1", worker=mask))
    assert InjuryVersion.objects.current().count() == 4
    assert set(Report.objects.values_list("worker_key", flat=True)) == {""} and not Worker.objects.exists()
    assert not columns(claim("3号", worker="330784********1234"), Visit)["worker_key"], "nor by a hospital's row"


def test_nothing_but_the_landing_thread_touches_the_ledger(send, monkeypatch):
    """The rows are made in a thread beside; a connection of its own would see another state, and stay open."""
    asked, real = set(), BaseDatabaseWrapper.cursor

    def cursor(self):
        asked.add(threading.current_thread().name)
        return real(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", cursor)
    send("Headcount", insured("9", 1, 58), alone=True)
    assert asked == {threading.current_thread().name}


def test_three_workers_hurt_in_one_place_and_hour_are_one_event(send):
    ids = ["11010519491231002X", "110105194912310038", "110105194912310054"]
    send("Report", *[claim(f"{n}号", f"a{n}", w, hour=8, place="总装车间 3号线") for n, w in enumerate(ids)])
    events = set(InjuryVersion.objects.current().values_list("event", flat=True))
    assert (InjuryVersion.objects.current().count(), len(events)) == (3, 1)


def test_the_enterprise_is_found_by_code_then_number_then_name(send):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司", insurance_number="330001"))
    send("Headcount", insured("330001", 1, 58, name="恒岳杯业"))
    send("Headcount", insured("", 2, 59, name="恒岳杯业有限责任公司"))
    send("Report", claim("1号", employer_name="（简称）恒岳"))
    assert EnterpriseVersion.objects.current().count() == 1
    assert Headcount.objects.current().values("enterprise").distinct().count() == 1


def test_a_name_alone_in_another_county_does_not_merge(send, settings):
    settings.WUSHANG_REGION = "990200"
    send("RegisterEntry", register(CUP, "恒岳杯业有限公司", town="外镇"))
    settings.WUSHANG_REGION = "990100"
    send("Headcount", insured("9", 1, 58, name="恒岳杯业有限公司"))
    assert EnterpriseVersion.objects.current().count() == 2


def test_two_valid_codes_are_two_legal_persons_though_the_name_is_one(send):
    send("RegisterEntry", register(CUP, "恒岳杯业有限公司"))
    send("Headcount", insured("9", 1, 58, name="恒岳杯业有限公司", uscc=DOOR))
    now = EnterpriseVersion.objects.current().order_by("pk")
    assert [(v.uscc, v.provisional) for v in now] == [(CUP, False), (DOOR, True)]


def test_likeness_makes_a_candidate_and_never_merges(send):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    send("Headcount", insured("9", 1, 58, name="云溪市恒悦杯业有限公司"))
    pair = Candidate.objects.get()
    assert EnterpriseVersion.objects.current().get(enterprise=pair.left).provisional
    assert pair.likeness > 0.72
    assert "名称相近" in pair.reason


def test_a_former_name_in_the_register_finds_the_enterprise(send):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司", former_names="云溪市老岳杯厂"))
    send("Headcount", insured("9", 1, 58, name="老岳杯厂"))
    assert EnterpriseVersion.objects.current().count() == 1


def test_a_rename_keeps_the_identity_and_the_earlier_name(send):
    send("RegisterEntry", register(CUP, "云溪市老岳杯业有限公司"))
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司", "r2"))
    now = EnterpriseVersion.objects.current().get()
    assert (now.name, now.former_names) == ("云溪市恒岳杯业有限公司", ["云溪市老岳杯业有限公司"])
    assert EnterpriseVersion.objects.as_of(1).get().name == "云溪市老岳杯业有限公司"


def test_a_row_missing_from_a_whole_period_is_withdrawn(send):
    send("Headcount", insured("1", 1, 58), insured("2", 1, 20, name="铭锐门业"), whole=("2026-01",))
    send("Headcount", insured("3", 2, 60), whole=("2026-02",))
    _, outcome = send("Headcount", insured("1", 1, 58), whole=("2026-01",))
    assert (outcome.same, outcome.gone) == (1, 1)
    assert sorted(Headcount.objects.current().values_list("insured", flat=True)) == [58, 60]


def test_a_row_missing_from_a_delivery_of_changes_stays(send):
    send("Report", claim("1号"), claim("2号", "b", worker=""))
    send("Report", claim("3号", "c", worker=""))
    assert Report.objects.current().count() == 3


def test_a_dispatched_worker_keeps_employer_and_host(send):
    send("RegisterEntry", register(CUP, "云溪劳务派遣有限公司"), register(DOOR, "铭锐门业有限公司"))
    send("Report", claim("1号", employer_name="云溪劳务派遣有限公司", host_name="铭锐门业有限公司", host_uscc=DOOR))
    now = InjuryVersion.objects.current().get()
    assert now.employer.versions.get().uscc == CUP
    assert now.host.versions.get().uscc == DOOR


def test_names_and_numbers_of_workers_are_sealed(send):
    from django.db import connection

    send("Report", claim("1号"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT personal, values FROM pool_report" if connection.vendor == "postgresql"
                       else 'SELECT personal, "values" FROM pool_report')  # fmt: skip
        stored = str(cursor.fetchone())
    assert "张三丰" not in stored and "11010519491231002X" not in stored
    report = Report.objects.get()
    assert "张三丰" in report.personal
    assert report.masked_name == "张**"


def test_hazards_open_and_close(send):
    from wushang.integrate.delivery import Row

    open_ = {"name": "恒岳", "uscc": CUP, "kind": "over_limit", "factor": "噪声", "opened": date(2026, 1, 5)}
    send("DiseaseHazard", Row("k", "h1", open_))
    send("DiseaseHazard", Row("k", "h2", {**open_, "closed": date(2026, 2, 1)}))
    assert DiseaseHazard.objects.current().get().closed == date(2026, 2, 1)
    assert DiseaseHazard.objects.as_of(1).get().closed is None
