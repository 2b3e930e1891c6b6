from datetime import date
from pathlib import Path

import pytest
from judge.town import REGION

import wushang
from wushang.judge.deeds.approve_policy import ApprovePolicy
from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.deeds.edit_parameters import EditParameters
from wushang.judge.deeds.end_policy import EndPolicy
from wushang.judge.deeds.offer_shipped_packs import OfferShippedPacks
from wushang.judge.deeds.put_in_force import PutInForce
from wushang.judge.models import PolicyVersion
from wushang.people.deed import NotAllowed
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
GAOTAI = (Path(wushang.__file__).parent / "policies/gaotai/graded_warning.yaml").read_text(encoding="utf-8")
TODAY = date(2026, 3, 20)


@pytest.fixture
def draft(people, now) -> PolicyVersion:
    return DraftPolicy(people.lijianguo.actor, now, GAOTAI, REGION).do()


def approved(people, now, version: PolicyVersion) -> PolicyVersion:
    for person in (people.lijianguo, people.zhoumin):
        ApprovePolicy(person.actor, now, version).do()
    return version


def test_shipped_packs_are_offered_once_and_none_takes_force(people, now) -> None:
    offered = OfferShippedPacks(people.system.actor, now, REGION).do()
    assert {v.policy for v in offered} == {
        "gaotai-graded-warning",
        "yongkang-key-enterprises",
        "yongkang-serious-injury",
        "yongkang-two-warnings",
        "hunan-monthly-ranking",
        "zhejiang-enforcement-priority",
        "qingdao-risk-colour",
        "national-accident-grades",
        "template-rate-three-colours",
        "template-enterprise-code",
        "yongkang-overdue-reports",
        "zhejiang-incidence-target",
        "zhejiang-regional-index",
    }
    assert {v.state for v in offered} == {"offered"}
    assert OfferShippedPacks(people.system.actor, now, REGION).do() == []
    assert not PolicyVersion.objects.in_force_on(TODAY).exists()


def test_a_row_gives_its_text_back_byte_for_byte(draft) -> None:
    assert PolicyVersion.objects.get(pk=draft.pk).text.encode() == GAOTAI.encode()


def test_a_text_that_fails_its_check_is_no_draft(people, now) -> None:
    with pytest.raises(Refused, match="events"):
        DraftPolicy(
            people.lijianguo.actor, now, GAOTAI.replace("when: events >= yellow", "when: evnts >= yellow"), REGION
        ).do()


def test_one_person_alone_cannot_put_a_rule_in_force(people, now, draft) -> None:
    ApprovePolicy(people.lijianguo.actor, now, draft).do()
    with pytest.raises(Refused, match="已经批准过"):
        ApprovePolicy(people.lijianguo.actor, now, draft).do()
    with pytest.raises(Refused, match="还没有批准"):
        PutInForce(people.zhoumin.actor, now, draft, TODAY).do()
    ApprovePolicy(people.zhoumin.actor, now, draft).do()
    PutInForce(people.zhoumin.actor, now, draft, TODAY).do()
    assert PolicyVersion.objects.in_force_on(TODAY).get() == draft


def test_a_clerk_and_an_outsider_may_not_approve(people, now, draft) -> None:
    for person in (people.wangli, people.linwai, people.zhanghaiyan):
        with pytest.raises(NotAllowed):
            ApprovePolicy(person.actor, now, draft).do()


def test_the_platform_itself_approves_nothing(people, now, draft) -> None:
    with pytest.raises(Refused, match="须由人批准"):
        ApprovePolicy(people.system.actor, now, draft).do()


def test_a_rule_takes_force_today_at_the_earliest(people, now, draft) -> None:
    with pytest.raises(Refused, match="不能早于今天"):
        PutInForce(people.zhoumin.actor, now, approved(people, now, draft), date(2026, 3, 19)).do()


def test_a_new_version_ends_the_one_before_it_the_day_before(people, now, draft) -> None:
    PutInForce(people.zhoumin.actor, now, approved(people, now, draft), TODAY).do()
    second = DraftPolicy(people.lijianguo.actor, now, GAOTAI, REGION, "version 1").do()
    PutInForce(people.zhoumin.actor, now, approved(people, now, second), date(2026, 4, 1)).do()
    assert PolicyVersion.objects.in_force_on(date(2026, 3, 31)).get() == draft
    assert PolicyVersion.objects.in_force_on(date(2026, 4, 1)).get() == second
    assert second.number == 2


def test_a_trial_goes_on_in_full_and_judges_until_the_eve(people, now, draft) -> None:
    """It was the row itself that moved: nothing held between the day of the deed and the day of force."""
    trial = PutInForce(people.zhoumin.actor, now, approved(people, now, draft), TODAY, "compute_only").do()
    full = PutInForce(people.zhoumin.actor, now, trial, date(2026, 4, 1), "full").do()
    trial.refresh_from_db()
    assert (trial.mode, trial.effective_from, trial.effective_to) == ("compute_only", TODAY, date(2026, 3, 31))
    assert (full.number, full.mode, full.text) == (2, "full", trial.text)
    assert [a.user for a in full.approvals.all()] == [people.lijianguo, people.zhoumin]
    assert [PolicyVersion.objects.in_force_on(day).get().number for day in (TODAY, date(2026, 3, 31), date(2026, 4, 1))] == [1, 1, 2]


def test_a_trial_cannot_be_in_full_from_its_own_first_day(people, now, draft) -> None:
    trial = PutInForce(people.zhoumin.actor, now, approved(people, now, draft), TODAY, "compute_only").do()
    with pytest.raises(Refused, match="第1版定于2026-03-20施行"):
        PutInForce(people.zhoumin.actor, now, trial, TODAY, "full").do()


