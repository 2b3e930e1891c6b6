import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.deed import NotAllowed
from wushang.people.deeds.hand_over import ConfirmHandOver, StartHandOver
from wushang.people.models import Appointment, AuditEntry, HandOver, User
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_clerk(people):
    return User.objects.create_user("chenxin", "Yunxi-2026-demo", name="陈新", department=people.wangli.department,
                                    password_set=timezone.now())  # fmt: skip


@pytest.fixture
def paper(enter, people, new_clerk):
    enter("wangli").post("/people/hand-over/", {"taker": new_clerk.pk, "note": "轮岗"})
    return HandOver.objects.get()


def test_the_list_names_the_post_and_the_place(paper):
    assert paper.items[0]["title"] == "经办人（云溪市）"


def test_nothing_moves_before_the_successor_confirms(paper, people, new_clerk, today):
    assert scope_of(people.wangli, today).may("warn.draft")
    assert not scope_of(new_clerk, today).may("warn.draft")


def test_when_both_have_confirmed_the_appointments_have_moved(paper, enter, people, new_clerk, today):
    browser = enter("chenxin")
    assert "王丽要交给您" in browser.get("/people/hand-over/").content.decode()
    browser.post(f"/people/hand-over/{paper.pk}/confirm/")
    assert scope_of(new_clerk, today).may("warn.draft")
    assert not scope_of(people.wangli, today).may("warn.draft")
    assert scope_of(people.wangli, today - timedelta(days=1)).may("warn.draft")
    assert AuditEntry.objects.filter(verb="people.confirm_hand_over", detail__refused=True).count() == 0


def test_only_the_successor_confirms(paper, enter, people, now):
    assert enter("lijianguo").post(f"/people/hand-over/{paper.pk}/confirm/").status_code == 404
    with pytest.raises(NotAllowed):
        ConfirmHandOver(people.wangli.actor, now, paper).do()


def test_the_giver_can_take_it_back_until_then(paper, enter, people, new_clerk, today):
    page = enter("wangli").post(f"/people/hand-over/{paper.pk}/recall/", follow=True).content.decode()
    assert "交接已撤回" in page
    assert not HandOver.objects.exists()
    assert enter("chenxin").post(f"/people/hand-over/{paper.pk}/confirm/").status_code == 404
    assert not scope_of(new_clerk, today).may("warn.draft")


def test_after_confirming_it_cannot_be_taken_back(paper, enter):
    enter("chenxin").post(f"/people/hand-over/{paper.pk}/confirm/")
    page = enter("wangli").post(f"/people/hand-over/{paper.pk}/recall/", follow=True).content.decode()
    assert "不能撤回" in page
    assert HandOver.objects.get().confirmed


def test_a_second_list_waits_for_the_first(paper, people, new_clerk, now):
    with pytest.raises(Refused, match="已经有一份"):
        StartHandOver(people.wangli.actor, now, people.wangli, new_clerk).do()


def test_the_printed_list_is_for_the_two_and_the_administrator(paper, enter):
    for username, status in (("wangli", 200), ("chenxin", 200), ("admin", 200), ("zhoumin", 404), ("linwai", 404)):
        assert enter(username).get(f"/people/hand-over/{paper.pk}/").status_code == status
    assert "监交人签字" in enter("wangli").get(f"/people/hand-over/{paper.pk}/").content.decode()


def test_colleagues_of_the_same_department_can_take_over(enter):
    page = enter("wangli").get("/people/hand-over/").content.decode()
    offered = re.findall(r"<option value=\"\d+\">([^<]+)<", page)
    assert "李建国" in offered and "方志强" not in offered and "王丽" not in offered


def test_the_administrator_starts_it_for_somebody_who_has_left(enter, people, new_clerk):
    sent = {"form": "hand_over", "taker": new_clerk.pk, "note": "已离职"}
    assert enter("admin").post(f"/people/accounts/{people.wangli.pk}/", sent).status_code == 302
    assert HandOver.objects.get().giver == people.wangli


def test_an_end_date_passes_on_with_the_post(paper, people, new_clerk, enter, today):
    Appointment.objects.filter(user=people.wangli).update(valid_to=today + timedelta(days=10))
    enter("chenxin").post(f"/people/hand-over/{paper.pk}/confirm/")
    assert Appointment.objects.get(user=new_clerk).valid_to == today + timedelta(days=10)


def test_a_post_the_successor_holds_already_is_not_doubled(people, paper, new_clerk, enter):
    held = Appointment.objects.get(user=people.wangli)
    Appointment.objects.create(user=new_clerk, role=held.role, regions=held.regions)
    enter("chenxin").post(f"/people/hand-over/{paper.pk}/confirm/")
    assert Appointment.objects.filter(user=new_clerk).count() == 1


def test_a_post_is_held_until_the_local_midnight(people, new_clerk):
    """20:00 UTC is 04:00 of the next day in the office: the giver's last day is that day's eve."""
    late = datetime(2026, 3, 20, 20, 0, tzinfo=UTC)
    paper = StartHandOver(people.wangli.actor, late, people.wangli, new_clerk).do()
    ConfirmHandOver(Actor(new_clerk, "陈新", scope_of(new_clerk, date(2026, 3, 21))), late, paper).do()
    assert Appointment.objects.get(user=people.wangli).valid_to == date(2026, 3, 20)
