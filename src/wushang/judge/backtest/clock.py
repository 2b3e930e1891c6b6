"""What was known on a day: the rows recorded by then and not yet replaced, 按当时所知.

What came in as history (导入的历史数据), or on the ledger's very first day, was known to the departments before it came to
the platform: such a row counts from its own day (接报日期, the end of a month), with the state its claim had then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from django.utils import timezone

from wushang.pool.models import Commit
from wushang.pool.reading import Pool
from wushang.terms.period import Period, add_months, month_end, window

DECIDED = ("recognised", "deemed", "refused")  # states that a claim has from the day of its decision


@dataclass(frozen=True)
class Clock:
    """Days in their order, how far the commits went on each, and the commits that brought history."""

    days: tuple[date, ...]
    commits: np.ndarray
    history: np.ndarray

    def by_commit(self, numbers: np.ndarray) -> np.ndarray:
        """From which of the days on each commit was known; len(days): on none."""
        return looked_up(self.commits, numbers)

    def by_day(self, days: np.ndarray) -> np.ndarray:
        """The first of the days that is not before each date (days since 1970)."""
        return looked_up(ordinals(self.days), days)

    def of_history(self, numbers: np.ndarray) -> np.ndarray:
        flags = np.zeros(max(int(numbers.max(initial=0)), int(self.history.max(initial=0))) + 1, bool)
        flags[self.history] = True
        return flags[numbers]

    def known(self, recorded: np.ndarray, superseded: np.ndarray, own: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        """Of rows (superseded 0: still current; own: their own day): from which of the days on, and until which, they are known."""
        since = self.by_commit(recorded)
        old = self.of_history(recorded)
        since[old] = 0 if own is None else np.minimum(since, self.by_day(own))[old]
        until = np.where(superseded == 0, len(self.days), self.by_commit(superseded))
        until[(superseded > 0) & self.of_history(superseded)] = 0  # history that corrects history: it was so from the beginning
        return since, until


def looked_up(rising: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """The place of each number among rising ones, looked up once for each that may be asked: there are few days and many rows."""
    low, high = int(asked.min(initial=0)), int(asked.max(initial=0))
    return np.searchsorted(rising, np.arange(low, high + 1), "left")[asked - low]


def month_ends(period: Period) -> tuple[date, ...]:
    """The day before, every first of January (windows begin anew), and the last day of every month."""
    months = period.months()
    days = {month_end(add_months(months[0], -1)), *(month_end(month) for month in months)}
    return tuple(sorted(days | {month for month in months if month.month == 1}))


def clock(days: tuple[date, ...], newest: int) -> Clock:
    """The clock of these days, by the ledger's commits up to `newest`."""
    rows = list(Commit.objects.filter(number__gt=0, number__lte=newest).order_by("number").values_list("number", "published", "historical"))
    published = [timezone.localdate(at) for _number, at, _historical in rows]
    numbers = np.array([number for number, _at, _historical in rows], dtype=np.int64)
    last = np.maximum.accumulate(ordinals(published)) if rows else np.array([], np.int64)
    places = np.searchsorted(last, ordinals(days), "right")
    known = np.array([numbers[place - 1] if place else 0 for place in places], dtype=np.int64)
    first = published[0] if published else None
    history = [n for (n, _at, old), day in zip(rows, published, strict=True) if old or day == first]
    return Clock(days, known, np.array(history, dtype=np.int64))


def ordinals(days: Any) -> np.ndarray:
    """Dates as days since 1970, as Arrow's date32 has them."""
    return np.array(list(days), dtype="datetime64[D]").astype(np.int64)


def marked(pool: Pool, rows: ibis.Table, clock: Clock) -> ibis.Table:
    """Rows with `old` (came in as history) and `corrected` (history replaced it)."""
    history = pool.engine.memory("history", pa.table({"number": pa.array(clock.history, pa.int64())}))
    return rows.mutate(old=rows.recorded.isin(history.number), corrected=rows.superseded.isin(history.number).fill_null(False))


def known_by(rows: Any, own: Any, commit: Any, day: Any) -> Any:
    """Whether a marked row was known by the end of a day, when the commits had come to `commit`; both may be columns."""
    come = rows.recorded <= commit if own is None else (rows.recorded <= commit) | (rows.old & (own <= day))
    come = come | rows.old if own is None else come
    return come & ~rows.corrected & (rows.superseded.isnull() | (rows.superseded > commit))


def own_day(table: str, rows: Any) -> Any:
    """From which day on a row of history was known to those who sent it; None where it has no day of its own."""
    if table == "injuries":
        return ibis.coalesce(rows.reported, rows.occurred)
    if table in ("headcounts", "payments"):
        return (rows.month + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")
    if table == "diseases":
        return ibis.coalesce(rows.reported, rows.occurred)
    column = {"disease_hazards": "opened", "accidents": "occurred", "cases": "opened"}.get(table)
    return rows[column] if column else None


def as_then(table: str, rows: Any, day: Any) -> Any:
    """Rows of history with the state they had on a day: a claim not yet decided, a hazard not yet closed."""
    if table == "disease_hazards":
        return rows.mutate(closed=ibis.ifelse(rows.closed > day, ibis.null("date"), rows.closed))
    if table != "injuries":
        return rows
    before = ibis.ifelse((rows.accepted <= day).fill_null(False), "accepted", "reported")
    undecided = rows.old & rows.status.isin(DECIDED) & (rows.recognised > day).fill_null(False)
    unaccepted = rows.old & (rows.status == "accepted") & (rows.accepted > day).fill_null(False)
    return rows.mutate(status=ibis.ifelse(undecided, before, ibis.ifelse(unaccepted, "reported", rows.status)))


def touched(name: str, days: tuple[date, ...]) -> list[tuple[int, date, Period]]:
    """(place of the day, month, window) of every month that a window touches on each day."""
    windows = [(k, window(name, day)) for k, day in enumerate(days)]
    return [(k, month, period) for k, period in windows for month in period.months()]