def test_what_a_version_is_follows_from_its_days(people, now, draft) -> None:
    first = PutInForce(people.zhoumin.actor, now, approved(people, now, draft), TODAY).do()
    second = DraftPolicy(people.lijianguo.actor, now, GAOTAI, REGION, "version 1").do()
    PutInForce(people.zhoumin.actor, now, approved(people, now, second), date(2026, 4, 1)).do()
    first.refresh_from_db()
    eve, day = date(2026, 3, 31), date(2026, 4, 1)
    assert [(v.state_on(eve), v.state_on(day)) for v in (first, second)] == [("in_force", "ended"), ("scheduled", "in_force")]


def test_a_version_that_is_stopped_before_it_begins_leaves_the_one_before_it(people, now, draft) -> None:
    first = PutInForce(people.zhoumin.actor, now, approved(people, now, draft), TODAY).do()
    second = DraftPolicy(people.lijianguo.actor, now, GAOTAI, REGION, "version 1").do()
    PutInForce(people.zhoumin.actor, now, approved(people, now, second), date(2026, 4, 1)).do()
    EndPolicy(people.zhoumin.actor, now, second, TODAY, "改期").do()
    assert PolicyVersion.objects.in_force_on(date(2026, 4, 1)).get() == first
    assert second.state_on(TODAY) == second.state_on(date(2026, 5, 1)) == "cancelled"
    third = DraftPolicy(people.lijianguo.actor, now, GAOTAI, REGION, "version 1").do()
    PutInForce(people.zhoumin.actor, now, approved(people, now, third), date(2026, 3, 25)).do()
    assert PolicyVersion.objects.in_force_on(date(2026, 4, 1)).get() == third


def test_a_place_says_how_many_must_approve(people, now, draft, settings) -> None:
    settings.WUSHANG_RULE_APPROVALS = 1
    ApprovePolicy(people.zhoumin.actor, now, draft).do()
    assert draft.state == "approved"


def test_ending_needs_a_reason_and_keeps_its_own_time(people, now, draft) -> None:
    version = PutInForce(people.zhoumin.actor, now, approved(people, now, draft), TODAY).do()
    with pytest.raises(Refused, match="原因"):
        EndPolicy(people.zhoumin.actor, now, version, TODAY, " ").do()
    EndPolicy(people.zhoumin.actor, now, version, TODAY, "办法废止").do()
    assert PolicyVersion.objects.in_force_on(TODAY).exists()
    assert not PolicyVersion.objects.in_force_on(date(2026, 3, 21)).exists()


def test_a_number_changed_in_a_draft_changes_that_value_and_nothing_else(people, now, draft) -> None:
    changes = {"parameters.red_from": 4}
    EditParameters(people.lijianguo.actor, now, draft, changes, "云人社发〔2026〕8号", "发生4起以上，红色预警").do()
    before, after = GAOTAI.splitlines(), draft.text.splitlines()
    [changed] = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert changed[1] == (
        "      2025-01-01: {was: 3, value: 4, clause: 发生4起以上，红色预警, basis: place, document: 云人社发〔2026〕8号}"
    )
    assert draft.pack.settings(TODAY)["red_from"] == 4


def test_a_changed_number_without_a_document_of_its_own_is_refused(people, now, draft) -> None:
    with pytest.raises(Refused, match="须有本地依据"):
        EditParameters(people.lijianguo.actor, now, draft, {"parameters.red_from": 4}).do()


def test_the_severity_override_needs_a_document_of_its_own(people, now, draft) -> None:
    changes = {"parameters.fatal_is_red": True}
    with pytest.raises(Refused, match="不能直接启用"):
        EditParameters(people.lijianguo.actor, now, draft, changes).do()
    EditParameters(people.lijianguo.actor, now, draft, changes, "云人社发〔2026〕8号", "死亡的直接列为红色").do()
    assert draft.pack.settings(TODAY)["fatal_is_red"] is True


def test_a_default_length_may_be_changed_as_a_default(people, now, draft) -> None:
    EditParameters(people.lijianguo.actor, now, draft, {"clocks.orange.report": "15 days"}).do()
    assert draft.pack.cases["orange"].clocks["report"].length == "15 days"
    assert draft.pack.cases["red"].clocks["report"].length == "30 days"


def test_the_window_of_a_measure_may_be_changed(people, now, draft) -> None:
    EditParameters(people.lijianguo.actor, now, draft, {"measures.events.window": "last_12_months"}).do()
    assert draft.pack.measures["events"].window == "last_12_months"


def test_a_change_that_breaks_the_rule_is_refused_with_a_sentence(people, now, draft) -> None:
    """Red from one: orange by count and yellow would never come, and the examples fail."""
    with pytest.raises(Refused, match="黄色预警永远不会出现"):
        EditParameters(people.lijianguo.actor, now, draft, {"parameters.red_from": 1}, "甲", "乙").do()


def test_a_change_takes_the_approvals_back(people, now, draft) -> None:
    ApprovePolicy(people.zhoumin.actor, now, draft).do()
    EditParameters(people.lijianguo.actor, now, draft, {"clocks.orange.report": "15 days"}).do()
    assert draft.approvals.count() == 0


def test_what_was_approved_is_never_edited(people, now, draft) -> None:
    with pytest.raises(Refused, match="只有草稿可以修改"):
        EditParameters(
            people.lijianguo.actor, now, approved(people, now, draft), {"clocks.orange.report": "15 days"}
        ).do()
