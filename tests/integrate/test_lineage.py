"""数从哪来: each kind of fact has its list, each row says by which rule it found its unit, each field of an injury who says it."""

from datetime import date
from typing import get_args

import pytest
from deliveries import CUP, claim, insured, register
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wushang.integrate.api import What
from wushang.integrate.delivery import Row
from wushang.integrate.land import Order, land
from wushang.integrate.lineage.facts import TITLES
from wushang.integrate.lineage.kinds import KINDS
from wushang.integrate.lineage.rows import TABLES, shown
from wushang.integrate.models import Link
from wushang.people.models import AuditEntry, User
from wushang.pool.models import Accident, Disease, EnterpriseVersion, Headcount, InjuryVersion, Report, Visit
from wushang.pool.models.clock import latest

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "云溪市恒岳杯业有限公司"
ROWS = {
    "Payment": ("benefit_payments", {"month": "2026-03-01", "item": "medical", "amount": 123_456}, "1,234.56"),
    "ProjectInsurance": ("project_insurance", {"month": "2026-03-01", "number": "P1", "project": "石塘桥", "heads": 40}, "石塘桥"),
    "Visit": ("hospital_visits", {"visited": "2026-03-06", "number": "1", "facility": "人民医院"}, "人民医院"),
    "Disease": ("occupational_diseases", {"number": "D1", "disease": "x", "reported": "2026-03-09", "factor": "矽尘"}, "矽尘"),
    "Accident": ("safety_accidents", {"number": "A1", "occurred": "2026-03-06", "kind": "fire", "dead": 0, "serious": 2}, "2026-03-06"),
    "HazardDeclaration": ("hazard_declarations", {"declared": "2026-03-02", "factor": "噪声", "exposed": 35}, "35"),
    "HazardTest": ("hazard_tests", {"tested": "2026-03-02", "factor": "苯", "measured": 7_500_000, "limit": 6_000_000, "unit": "mg/m³"}, "7.5 mg/m³"),
    "HealthCheck": ("health_checks", {"month": "2026-03-01", "due": 30, "checked": 28}, "28"),
    "Standing": ("credit_grades", {"kind": "credit", "grade": "A", "year": 2026}, "2026-12-31"),
    "Penalty": ("penalties", {"number": "罚1号", "decided": "2026-03-03", "matter": "未按规定培训", "amount": 5_000_00}, "未按规定培训"),
    "Certificate": ("operator_certificates", {"trade": "电工作业", "valid_to": "2027-01-01"}, "电工作业"),
}  # fmt: skip
WHAT = {"Payment": "payments", "ProjectInsurance": "projects", "Visit": "visits", "Disease": "diseases", "Accident": "accidents",
        "HazardDeclaration": "declarations", "HazardTest": "tests", "HealthCheck": "checks", "Standing": "standings",
        "Penalty": "penalties", "Certificate": "certificates"}  # fmt: skip


@pytest.fixture
def see(people):
    """What somebody sees at an address: see("wangli", name, *args, **query) → (status, text)."""
    User.objects.update(password_set=timezone.now())

    def _see(who, name, *args, **query):
        client = Client()
        client.force_login(getattr(people, who))
        answer = client.get(reverse(name, args=args), query)
        return answer.status_code, answer.content.decode()

    return _see


@pytest.fixture
def unit(send):
    send("RegisterEntry", register(CUP, NAME))
    send("Headcount", insured("9", 1, 58, uscc=CUP))
    send("Report", claim("1号", part="", kind=""))
    return EnterpriseVersion.objects.current().get().enterprise_id


@pytest.fixture
def deliver(people, now):
    def _deliver(table, key="k1", **more):
        source, values, _shown = ROWS[table]
        row = Row(key, f"{key}{more}", {"name": NAME, "uscc": CUP, **values, **more}, {"worker": "张三"})
        land(Order(table, source, "990100-health", "测试"), [row], people.wangli.actor, now)

    return _deliver


def linked(model, what, now):
    row, injury = model.objects.current().get(), InjuryVersion.objects.current().get().injury
    natural = {"source": row.source, "sender": row.sender, "key": row.key}
    return Link.objects.create(what=what, **natural, injury=injury, state=Link.LINKED, how="exact", probability=1, commit=latest(), found=now)


def test_every_reported_table_has_its_list():
    assert set(WHAT.values()) | {"headcounts", "hazards", "register"} == set(KINDS)


@pytest.mark.parametrize("table", sorted(set(ROWS) - {"Visit", "Disease"}))
def test_a_list_shows_the_rows_of_the_unit_and_leads_to_each(unit, deliver, see, table):
    deliver(table)
    status, page = see("wangli", "integrate:lineage_unit", unit, what=WHAT[table])
    assert status == 200 and ROWS[table][2] in page and f"/integrate/lineage/rows/{table}/" in page
    assert see("linwai", "integrate:lineage_unit", unit, what=WHAT[table])[0] == 404


def test_the_machine_door_tells_every_list_with_the_files_rows(unit, deliver, see, client, people):
    assert set(get_args(What)) == set(TITLES)
    for table in sorted(set(ROWS) - {"Visit", "Disease"}):
        deliver(table)
    client.force_login(people.wangli)
    for table in sorted(set(ROWS) - {"Visit", "Disease"}):
        told = client.get(f"/api/pool/lineage/enterprises/{unit}?what={WHAT[table]}").json()
        assert told["count"] == 1 and told["items"][0]["sources"][0]["table"] == table, (table, told)
        assert "张三" not in str(told)
    assert AuditEntry.objects.filter(verb="pool.lineage", subject=f"enterprise:{unit}").count() == len(ROWS) - 2
    client.force_login(people.zhanghaiyan)
    assert client.get(f"/api/pool/lineage/enterprises/{unit}?what=visits").status_code == 404, "health is for who links reports"


