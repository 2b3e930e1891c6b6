"""A warning that raised a signed one and is taken back: the ledger stands where it stood."""

from __future__ import annotations

from datetime import date

import pytest

from wushang.people.todo import todos
from wushang.warn import offered, standing
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.issue import Issue
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.deeds.withdraw import Withdraw
from wushang.warn.drafting import draft_findings
from wushang.warn.models import Warning

pytestmark = pytest.mark.django_db


@pytest.fixture
def orange(world, people, now):
    """Two accidents: an orange piece of 恒岳杯业."""
    world.headcount(58)
    world.injury(date(2026, 2, 6))
    world.injury(date(2026, 3, 6))
    return DraftWarning(people.system.actor, now, world.finding("orange")).do()


@pytest.fixture
def fallen(world, now):
    """A third accident came in and went again: judge found red, and then orange, which is no news."""

    def go(after: str = "orange", before: str = "red"):
        world.injury(date(2026, 3, 12))
        world.finding(before)
        draft_findings(now)
        red = Warning.objects.order_by("-pk").get(level=before, state="drafted")
        world.finding(after, before=before, may_warn=False)
        draft_findings(now)
        red.refresh_from_db()
        return red

    return go


def withdraw(people, now, held):
    Withdraw(people.lijianguo.actor, now, held, "报送已撤回，不再成立", "wrong_data").do()
    held.refresh_from_db()
    return held


def seen(held):
    """Read again: the deed may have changed another object of the same row."""
    held = Warning.objects.get(pk=held.pk)
    return held.level, held.state, held.letter.number


@pytest.mark.parametrize("state", ["numbered", "issued", "delivered"])
def test_a_signed_orange_stands_again_with_its_letter_when_the_red_is_withdrawn(orange, fallen, advance, people, now, state):
    advance(orange, state)
    before, letter = seen(orange), orange.letter.pk
    red = fallen()
    assert seen(orange)[1] == "merged" and red.pk != orange.pk and red.withdrawal_proposed == now
    assert "不再达到红色预警条件，现为橙色预警" in red.withdrawal_why
    assert withdraw(people, now, red).state == "withdrawn"
    assert seen(orange) == before and Warning.objects.get(pk=orange.pk).letter.pk == letter
    now_stands = Warning.objects.get(pk=orange.pk)
    assert now_stands.merged_into is None and now_stands.ended is None and now_stands.withdrawal_proposed is None
    assert [step.step for step in now_stands.steps.filter(live=True)] == ["submit", "review", "sign"]
    assert not now_stands.letter.numbers.exclude(cancelled=None).exists()
    assert Warning.objects.count() == 2


def test_a_signed_orange_that_stands_again_can_leave(orange, fallen, advance, people, now):
    advance(orange, "numbered")
    withdraw(people, now, fallen())
    orange.refresh_from_db()
    Issue(people.wangli.actor, now, orange).do()
    assert seen(orange) == ("orange", "issued", "云人社预〔2026〕37号")


def test_an_unsigned_orange_is_raised_in_place_and_proposed_anew(orange, fallen, advance, people, now):
    advance(orange, "reviewed")
    red = fallen()
    assert red.pk == orange.pk
    assert standing.after(red) == "撤回后仍达到橙色预警条件，按橙色预警重新起草。"
    withdraw(people, now, red)
    again = Warning.objects.exclude(pk=red.pk).get()
    assert (again.level, again.state, again.letter.kind, again.letter.values["events"]) == ("orange", "drafted", "advice_letter", 3)


def test_when_nothing_is_left_the_delivered_orange_stands_again_with_the_proposal(orange, fallen, advance, people, now):
    """Its letter is in the unit's hands: a person has to revoke it."""
    advance(orange, "delivered")
    red = fallen(after="")
    withdraw(people, now, red)
    orange.refresh_from_db()
    assert orange.state == "delivered" and orange.withdrawal_proposed == now
    assert "不再达到橙色预警条件（" in orange.withdrawal_why


