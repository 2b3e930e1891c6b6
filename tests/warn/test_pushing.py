"""三推送: each newly accepted injury once, to three, without personal data; history and old ones never."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from wushang.integrate.undo import copy_of
from wushang.people.deed import NotAllowed
from wushang.people.todo import todos
from wushang.pool import landing
from wushang.pool.models import EnterpriseVersion, InjuryVersion
from wushang.terms.problem import Refused
from wushang.warn.deeds.tell_by_hand import TellByHand
from wushang.warn.deeds.withdraw_push import WithdrawPush
from wushang.warn.models import Delivery, Push, StartDay
from wushang.warn.outbox import deliver_some
from wushang.warn.pushing import push_commits

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_force(world, now):
    """Pushes since 1 March; the commits of the world itself are behind the cursor."""
    StartDay.objects.create(name="push", day=date(2026, 3, 1), set_by="李建国", at=now)
    push_commits(now)


def test_an_accepted_injury_is_told_to_enterprise_township_and_regulator(world, now, in_force):
    world.contact()
    world.injury(date(2026, 3, 6))
    assert push_commits(now) == 1
    rows = Push.objects.get().deliveries
    assert set(rows.values_list("recipient_kind", "channel")) == {
        ("enterprise", "sms_http"), ("township", "inbox"), ("department", "inbox"),
    }  # fmt: skip
    assert "云溪市恒岳杯业有限公司2026年3月6日发生的工伤事故" in rows.get(recipient_kind="township").text


def test_a_push_that_reaches_the_unit_by_no_channel_waits_for_a_hand_and_stands_on_the_desk(world, people, now, in_force):
    world.injury(date(2026, 3, 6))
    push_commits(now)
    row = Delivery.objects.get(recipient_kind="enterprise")
    assert (row.channel, deliver_some(now + timedelta(minutes=30))) == ("by_hand", 2)

    def desk(who) -> list[tuple[str, date]]:
        return [(str(one.what), one.due) for one in todos(who.actor, date(2026, 3, 20)) if "人工告知" in str(one.what)]

    assert desk(people.wangli) == [("人工告知单位 1 条", date(2026, 3, 25))]
    assert desk(people.linwai) == desk(people.fangzhiqiang) == []
    with pytest.raises(Refused, match="没有选择怎么告知"):
        TellByHand(people.wangli.actor, now, row, "").do()
    TellByHand(people.wangli.actor, now, row, "phone").do()
    row.refresh_from_db()
    assert (row.state, row.receipt) == ("delivered", "电话告知　王丽")
    with pytest.raises(Refused, match="已经登记或撤回"):
        TellByHand(people.wangli.actor, now, row, "phone").do()
    assert desk(people.wangli) == []
    with pytest.raises(NotAllowed):
        TellByHand(people.linwai.actor, now, row, "phone").do()


def test_it_waits_in_the_outbox_before_it_leaves(world, now, in_force):
    world.contact()
    world.injury(date(2026, 3, 6))
    push_commits(now)
    assert deliver_some(now) == 0
    assert deliver_some(now + timedelta(minutes=30)) == 3


def test_a_push_taken_back_never_leaves(world, people, now, in_force):
    world.injury(date(2026, 3, 6))
    push_commits(now)
    push = Push.objects.get()
    assert WithdrawPush(people.wangli.actor, now, push, "重复受理，已合并").do() == 3
    assert deliver_some(now + timedelta(hours=1)) == 0
    with pytest.raises(Refused, match="已经撤回"):
        WithdrawPush(people.wangli.actor, now, Push.objects.get(), "重复受理，已合并").do()


def ended(world, people, now, **more):
    """The injury's version ends; with `more` another one follows."""
    first = InjuryVersion.objects.current().get()
    commit = landing.start("withdrawal", "撤回", people.system.actor, now)
    again = {f.attname: getattr(first, f.attname) for f in first._meta.concrete_fields if f.attname not in ("id",)}
    landing.load(commit, InjuryVersion, [again | more] if more else [])
    landing.claim(commit, InjuryVersion, [first.pk])
    landing.publish(commit, now)
    return again


@pytest.mark.parametrize("more", [{}, {"status": "refused"}, {"at_work": False}])
def test_what_waits_of_an_injury_that_was_taken_away_never_leaves(world, people, now, in_force, more):
    world.injury(date(2026, 3, 6))
    push_commits(now)
    ended(world, people, now, **more)
    push_commits(now)
    assert deliver_some(now + timedelta(hours=1)) == 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {"withheld"}
    assert Push.objects.get().withdrawn == now


def test_an_injury_that_is_handed_in_again_after_its_withdrawal_is_told_once(world, people, now, in_force):
    world.contact()
    world.injury(date(2026, 3, 6))
    push_commits(now)
    again = ended(world, people, now)
    push_commits(now)
    commit = landing.start("landing", "重报", people.system.actor, now)
    landing.load(commit, InjuryVersion, [again])
    landing.publish(commit, now)
    assert push_commits(now) == 1 and Push.objects.get().withdrawn is None
    assert deliver_some(now + timedelta(hours=1)) == 3


def test_what_has_left_is_not_told_again_though_the_data_come_back(world, people, now, in_force):
    world.injury(date(2026, 3, 6))
    push_commits(now)
    deliver_some(now + timedelta(minutes=30))
    again = ended(world, people, now)
    commit = landing.start("landing", "重报", people.system.actor, now)
    landing.load(commit, InjuryVersion, [again])
    landing.publish(commit, now)
    assert push_commits(now) == 0


def test_a_push_that_has_left_cannot_be_taken_back(world, people, now, in_force):
    world.contact()
    world.injury(date(2026, 3, 6))
    push_commits(now)
    deliver_some(now + timedelta(minutes=30))
    with pytest.raises(Refused, match="全部发出"):
        WithdrawPush(people.wangli.actor, now, Push.objects.get(), "重复受理，已合并").do()