SEALED = {
    "Payment": {"id_number": "330722199001011237"}, "Certificate": {"number": "T330722199001011237"}, "Accident": {"responsibility": "张三违章"},
    "Visit": {"diagnosis": "张三右手挫裂伤", "place": "张三家门口"}, "Disease": {"id_number": "330722199001011237"},
}  # fmt: skip


@pytest.mark.parametrize("table", SEALED)
def test_what_the_ledger_keeps_encrypted_is_masked_where_the_file_is_not_at_hand_too(table, unit, people, now):
    source, values, _shown = ROWS[table]
    row = Row("k1", "d", {"name": NAME, "uscc": CUP, **values}, {"worker": "张三", **SEALED[table]})
    land(Order(table, source, "990100-health", "测试"), [row], people.wangli.actor, now)
    fact = TABLES[table].objects.current().get()
    told = {cell.title: cell for cell in shown([fact])[0].cells}
    assert not any("张三" in cell.text or "330722199001011237" in cell.text for cell in told.values()), told
    sealed = SEALED[table] | ({} if table == "Accident" else {"worker": "张三"})
    assert all(told[name].personal for name in sealed) and told["name"].text == NAME
    assert not {"personal", "worker_key", "masked_name", "employer_text"} & set(told)
    plain = {cell.title: cell.text for cell in shown([fact], masked=False)[0].cells}
    assert all(plain[name] == text for name, text in sealed.items())


def test_the_days_asked_for_narrow_a_list(unit, deliver, see):
    deliver("Penalty")
    _, page = see("wangli", "integrate:lineage_unit", unit, what="penalties", **{"from": "2026-03-04"})
    assert "未按规定培训" not in page


@pytest.mark.parametrize(("table", "what"), [("Visit", "visits"), ("Disease", "diseases")])
def test_health_is_listed_only_where_it_is_linked_and_only_for_who_links(unit, deliver, see, now, table, what):
    deliver(table)
    model = {"Visit": Visit, "Disease": Disease}[table]
    assert ROWS[table][2] not in see("wangli", "integrate:lineage_unit", unit, what=what)[1], "a lead has its own page"
    lead = model.objects.current().get().pk
    assert see("lijianguo", "integrate:lineage_row", table, lead)[0] == 200, "who looks into leads"
    assert see("wangli", "integrate:lineage_row", table, lead)[0] == 404, "nobody else, by no address"
    before = latest()
    deliver("Penalty")
    linked(model, what[:-1], now)
    assert ROWS[table][2] in see("wangli", "integrate:lineage_unit", unit, what=what)[1]
    assert see("zhanghaiyan", "integrate:lineage_unit", unit)[0] == 200
    assert see("zhanghaiyan", "integrate:lineage_unit", unit, what=what)[0] == 404
    assert ROWS[table][2] not in see("wangli", "integrate:lineage_unit", unit, what=what, known=before)[1], "not linked then"
    row = model.objects.current().get().pk
    assert see("wangli", "integrate:lineage_row", table, row)[0] == 200
    assert see("zhanghaiyan", "integrate:lineage_row", table, row)[0] == 404


def test_the_way_of_insurance_is_told_in_the_lists_words(unit, send, see):
    send("Headcount", insured("9", 2, 3, uscc=CUP, digest="over"), alone=True)
    Headcount.objects.filter(digest="over").update(mode="over_age")
    assert "超龄人员参保" in see("wangli", "integrate:lineage_unit", unit, what="headcounts")[1]


def test_an_injury_under_which_a_report_was_put_is_told(unit, see, now):
    link = linked(Report, "report", now)
    status, page = see("wangli", "integrate:lineage_injury", link.injury_id)
    assert status == 200 and "/integrate/lineage/rows/Report/" in page


def test_a_row_says_by_which_rule_it_found_its_unit(unit, see):
    row = Report.objects.current().get()
    assert "统一社会信用代码一致" in see("wangli", "integrate:lineage_row", "Report", row.pk)[1]


def test_an_injury_says_which_source_each_field_is_from_and_why(unit, deliver, see, now):
    deliver("Accident")
    link = linked(Accident, "accident", now)
    injury = InjuryVersion.objects.current().get().injury_id
    _, page = see("wangli", "integrate:lineage_injury", injury)
    assert "各项取自哪里" in page and "火灾" in page and "平台默认：GB/T 6441-1986" in page
    assert "轻伤" in page, "severity is the recognition's: not all died"
    assert "关联：证件号码一致</a>" in page and f"/integrate/links/{link.pk}/" in page, "how the row was found to tell of it"
    Link.objects.update(how="model", probability=0.9731)
    assert "关联：多项相符，相符程度 97.3%</a>" in see("wangli", "integrate:lineage_injury", injury)[1], "and how surely"


def test_body_and_grade_are_for_case_analysis(unit, send, see):
    send("Report", claim("1号", "a9", part="左手食指", grade="10"))
    injury = InjuryVersion.objects.current().get().injury_id
    fields = see("zhanghaiyan", "integrate:lineage_injury", injury)[1].split("各项取自哪里")[1].split("合成后的各版本")[0]
    assert "左手食指" not in fields and "十级" not in fields and date(2026, 3, 6).isoformat() in fields
