"""From a finding to a warning: opens, joins, raises, merges; history, provisional units and the day of force."""

from __future__ import annotations

from datetime import date

import pytest

from wushang.people.deed import NotAllowed
from wushang.terms.period import Period
from wushang.terms.problem import Refused
from wushang.warn.compose import _as_far_as_known
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.propose_withdrawal import ProposeWithdrawal
from wushang.warn.drafting import draft_findings
from wushang.warn.models import Warning

pytestmark = pytest.mark.django_db


def test_a_finding_opens_a_warning_with_its_letter_filled_in(drafted):
    letter = drafted.letter
    assert (drafted.state, drafted.level, letter.kind) == ("drafted", "yellow", "risk_letter")
    wanted = {"enterprise": "云溪市恒岳杯业有限公司", "events": 1, "recognised": 0, "pending": 1, "people": 1, "period": "今年"}
    assert {k: letter.values[k] for k in wanted} == wanted
    assert letter.values["copies"] == "东城街道办事处"  # yellow is addressed to the unit alone; the regulator is not told of it
    assert letter.values["accidents"][0]["occurred"] == "2026-03-06"
    assert letter.issuer == "云溪市人力资源和社会保障局"
    assert drafted.due == date(2026, 3, 24)  # Friday 20 March and two working days


@pytest.mark.parametrize("office", ["", "0990-6123456"])
def test_a_letter_carries_the_offices_telephone_or_none(world, people, now, settings, office):
    settings.WUSHANG_OFFICE_PHONE = office
    clerk = people.wangli.actor
    world.injury(date(2026, 3, 6))
    values = DraftWarning(clerk, now, world.finding("yellow")).do().letter.values
    assert values["contact"] == "王丽" and values.get("contact_phone", "") == office


def test_the_same_finding_again_changes_nothing(world, people, now, drafted):
    again = DraftWarning(people.system.actor, now, drafted.finding).do()
    assert again == drafted and Warning.objects.count() == 1


def test_a_case_is_counted_once_though_two_people_were_hurt(world, people, now):
    world.injury(date(2026, 3, 6), event="same")
    world.injury(date(2026, 3, 6), event="same")
    values = DraftWarning(people.system.actor, now, world.finding("yellow")).do().letter.values
    assert (values["events"], values["people"]) == (1, 2)


def test_a_dispatched_worker_counts_where_the_work_was_done(world, people, now):
    agency = world.enterprise("云溪市劳务派遣公司", uscc="91999901MA00000026")
    world.injury(date(2026, 3, 6), at=agency, host_id=world.cup.pk)
    assert DraftWarning(people.system.actor, now, world.finding("yellow")).do().letter.values["events"] == 1
    with pytest.raises(Refused, match="没有新的事故"):
        DraftWarning(people.system.actor, now, world.finding("yellow", enterprise=agency)).do()


def test_the_letter_tells_the_number_that_judge_counted(world, people, now):
    """The measure itself, over the ledger's rows, gives what the letter says."""
    from wushang.analyse.measures import Ask, measures
    from wushang.pool import reading

    world.injury(date(2026, 1, 12), "recognised")
    world.injury(date(2026, 3, 6))
    world.injury(date(2026, 3, 7), "refused")
    world.injury(date(2026, 3, 8), at_work=False)
    world.injury(date(2025, 12, 31))
    finding = world.finding("orange")
    pool = reading.for_enterprises([world.cup.pk])
    rows = pool.fetch(measures()["injury_events"].value(pool, Ask(finding.as_of))).to_pylist()
    letter = DraftWarning(people.system.actor, now, finding).do().letter
    assert letter.values["events"] == rows[0]["value"] == 2


def test_a_second_accident_raises_the_draft_in_place(world, people, now, drafted):
    world.injury(date(2026, 3, 12), "recognised")
    raised = DraftWarning(people.system.actor, now, world.finding("orange")).do()
    assert raised.pk == drafted.pk and (raised.level, raised.state) == ("orange", "drafted")
    assert raised.letter.kind == "advice_letter" and raised.letters.filter(dropped=True).count() == 1
    assert (raised.letter.values["events"], raised.letter.values["recognised"], raised.letter.values["pending"]) == (2, 1, 1)


def test_an_issued_warning_is_merged_into_the_higher_one(world, people, now, drafted, advance):
    advance(drafted, "issued")
    world.injury(date(2026, 3, 12))
    higher = DraftWarning(people.system.actor, now, world.finding("orange")).do()
    drafted.refresh_from_db()
    assert higher.pk != drafted.pk and (drafted.state, drafted.merged_into) == ("merged", higher)
    assert Warning.objects.filter(state__in=("drafted",)).get() == higher