def test_once_per_injury_though_it_is_recognised_later(world, people, now, in_force):
    world.injury(date(2026, 3, 6))
    first = InjuryVersion.objects.get()
    commit = landing.start("landing", "认定", people.system.actor, now)
    again = {f.attname: getattr(first, f.attname) for f in first._meta.concrete_fields if f.attname not in ("id",)}
    landing.load(commit, InjuryVersion, [again | {"status": "recognised"}])
    landing.claim(commit, InjuryVersion, [first.pk])
    landing.publish(commit, now)
    assert push_commits(now) == 1
    assert push_commits(now) == 0


@pytest.mark.parametrize(
    "more",
    [
        {"historical": True},
        {"occurred": date(2026, 2, 28)},
        {"reported": date(2026, 2, 27)},
        {"status": "reported"},
        {"status": "refused"},
        {"at_work": False},
    ],
)
def test_what_is_history_or_older_or_not_accepted_is_never_pushed(world, now, in_force, more):
    world.injury(more.pop("occurred", date(2026, 3, 6)), more.pop("status", "accepted"), **more)
    assert push_commits(now) == 0 and not Delivery.objects.exists()


def test_without_a_day_of_force_nothing_is_pushed_and_it_is_not_made_up_for_later(world, now):
    world.injury(date(2026, 3, 6))
    assert push_commits(now) == 0
    StartDay.objects.create(name="push", day=date(2026, 3, 1), set_by="李建国", at=now)
    assert push_commits(now) == 0


def test_a_provisional_unit_is_not_pushed_to(world, now, in_force):
    world.injury(date(2026, 3, 6), at=world.enterprise("某厂", provisional=True))
    assert push_commits(now) == 0


def confirmed(world, people, now, unit, historical=False):
    """What the register, KeepApart and a merge do alike: the unit's version, provisional no more."""
    held = EnterpriseVersion.objects.current().get(enterprise=unit)
    commit = landing.start("decision", "确认单位", people.system.actor, now, historical)
    landing.claim(commit, EnterpriseVersion, [held.pk])
    landing.load(commit, EnterpriseVersion, [copy_of(held, provisional=False)])
    landing.publish(commit, now, [unit.pk])


def test_what_waited_for_a_provisional_unit_is_pushed_once_when_the_unit_is_confirmed(world, people, now, in_force):
    unit = world.enterprise("某厂", provisional=True)
    world.injury(date(2026, 3, 6), at=unit)
    world.injury(date(2026, 3, 7), "recognised", host_id=unit.pk)  # sent there by the cup works
    world.injury(date(2026, 3, 8), at=unit, host_id=world.cup.pk)  # lent to the cup works: pushed at once, to them
    assert push_commits(now) == 1
    confirmed(world, people, now, unit)
    assert push_commits(now) == 2
    assert list(Push.objects.filter(enterprise=unit).order_by("occurred").values_list("occurred", flat=True)) == [
        date(2026, 3, 6), date(2026, 3, 7),
    ]  # fmt: skip
    confirmed(world, people, now, unit)
    assert push_commits(now) == 0


@pytest.mark.parametrize(
    "more", [{"historical": True}, {"occurred": date(2026, 2, 28)}, {"reported": date(2026, 2, 27)}, {"status": "refused"}]
)
def test_a_confirmed_unit_brings_back_no_history_and_nothing_older_or_refused(world, people, now, in_force, more):
    unit = world.enterprise("某厂", provisional=True)
    world.injury(more.pop("occurred", date(2026, 3, 6)), more.pop("status", "accepted"), at=unit, **more)
    assert push_commits(now) == 0
    confirmed(world, people, now, unit)
    assert push_commits(now) == 0 and not Delivery.objects.exists()


def test_what_waited_is_pushed_though_the_unit_is_confirmed_by_a_register_of_history(world, people, now, in_force):
    unit = world.enterprise("某厂", provisional=True)
    world.injury(date(2026, 3, 6), at=unit)
    confirmed(world, people, now, unit, historical=True)
    assert push_commits(now) == 1


def test_a_provisional_unit_merged_away_has_its_injury_told_to_the_unit_that_stays(world, people, now, in_force):
    unit = world.enterprise("某厂", provisional=True)
    world.injury(date(2026, 3, 6), at=unit)
    assert push_commits(now) == 0
    first = InjuryVersion.objects.get()
    held = EnterpriseVersion.objects.current().get(enterprise=unit)
    commit = landing.start("merge", "归并", people.system.actor, now)
    landing.claim(commit, EnterpriseVersion, [held.pk])
    landing.load(commit, EnterpriseVersion, [copy_of(held, merged_into_id=world.cup.pk, provisional=False)])
    landing.claim(commit, InjuryVersion, [first.pk])
    landing.load(commit, InjuryVersion, [copy_of(first, employer_id=world.cup.pk)])
    landing.publish(commit, now)
    assert push_commits(now) == 1 and Push.objects.get().enterprise == world.cup


def test_a_worker_killed_half_way_pushes_neither_twice_nor_never(monkeypatch, world, now, in_force):
    from wushang.warn import pushing

    world.injury(date(2026, 3, 6))
    whole, calls = pushing.tell.department, []

    def killed(*args, **more):
        calls.append(1)
        raise KeyboardInterrupt

    monkeypatch.setattr(pushing.tell, "department", killed)
    with pytest.raises(KeyboardInterrupt):
        push_commits(now)
    assert not Push.objects.exists() and not Delivery.objects.exists()
    monkeypatch.setattr(pushing.tell, "department", whole)
    assert push_commits(now) == 1 and Delivery.objects.count() == 3
