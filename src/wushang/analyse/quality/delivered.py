"""From deliveries to scores: per department, table and month. Of several deliveries of a month the newest one counts;
whether it was in time is said by the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from wushang.analyse.quality.scores import (
    COMPLETENESS,
    CONSISTENCY,
    DIMENSIONS,
    FREE,
    TIMELINESS,
    UNIQUENESS,
    VALIDITY,
    Part,
    Reason,
    dimension_of,
    together,
    total,
)
from wushang.collect.models import Batch
from wushang.collect.owed import LATE, MISSING, Owed, months_of, owed
from wushang.collect.source import Source
from wushang.people.models import Department
from wushang.people.scope import Scope
from wushang.pool.known import Known
from wushang.pool.models import Commit
from wushang.terms.period import Period, add_months, month_end

COUNTED = (Batch.CHECKED, Batch.CONFIRMED, Batch.LANDED, Batch.WITHDRAWN)  # withdrawn: after the day that is asked of
TREND = 12  # months


@dataclass(frozen=True)
class Scored:
    """The scores of one table of one sender in one month."""

    source: Source
    sender: Department
    month: date
    batch: Batch | None
    parts: dict[str, Part]

    @property
    def total(self) -> float | None:
        return total(self.parts)


def scored(scope: Scope, period: Period, today: date) -> list[Scored]:
    """Every table of every month that has come or was owed, by sender, table and month, as known at the end of `today`."""
    found = [one for one in owed(scope, period, today, unruled=True) if one.batches or one.due]
    whole = Batch.objects.select_related("version").defer("lines", "notes", "remarks", "layout")
    batches = whole.in_bulk([pk for one in found if (pk := _counted(one))])
    return [_scored(one, batches.get(_counted(one) or 0)) for one in found]


def for_month(scope: Scope, month: date, today: date) -> list[Scored]:
    """One month, for the bulletin."""
    return scored(scope, Period(month, month_end(month)), today)


Trend = list[tuple[date, float | None]]  # by month, the total


def with_trend(scope: Scope, month: date, today: date) -> list[tuple[Scored, Trend]]:
    """The same, each with the totals of the twelve months to it; of a month without a table there is no total."""
    period = Period(add_months(month, 1 - TREND), month_end(month))
    year = scored(scope, period, today)
    totals = {(one.sender.pk, one.source.id, one.month): one.total for one in year}
    return [
        (one, [(each, totals.get((one.sender.pk, one.source.id, each))) for each in period.months()])
        for one in year if one.month == month
    ]  # fmt: skip


def day_of(known: Known, today: date) -> date:
    """The day on which a version of the data was the newest: what had been delivered by then is scored."""
    if known.day or not known.asked:
        return known.day or today
    commit = Commit.objects.filter(number=known.commit).first()
    return timezone.localdate(commit.published) if commit and commit.published else date(1990, 1, 1)


def summed(some: Iterable[Scored]) -> dict[str, Part]:
    """Several as one: a department's, a table's, a year's."""
    rows = list(some)
    return {name: together(row.parts[name] for row in rows if name in row.parts) for name in DIMENSIONS}


def _counted(one: Owed) -> int | None:
    """The newest delivery whose last month this is; one of two months is scored once."""
    mine = [b for b in one.batches if b.state in COUNTED and months_of(b)[-1] == one.month]
    return mine[0].pk if mine else None


def _scored(one: Owed, batch: Batch | None) -> Scored:
    parts = parts_of(batch) if batch else {}
    if one.due and one.today > one.due or one.due and one.batches:
        late = one.state in (LATE, MISSING)
        reason = Reason("late" if one.batches else "missing", "", "", "", 1)
        parts[TIMELINESS] = Part(1, (reason,) if late else ())
    return Scored(one.source, one.sender, one.month, batch, parts)


def parts_of(batch: Batch) -> dict[str, Part]:
    """Four scores of one delivery, as its file came."""
    source = batch.version.loaded()
    reasons: dict[str, list[Reason]] = {name: [] for name in DIMENSIONS}
    for one in batch.found:
        reason = Reason(one["code"], one["field"], one["column"], one["why"], one["cells"])
        reasons[dimension_of(one["code"])].append(reason)
    compared = [footer for footer in batch.footers if footer["equal"] is not None]
    reasons[CONSISTENCY] += [Reason("footer", f["column"], f["column"], "", 1) for f in compared if not f["equal"]]
    if doubled := batch.doubled:
        reasons[UNIQUENESS].append(Reason("repeated", "", "", "", doubled))
    of = {
        COMPLETENESS: batch.rows * needed(source), VALIDITY: batch.rows * formed(source, batch.header),
        CONSISTENCY: batch.rows + len(compared), UNIQUENESS: batch.rows,
    }  # fmt: skip
    return {name: together([Part(number, tuple(reasons[name]))]) for name, number in of.items()}


def needed(source: Source) -> int:
    """Columns that must be filled; a group of which one suffices is one."""
    return sum(column.required for column in source.columns.values()) + len(source.any_of)


def formed(source: Source, header: dict[str, Any]) -> int:
    """Columns of the file whose cells have a form that can be broken."""
    return sum(source.columns[name].type not in FREE for name in header.get("places", {}) if name in source.columns)
