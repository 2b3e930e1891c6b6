"""The worker's weekly look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from wushang.analyse.data_day import data_day
from wushang.judge.deeds.record_signals import RecordSignals
from wushang.judge.signals.choosing import Looks, look_at, once
from wushang.judge.signals.models import SignalRun
from wushang.judge.signals.nearby import clusters
from wushang.judge.signals.series import Facts, read
from wushang.people import outline
from wushang.people.actor import Actor
from wushang.people.lease import held, renew
from wushang.people.models import AreaMap, Region, valid_on
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.pool.models import InjuryVersion


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def look_weekly(at: datetime) -> int:
    """Once a local week: look at every series on the newest snapshot, and write down the look with what stood out."""
    week = monday(timezone.localdate(at))
    if not _waits(week):
        return 0
    with held("judge.signals", at) as mine:
        if not mine or not _waits(week) or (snapshot.behind() and not snapshot.build(at)):  # another worker builds: the next round
            return 0
        return _look(week, at)


def _waits(week: date) -> bool:
    """Not looked in this week yet, and there is something to look at."""
    return not SignalRun.objects.filter(week=week).exists() and InjuryVersion.objects.exists()


def _look(week: date, at: datetime) -> int:
    pool = reading.open(Scope.system())
    told = data_day(pool)
    data_to = min(told, timezone.localdate(at)) if told else None
    facts = read(pool, data_to) if data_to else None
    if facts is None or data_to is None:
        return 0
    renew()
    RecordSignals(Actor.system(), at, week, pool.commit, data_to, facts.monday(facts.weeks - 1), facts.weeks, looks(facts)).do()
    return 1


def looks(facts: Facts) -> Looks:
    """Every series by itself, and the townships beside their neighbours where they lie on a map."""
    alone = look_at(facts, settings.WUSHANG_SIGNALS_FALSE / 100)
    if not alone.detector:
        return alone
    return replace(alone, alarms=tuple(once([*alone.alarms, *clusters(facts, places())])))


def places() -> dict[str, tuple[float, float]]:
    """Where the townships lie on the maps that were uploaded; {} where there is none."""
    names = dict(Region.objects.filter(valid_on(timezone.localdate()), kind__in=("township", "zone")).values_list("code", "name"))
    drawn = (outline.drawn(held.content, names) for held in AreaMap.objects.order_by("at", "pk"))  # the newest last
    return {part.code: (part.x, part.y) for sheet in drawn for part in sheet.parts}