def test_a_finding_of_the_same_level_joins_and_refreshes_only_what_nobody_wrote(world, people, now, drafted, advance):
    advance(drafted, "drafted")
    world.injury(date(2026, 3, 12))
    joined = DraftWarning(people.system.actor, now, world.finding("yellow")).do()
    assert joined.pk == drafted.pk
    assert joined.letter.values["events"] == 2
    assert joined.letter.values["contact"] == "工伤保险科 王丽"


def test_a_hazard_alone_drafts_an_advice_letter_with_the_factor(world, people, now):
    world.hazard()
    letter = DraftWarning(people.system.actor, now, world.finding("orange")).do().letter
    assert letter.values["hazards"] == ["噪声"] and letter.values["events"] == 0


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"historical": True}, "历史数据"),
        ({"may_warn": False}, "历史数据"),
        ({"kind": "list"}, "只列名单"),
        ({"as_of": date(2025, 12, 31)}, "尚未启用"),
    ],
)
def test_what_must_not_warn_is_refused_with_the_reason(world, people, now, more, why):
    world.injury(date(2026, 3, 6))
    with pytest.raises(Refused, match=why):
        DraftWarning(people.system.actor, now, world.finding("yellow", **more)).do()
    assert not Warning.objects.exists()


def test_three_years_of_history_draft_nothing(world, people, now):
    world.injury(date(2026, 2, 1), historical=True)
    with pytest.raises(Refused, match="历史数据"):
        DraftWarning(people.system.actor, now, world.finding("yellow")).do()


def test_only_what_happened_after_the_day_of_force_opens_a_warning_but_all_is_counted(world, people, now):
    world.version.effective_from = date(2026, 3, 1)
    world.version.save()
    world.injury(date(2026, 1, 12))
    with pytest.raises(Refused, match="启用日期以后没有新的"):
        DraftWarning(people.system.actor, now, world.finding("yellow")).do()
    world.injury(date(2026, 3, 6))
    assert DraftWarning(people.system.actor, now, world.finding("orange")).do().letter.values["events"] == 2


def test_a_rule_that_only_computes_drafts_nothing(world, people, now):
    world.version.mode = "compute_only"
    world.version.save()
    world.injury(date(2026, 3, 6))
    with pytest.raises(Refused, match="只算不发"):
        DraftWarning(people.system.actor, now, world.finding("yellow")).do()


def test_a_provisional_unit_is_never_warned(world, people, now):
    unsure = world.enterprise("某厂", provisional=True)
    world.injury(date(2026, 3, 6), at=unsure)
    with pytest.raises(Refused, match="身份待确认"):
        DraftWarning(people.system.actor, now, world.finding("yellow", enterprise=unsure)).do()


def test_the_worker_handles_each_finding_once(world, now):
    world.injury(date(2026, 3, 6))
    world.finding("yellow")
    world.finding("yellow", kind="list")
    assert draft_findings(now) == 1
    assert draft_findings(now) == 0
    assert Warning.objects.count() == 1


def test_a_correction_proposes_to_withdraw_and_does_not_withdraw(world, now, drafted):
    draft_findings(now)
    world.finding("", before="yellow")
    assert draft_findings(now) == 1
    drafted.refresh_from_db()
    assert drafted.withdrawal_proposed == now and drafted.state == "drafted"
    assert "不再达到黄色预警条件" in drafted.withdrawal_why


def test_a_window_that_turned_on_new_years_day_changes_nothing(world, now, drafted):
    draft_findings(now)
    world.finding("", before="yellow", cause="window", as_of=date(2027, 1, 1))
    assert draft_findings(now) == 0
    drafted.refresh_from_db()
    assert drafted.withdrawal_proposed is None


def test_somebody_of_another_county_cannot_draft(world, people, now):
    world.injury(date(2026, 3, 6))
    with pytest.raises(NotAllowed):
        DraftWarning(people.linwai.actor, now, world.finding("yellow")).do()


def test_a_proposal_of_the_platform_ends_when_the_outcome_holds_again(world, now, drafted, advance):
    """The file was withdrawn and handed in again."""
    draft_findings(now)
    world.finding("", before="yellow")
    draft_findings(now)
    world.finding("yellow")
    draft_findings(now)
    drafted.refresh_from_db()
    assert drafted.withdrawal_proposed is None
    assert any("撤回建议不再提" in entry.text for entry in drafted.entries.all())


def test_what_a_person_proposed_stays(world, people, now, drafted):
    ProposeWithdrawal(people.lijianguo.actor, now, drafted, "单位来电说不是本单位职工").do()
    world.finding("yellow", before="")
    draft_findings(now)
    drafted.refresh_from_db()
    assert drafted.withdrawal_proposed is not None


def test_a_circular_compares_the_days_that_are_known_with_the_same_days_of_last_year() -> None:
    year = Period(date(2026, 1, 1), date(2026, 11, 22))
    assert _as_far_as_known(year, date(2026, 10, 28)) == Period(date(2026, 1, 1), date(2026, 10, 28))
    assert _as_far_as_known(year, None) == year == _as_far_as_known(year, date(2026, 12, 1))
