"""Reports of hospitals, health institutions and the emergency bureau find the injury they tell of."""

import importlib.util
from datetime import date
from pathlib import Path

import pytest
from deliveries import claim

from wushang.integrate.hearing import hear_waiting
from wushang.integrate.linkage import records
from wushang.integrate.linkage.run import link_waiting
from wushang.integrate.models import Link, LinkModel, LinkRun
from wushang.people.models import AuditEntry
from wushang.pool.models import Accident, Disease, InjuryVersion, Visit

_spec = importlib.util.spec_from_file_location("linkage_rows", Path(__file__).with_name("conftest.py"))
rows = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rows)

pytestmark = pytest.mark.django_db(transaction=True)
LI = "110105194912310038"


def states():
    return sorted(Link.objects.values_list("key", "state", "how"))


def test_a_visit_with_the_same_number_on_the_same_day_is_linked(cups, tell, now):
    tell(Visit, rows.visit("M1", firm=cups))
    link_waiting(now)
    assert states() == [("M1", "linked", "exact")]
    assert Link.objects.get().injury == InjuryVersion.objects.current().get().injury


def test_a_visit_without_a_number_is_linked_by_name_unit_day_sex_and_age(cups, tell, now):
    tell(Visit, rows.visit("M1", number="", firm=cups, sex="F", age=76))
    link_waiting(now)
    assert states() == [("M1", "linked", "model")]


def test_a_number_with_one_wrong_digit_waits_for_nobody_when_all_else_agrees(cups, tell, now):
    tell(Visit, rows.visit("M1", number="11010519491231003X", firm=cups))
    link_waiting(now)
    assert Link.objects.get().state == "linked" and Link.objects.get().how == "model"


def test_the_name_and_day_alone_are_for_a_person(cups, tell, now):
    tell(Visit, rows.visit("M1", number="", text="", sex="", visited=date(2026, 3, 10)))
    link_waiting(now)
    assert states() == [("M1", "open", "model")]


def test_another_person_of_the_same_unit_on_the_same_day_is_not_linked(cups, tell, now):
    tell(Visit, rows.visit("M1", worker="李四光", number=LI, firm=cups))
    link_waiting(now)
    assert not Link.objects.filter(state="linked").exists()


def test_a_visit_weeks_later_by_the_same_worker_is_for_a_person(cups, tell, now):
    """It may be another injury: under-linking is preferred."""
    tell(Visit, rows.visit("M1", visited=date(2026, 4, 15), firm=cups))
    link_waiting(now)
    assert states() == [("M1", "open", "exact")]


def test_a_claim_that_comes_later_finds_the_visit_that_waits(cups, tell, send, now):
    tell(Visit, rows.visit("M1", worker="李四光", number=LI, firm=cups, visited=date(2026, 3, 9)))
    link_waiting(now)
    assert not Link.objects.exists()
    send("Report", claim("2号", "b1", LI, date(2026, 3, 9)))
    link_waiting(now)
    assert states() == [("M1", "linked", "exact")]


def test_a_link_outlives_a_new_version_of_the_row_and_nothing_is_done_twice(cups, tell, now):
    tell(Visit, rows.visit("M1", firm=cups))
    assert link_waiting(now) == 1
    assert link_waiting(now) == 0, "no new commit"
    first = Link.objects.get().pk
    Visit.objects.update(digest="new")
    tell(Disease, rows.card("Z9", worker="王五", number="", text="别家"))
    link_waiting(now)
    assert Link.objects.get(key="M1").pk == first


def test_an_injury_taken_back_releases_its_link_and_coming_again_takes_it_anew(cups, tell, send, now, people):
    from wushang.integrate.undo import undo
    from wushang.pool.models import Commit

    tell(Visit, rows.visit("M1", firm=cups))
    link_waiting(now)
    undo(Commit.objects.get(number=2), "withdrawal", "撤回", people.wangli.actor, now)
    link_waiting(now)
    assert states() == [("M1", "released", "exact")]
    send("Report", claim("1号", kind="machinery", hour=8))
    link_waiting(now)
    assert [s for s in states() if s[1] == "linked"] == [("M1", "linked", "exact")]


def test_a_refused_pair_is_never_proposed_again(cups, tell, send, now, people):
    tell(Visit, rows.visit("M1", visited=date(2026, 4, 15), firm=cups))
    link_waiting(now)
    Link.objects.update(state="refused", decided=now, decided_by=people.wangli)
    send("Report", claim("2号", "b1", LI, date(2026, 4, 14)))
    link_waiting(now)
    assert Link.objects.get(injury=InjuryVersion.objects.current().get(occurred=date(2026, 3, 6)).injury).state == "refused"
    assert not Link.objects.filter(state="linked").exists()


def test_a_disease_card_is_linked_to_its_claim(cups, tell, now):
    tell(Disease, rows.card("Z1", firm=cups))
    link_waiting(now)
    assert states() == [("Z1", "linked", "exact")]


def test_an_accident_is_linked_by_unit_hours_and_kind(cups, tell, now):
    tell(
        Accident, rows.accident("A1", cups, hour=9, kind="machinery"), rows.accident("A2", cups, date(2026, 3, 8), kind="machinery"),
        rows.accident("A3", cups, hour=9, kind="electric_shock"), rows.accident("A4", cups, date(2026, 3, 7), hour=10, kind="machinery"),
    )  # fmt: skip
    link_waiting(now)
    assert states() == [("A1", "linked", "rule")]


