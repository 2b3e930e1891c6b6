"""数据截至: how far the deliveries reach, for every page and letter alike. What somebody enters by hand comes as it happens and
says nothing of the other injuries of those days, so that it does not move the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from wushang.collect.ways.hand import SOURCE as BY_HAND
from wushang.people.scope import Scope
from wushang.pool.models import InjuryVersion, Report
from wushang.pool.reading import Pool


def data_day(pool: Pool) -> date | None:
    """The newest day of application (申报日) in the pool's version of the data, of the whole place whatever the pool's scope;
    where nothing came in files, of what was entered."""
    rows = replace(pool, scope=Scope.system(), newest=None, key="", _open={}).table("injuries")
    entered = sorted(only_by_hand(pool.commit))
    told = rows.filter(rows.injury.notin(entered)) if entered else rows
    found = pool.fetch(told.agg(day=told.reported.max()))["day"][0].as_py()
    return found or pool.fetch(rows.agg(day=rows.reported.max()))["day"][0].as_py()


def data_day_of(place: Q, commit: int) -> date | None:
    """The same from the ledger's rows, of the injuries that `place` leaves."""
    rows = InjuryVersion.objects.as_of(commit).filter(place)
    newest: Any = rows.exclude(injury__in=only_by_hand(commit)).aggregate(day=Max("reported"))["day"]
    return newest or rows.aggregate(day=Max("reported"))["day"]


def only_by_hand(commit: int) -> set[int]:
    """Injuries of which nobody but a hand entry tells."""
    known = Report.objects.as_of(commit)
    others = known.exclude(source=BY_HAND).filter(injury=OuterRef("injury"))
    entered = known.filter(~Exists(others), source=BY_HAND, injury__isnull=False)
    return set(entered.values_list("injury", flat=True))
