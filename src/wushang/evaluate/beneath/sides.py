"""The injuries before and after, by how grave they were and how long their filing took, of accidents old enough for both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import ibis
import numpy as np
from numpy.typing import NDArray

from wushang.analyse.injuries import days_between
from wushang.analyse.measures import Ask
from wushang.analyse.placed import placed_rows
from wushang.pool.reading import Pool
from wushang.terms.period import Period

RIPE = 60  # days: what happened later is left out on both sides, and a longer lag too, else the young side looks fast and light
LEAST_DAYS = 30  # of a side that is left, to be looked at at all
GRAVE = ("serious", "fatal")
Row = tuple[str | None, int | None, int]  # severity, days from the accident to the application, how many


@dataclass(frozen=True)
class Side:
    """Cases (人次) of one period: light, grave, of unknown gravity; days until filed, with how many."""

    light: int = 0
    grave: int = 0
    unknown: int = 0
    lags: Counter[int] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.light + self.grave + self.unknown

    def days(self) -> NDArray[np.int64]:
        return np.repeat(np.array(list(self.lags), dtype=int), list(self.lags.values()))


def side(rows: Iterable[Row]) -> Side:
    light = grave = unknown = 0
    lags: Counter[int] = Counter()
    for severity, lag, n in rows:
        light, grave, unknown = light + n * (severity == "minor"), grave + n * (severity in GRAVE), unknown + n * (not severity)
        if lag is not None and lag >= 0:
            lags[lag] += n
    return Side(light, grave, unknown, lags)


def ripe(before: Period, now: Period, data_to: date) -> tuple[Period, Period] | None:
    """Both periods, cut by as many days at their ends as the newer one is not ripe yet; None where too little is left."""
    cut = max((now.end - (data_to - timedelta(days=RIPE))).days, 0)
    left = [(period.end - period.start).days + 1 - cut for period in (before, now)]
    if min(left) < LEAST_DAYS:
        return None
    first, second = (Period(period.start, period.end - timedelta(days=cut)) for period in (before, now))
    return first, second


def two_years(data_to: date) -> tuple[Period, Period]:
    """The twelve ripe months and the twelve before them."""
    end = data_to - timedelta(days=RIPE)
    middle = end - timedelta(days=365)
    return Period(middle - timedelta(days=364), middle), Period(middle + timedelta(days=1), end)


def sides(
    pool: Pool, periods: tuple[Period, Period], scope: str = "at_work", of: Callable[[ibis.Table], ibis.BooleanValue] | None = None
) -> tuple[Side, Side]:
    """From the snapshot, by the day it happened; `of` picks the injuries (of one unit, say)."""
    before, now = periods
    rows = placed_rows(pool, "injuries", Ask(now.end, scope=scope, span=Period(before.start, now.end)))
    rows = rows.filter(of(rows)) if of else rows
    rows = rows.mutate(
        later=rows.occurred >= ibis.literal(now.start), lag=days_between(rows.occurred, rows.reported),
        between=(rows.occurred > ibis.literal(before.end)) & (rows.occurred < ibis.literal(now.start)),
    )  # fmt: skip
    rows = rows.filter(~rows.between)
    found = pool.fetch(rows.group_by("later", "severity", "lag").agg(n=rows.count())).to_pylist()
    first, second = (side((row["severity"], row["lag"], row["n"]) for row in found if row["later"] is later) for later in (False, True))
    return first, second