def test_of_a_yellow_that_had_gone_out_and_a_red_draft_orange_remains(world, people, now, drafted, advance, fallen):
    advance(drafted, "issued")
    world.injury(date(2026, 2, 12))
    red = fallen()
    withdraw(people, now, red)
    drafted.refresh_from_db()
    held = Warning.objects.get(state="drafted")
    assert held.level == "orange" and (drafted.state, drafted.merged_into) == ("merged", held)


def test_a_red_withdrawn_though_the_facts_still_give_red_brings_the_orange_back_and_no_second_red(
    orange, world, advance, people, now
):
    advance(orange, "issued")
    world.injury(date(2026, 3, 12))
    world.finding("red")
    draft_findings(now)
    red = Warning.objects.get(level="red")
    withdraw(people, now, red)
    assert seen(orange) == ("orange", "issued", "云人社预〔2026〕37号") and Warning.objects.count() == 2


def test_the_facts_may_fall_after_somebody_took_the_red_back(orange, world, people, now):
    world.injury(date(2026, 3, 12))
    world.finding("red")
    draft_findings(now)
    orange.refresh_from_db()
    withdraw(people, now, orange)
    assert Warning.objects.count() == 1
    world.finding("orange", before="red", may_warn=False)
    draft_findings(now)
    assert [(one.level, one.state) for one in Warning.objects.order_by("pk")] == [("red", "withdrawn"), ("orange", "drafted")]
    draft_findings(now)
    assert Warning.objects.count() == 2


def test_a_signed_letter_that_never_left_loses_its_number_when_the_red_one_leaves(orange, world, advance, people, now):
    advance(orange, "numbered")
    world.injury(date(2026, 3, 12))
    world.finding("red")
    draft_findings(now)
    red = Warning.objects.get(level="red")
    assert orange.letter.numbers.filter(cancelled=None).count() == 1
    for who, deed in ((people.wangli, NumberLetter),):
        deed(who.actor, now, red, red.letter, typed="云人社预〔2026〕38号").do()
    Warning.objects.filter(pk=red.pk).update(state="signed")
    red.refresh_from_db()
    Issue(people.wangli.actor, now, red).do()
    assert orange.letter.numbers.get().cancel_reason == "预警升级，没有发出"
    withdraw(people, now, Warning.objects.get(pk=red.pk))
    assert seen(orange) == ("orange", "signed", "")  # it waits for a number of its own


def test_the_page_the_acts_and_the_desk_tell_of_the_proposal(orange, fallen, advance, people, now, signed_in):
    advance(orange, "delivered")
    red = fallen()
    Warning.objects.filter(pk=red.pk).update(handler=people.wangli)
    page = signed_in("lijianguo").get(f"/warn/{red.pk}/").content.decode()
    assert f"撤回后恢复第 {orange.pk} 件：橙色预警 云人社预〔2026〕37号，已送达。" in page
    rows = [str(row.what) for row in todos(people.wangli.actor, date(2026, 3, 20)) if row.op_url == f"/warn/{red.pk}/"]
    assert rows == [f"起草{red.letter.title}（由云人社预〔2026〕37号升级；已提出撤回，等科长决定）"]
    answer = signed_in("lijianguo").post(f"/warn/{red.pk}/do/withdraw/", {"reason": "报送已撤回", "cause": "wrong_data"}, follow=True)
    assert f"现在是第 {orange.pk} 件：橙色预警 云人社预〔2026〕37号，已送达。" in answer.content.decode()


def codes(warning, who):
    offer = offered.offer(Warning.objects.get(pk=warning.pk), who.actor)
    return {act.code for act in (*offer.others, *offer.danger)} & {"propose", "withdraw", "revoke", "keep"}


def test_of_proposing_withdrawing_and_revoking_only_what_applies_is_offered(orange, advance, people):
    assert codes(orange, people.wangli) == {"propose"} and codes(orange, people.lijianguo) == {"withdraw"}
    advance(orange, "delivered")
    assert codes(orange, people.wangli) == codes(orange, people.lijianguo) == {"revoke"}
