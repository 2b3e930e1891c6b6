from datetime import date

import pytest
from deliveries import CUP, DOOR, claim, insured, register

from wushang.integrate.deeds.merge_enterprises import KeepApart, MergeEnterprises, UndoMerge
from wushang.integrate.models import Candidate
from wushang.integrate.undo import undo
from wushang.people.deed import NotAllowed
from wushang.people.models import AuditEntry
from wushang.pool.models import EnterpriseVersion, Headcount, InjuryVersion, Report
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def state():
    """What everybody sees, without the clock."""
    return {
        "enterprises": sorted(EnterpriseVersion.objects.current().values_list("name", "uscc", "provisional")),
        "heads": sorted(Headcount.objects.current().values_list("key", "insured", "enterprise_id")),
        "reports": sorted(Report.objects.current().values_list("key", "digest")),
        "injuries": sorted(InjuryVersion.objects.current().values_list("injury_id", "employer_id", "status")),
    }


def back(people, now, commit):
    return undo(commit, "withdrawal", "撤回", people.wangli.actor, now)


def test_withdrawing_a_file_brings_the_earlier_state_back(send, people, now):
    send("RegisterEntry", register(CUP, "恒岳杯业有限公司"))
    send("Headcount", insured("1", 1, 58, uscc=CUP), insured("2", 1, 5, name="铭锐"), whole=("2026-01",))
    send("Report", claim("1号"))
    before = state()
    wrong, _ = send("Headcount", insured("1", 1, 580, uscc=CUP), whole=("2026-01",))
    assert state() != before
    back(people, now, wrong)
    assert state() == before


def test_withdrawing_a_file_of_claims_takes_its_injuries_away(send, people, now):
    send("RegisterEntry", register(CUP, "恒岳杯业有限公司"))
    before = state()
    wrong, _ = send("Report", claim("1号"))
    back(people, now, wrong)
    assert state() == before
    assert InjuryVersion.objects.as_of(wrong.number).count() == 1


def test_rows_changed_since_by_a_later_file_stay_as_that_file_says(send, people, now):
    first, _ = send("Report", claim("1号"), claim("2号", "b", worker=""))
    send("Report", claim("1号", "a2", conclusion="recognised", decided=date(2026, 4, 1)))
    back(people, now, first)
    assert list(Report.objects.current().values_list("key", "digest")) == [("1号", "a2")]
    assert InjuryVersion.objects.current().get().status == "recognised"


def test_withdrawing_can_itself_be_asked_about_later(send, people, now):
    first, _ = send("Report", claim("1号"))
    withdrawal = back(people, now, first)
    assert Report.objects.as_of(first.number).count() == 1
    assert Report.objects.as_of(withdrawal.number).count() == 0


def test_a_unit_of_a_withdrawn_file_stays_to_be_confirmed_while_another_file_tells_of_it(send, people, now):
    listed, _ = send("RegisterEntry", register(CUP, "恒岳杯业有限公司"), register(DOOR, "铭锐门业有限公司"))
    send("Report", claim("1号"))
    back(people, now, listed)
    hurt = InjuryVersion.objects.current().get()
    assert list(EnterpriseVersion.objects.current().values_list("enterprise", "name", "provisional")) == [
        (hurt.employer_id, "恒岳杯业有限公司", True)
    ]
    send("RegisterEntry", register(CUP, "恒岳杯业有限公司"))
    assert EnterpriseVersion.objects.current().get().enterprise_id == hurt.employer_id


@pytest.fixture
def pair(send):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    send("Headcount", insured("9", 1, 58, name="云溪市恒悦杯业有限公司"), insured("9", 2, 60, name="云溪市恒悦杯业有限公司"))
    send("Report", claim("1号", uscc="", employer_name="云溪市恒悦杯业有限公司"))
    return Candidate.objects.get()


def test_a_merge_moves_the_facts_and_undo_moves_them_back(pair, people, now):
    before = state()
    merge = MergeEnterprises(people.wangli.actor, now, pair.right, pair.left, "同一地址，已电话核实").do()
    assert set(Headcount.objects.current().values_list("enterprise", flat=True)) == {pair.right_id}
    assert InjuryVersion.objects.current().get().employer == pair.right
    assert EnterpriseVersion.objects.current().get(enterprise=pair.left).merged_into == pair.right
    UndoMerge(people.wangli.actor, now, merge, "电话核实有误").do()
    assert AuditEntry.objects.get(verb="integrate.decide", subject=f"commit:{merge.number}").detail["reason"] == "电话核实有误"
    assert state() == before
    pair.refresh_from_db()
    assert pair.state == "different"


def test_after_a_merge_the_other_spelling_finds_the_kept_enterprise(pair, people, now, send):
    MergeEnterprises(people.wangli.actor, now, pair.right, pair.left, "同一地址").do()
    send("Headcount", insured("", 3, 61, name="云溪市恒悦杯业有限公司"))
    assert set(Headcount.objects.current().values_list("enterprise", flat=True)) == {pair.right_id}


def test_the_kept_enterprise_takes_the_code_that_only_the_other_had_and_gives_it_back(pair, people, now, send):
    before = state()
    merge = MergeEnterprises(people.wangli.actor, now, pair.left, pair.right, "同一地址").do()
    send("Headcount", insured("", 3, 61, name="写法又不同的一家厂", uscc=CUP))
    assert set(Headcount.objects.current().values_list("enterprise", flat=True)) == {pair.left_id}
    back(people, now, Headcount.objects.current().order_by("-pk").first().recorded)
    UndoMerge(people.wangli.actor, now, merge, "电话核实有误").do()
    assert state() == before


def test_two_legal_persons_cannot_be_merged(send, people, now):
    send("RegisterEntry", register(CUP, "恒岳杯业有限公司"), register(DOOR, "铭锐门业有限公司"))
    cup, door = (v.enterprise for v in EnterpriseVersion.objects.current().order_by("pk"))
    with pytest.raises(Refused, match="两个法人"):
        MergeEnterprises(people.wangli.actor, now, cup, door, "看着像").do()


def test_a_clerk_of_another_county_cannot_merge(pair, people, now):
    with pytest.raises(NotAllowed):
        MergeEnterprises(people.linwai.actor, now, pair.right, pair.left, "同一地址").do()


def test_a_merge_needs_a_reason(pair, people, now):
    with pytest.raises(Refused, match="理由"):
        MergeEnterprises(people.wangli.actor, now, pair.right, pair.left, " ").do()


def test_kept_apart_pairs_leave_the_queue(pair, people, now):
    KeepApart(people.wangli.actor, now, pair, "两家不同的厂").do()
    assert not Candidate.objects.filter(state="open").exists()
    with pytest.raises(Refused, match="已经有人处理"):
        KeepApart(people.wangli.actor, now, pair, "再来").do()