def test_a_run_leaves_one_audit_entry_without_any_person(cups, tell, now):
    tell(Visit, rows.visit("M1", firm=cups), rows.visit("M2", worker="李四光", number=LI))
    before = AuditEntry.objects.filter(verb="integrate.link").count()
    link_waiting(now)
    entry = AuditEntry.objects.filter(verb="integrate.link")[before:].get()
    assert entry.detail["told"] == 2 and "张三丰" not in str(entry.detail) and LI not in str(entry.detail)
    assert LinkModel.objects.get().how == "judged" and LinkRun.objects.first().counts["linked"] == 1


def test_nothing_kept_holds_a_name_or_a_number(cups, tell, now):
    tell(Visit, rows.visit("M1", firm=cups))
    link_waiting(now)
    kept = str(list(Link.objects.values())) + str(list(LinkModel.objects.values())) + str(list(LinkRun.objects.values()))
    assert "张三丰" not in kept and rows.ZHANG not in kept


def _claim_of_li(occurred):
    row = claim("2号", "b1", LI, occurred)
    row.personal["worker"] = "李四光"
    return row


@pytest.fixture
def entered(cups, people, now):
    """李四光's injury of 9 March, entered on a telephone without a number, before there is a claim."""
    from wushang.integrate.delivery import Row
    from wushang.integrate.land import Order, land

    said = {"employer_name": "云溪市恒岳杯业有限公司", "occurred": date(2026, 3, 9), "reported": date(2026, 3, 9), "part": "右手"}
    row = Row("SL2026-0001", "h1", said, {"worker": "李四光"}, "2026-03", 1)
    land(Order("Report", "hand_entry", "990100001-town", "手工录入"), [row], people.wangli.actor, now)
    return InjuryVersion.objects.current().get(occurred=date(2026, 3, 9)).injury


def test_what_was_entered_by_hand_and_the_claim_that_follows_are_one_injury(entered, send, now, tell, cups):
    tell(Visit, rows.visit("M7", worker="李四光", number="", firm=cups, visited=date(2026, 3, 9)))
    link_waiting(now)
    assert Link.objects.get(key="M7").injury == entered
    send("Report", _claim_of_li(date(2026, 3, 9)))
    assert InjuryVersion.objects.current().filter(occurred=date(2026, 3, 9)).count() == 2
    link_waiting(now)
    one = InjuryVersion.objects.current().get(occurred=date(2026, 3, 9))
    assert (one.status, one.part) == ("reported", "右手"), "the claim's word first, the other's where it says nothing"
    assert Link.objects.get(key="SL2026-0001").state == "linked" and Link.objects.get(key="M7").injury == one.injury
    before = InjuryVersion.objects.as_of(one.recorded.number - 1).filter(occurred=date(2026, 3, 9))
    assert before.count() == 2, "as known before there were two"
    assert link_waiting(now) >= 0 and link_waiting(now) == 0


def test_taken_apart_they_are_two_again_and_stay_two(entered, send, now, people):
    from wushang.integrate.deeds.decide_link import ReleaseLink

    send("Report", _claim_of_li(date(2026, 3, 9)))
    link_waiting(now)
    ReleaseLink(people.wangli.actor, now, Link.objects.get(key="SL2026-0001"), "是两个人").do()
    assert InjuryVersion.objects.current().filter(occurred=date(2026, 3, 9)).count() == 2
    link_waiting(now)
    assert InjuryVersion.objects.current().filter(occurred=date(2026, 3, 9)).count() == 2


def test_a_claim_of_another_day_is_for_a_person(entered, send, now):
    send("Report", _claim_of_li(date(2026, 3, 7)))
    link_waiting(now)
    assert not Link.objects.filter(state="linked").exists()
    assert InjuryVersion.objects.current().count() == 3


def test_a_part_taken_from_a_visit_is_not_compared_with_that_visit_again(cups, send, tell, now):
    """Of the claim's own words alone: an injury that took 头部 from a visit does not vouch for that visit."""
    tell(Visit, rows.visit("M1", firm=cups, part="head"))
    link_waiting(now)
    assert hear_waiting(now) == 1 and InjuryVersion.objects.current().get().part == "头部"
    assert [one["part"] for one in records.injuries(InjuryVersion.objects.current())] == [""]
    send("Report", claim("1号", "a2", part="左手食指"))
    assert [one["part"] for one in records.injuries(InjuryVersion.objects.current())] == ["hand"]


def test_an_injury_hears_that_a_link_became_a_proposal_though_it_is_proposed_anew_before(cups, send, tell, now, settings):
    send("Report", claim("1号", "a2"))
    tell(Visit, rows.visit("M1", firm=cups, part="head"))
    link_waiting(now)
    hear_waiting(now)
    settings.WUSHANG_LINK_ACCEPT = 1.1
    Link.objects.update(state="open")  # as a stricter model leaves it
    before = Link.objects.get().pk
    send("Report", claim("2号", "b1", LI))
    link_waiting(now)
    assert set(Link.objects.values_list("state", flat=True)) == {"open"} and not Link.objects.filter(pk=before).exists()
    assert InjuryVersion.objects.current().filter(part="头部").exists()
    hear_waiting(now)
    assert not InjuryVersion.objects.current().filter(part="头部").exists()
