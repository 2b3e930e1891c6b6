"""Replay the city: history first (nothing is sent), then the months since the rules took force, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from wushang.collect.command import collect_file
from wushang.collect.models import Batch
from wushang.judge.deeds.approve_policy import ApprovePolicy
from wushang.judge.deeds.offer_shipped_packs import OfferShippedPacks
from wushang.judge.deeds.put_in_force import PutInForce
from wushang.judge.models import PolicyVersion
from wushang.people.actor import Actor
from wushang.simulate import city as simulated
from wushang.terms.calendar import is_working_day
from wushang.terms.period import month_of
from wushang.warn.deeds.set_start_day import SetStartDay
from wushang.web import worker
from wushang.web.demo import asked, contacts, lists, office, place, reconciled, rectification_plans, told, unit
from wushang.web.demo.calendar import Sending, days, moment, sendings
from wushang.web.demo.plan import Plan

IN_FORCE = ("gaotai-graded-warning", "yongkang-serious-injury")
HELD_BACK = ("injury_recognition",)  # the newest file of these waits for you to upload it
Tell = Callable[[str], None]


def build(folder: Path, today: date, enterprises: int, months: int, tell: Tell) -> None:
    """Everything from the empty ledger to a desk with work on it."""
    until = today.replace(day=1) - timedelta(days=1)
    tell(f"写出模拟城市：{enterprises} 家单位，{months} 个月，到 {until:%Y年%m月}")
    simulated.write(folder, enterprises, months, until=until)
    files = sendings(folder)
    start = (until.replace(day=1) - timedelta(days=116)).replace(day=1)  # so early that a re-check is ripe today
    place.found(folder, files[0].at)
    history = [one for one in files if one.at < moment(start)]
    for number, one in enumerate(history, 1):
        tell(f"历史数据 {number}/{len(history)}：{one.path.name}")
        send(one, historical=True)
    worker.settle(moment(start) - timedelta(hours=1))
    contacts.bring(folder, moment(start), today)
    take_force(start)
    live = [one for one in files if one.at >= moment(start)]
    newest = [max((f for f in live if f.source == source), key=lambda f: f.at) for source in HELD_BACK]
    plan = Plan.between(start, today)
    replay([one for one in live if one not in newest], plan, today, tell)
    reconciled.compare(until, moment(today, 8))


def send(one: Sending, historical: bool = False) -> None:
    """As the department's clerk would: upload, look, confirm."""
    said = collect_file(one.path, one.source, Actor.system("command"), one.at, historical, one.sender, "练习数据")
    worker.land(one.at)
    office.return_rows(Batch.objects.get(pk=said["batch"]), one.at)


def take_force(start: date) -> None:
    """The shipped rules are offered, approved by two people and put in force on the day; pushes start with them."""
    at = moment(start, 8)
    OfferShippedPacks(place.actor("lijianguo", at), at, settings.WUSHANG_REGION).do()
    shipped = PolicyVersion.objects.filter(policy__in=IN_FORCE)
    for version in [*shipped, lists.entered(at)]:
        for person in ("lijianguo", "zhoumin"):
            ApprovePolicy(place.actor(person, at), at, version).do()
        PutInForce(place.actor("lijianguo", at), at, version, start).do()
    SetStartDay(place.actor("lijianguo", at), at, "push", start).do()


def replay(files: list[Sending], plan: Plan, today: date, tell: Tell) -> None:
    """Day by day: what came in, what the platform judged, what the office did."""
    came = {timezone.localdate(one.at) for one in files}
    working = [day for day in days(plan.start, today - timedelta(days=1)) if is_working_day(day)]
    followed = [day for n, day in enumerate(working) if n % 6 == 0 or day in came or plan.dense(day)]
    # new facts are judged as they come in; everybody is judged once a month and on the last day, not daily
    everybody = {*{month_of(day): day for day in reversed(followed)}.values(), *followed[-1:]}
    for day in followed:
        for one in [f for f in files if timezone.localdate(f.at) == day]:
            tell(f"{day} 收到 {one.path.name}")
            send(one)
        a_day(plan, moment(day, 16), judge_all=day in everybody)


def a_day(plan: Plan, at: datetime, judge_all: bool) -> None:
    """Units tell, the platform judges, the office, the units and the bureaus go on."""
    told.take_down(plan, at)
    worker.settle(at, leave_out=() if judge_all else (worker.judge_daily,))
    office.work_through(plan, at)
    lists.sign(plan, at)
    unit.work_through(plan, at)
    rectification_plans.work_through(plan, at)
    asked.look_at_sites(plan, at)
    asked.work_through(plan, at)
