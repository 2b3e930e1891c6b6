"""From the measure of any group to the value of every unit: the units are the groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wushang.analyse.counted import COUNTED
from wushang.analyse.headcounts import YEAR, averaged, in_window, legal_hours, rate, within, years
from wushang.analyse.injuries import for_every_unit
from wushang.terms.calendar import working_days
from wushang.terms.period import Period

if TYPE_CHECKING:
    import ibis

    from wushang.analyse.measures import Ask, Cell
    from wushang.pool.reading import Pool


def each_unit(cell: Cell) -> Callable[[Pool, Ask], ibis.Table]:
    """The function (pool, ask) → (enterprise, value) of a measure that is made group by group."""

    def value(pool: Pool, ask: Ask) -> ibis.Table:
        rows = COUNTED[cell.table](pool, pool.table(cell.table), cell.settled(ask))
        counted = cell.count(rows)  # type: ignore[misc]
        if callable(cell.over):
            share = counted.cast("float64") * cell.per / cell.over(rows).cast("float64").nullif(0.0)
            return for_every_unit(pool, rows.group_by("enterprise").agg(value=share), empty=None)
        counts = for_every_unit(pool, rows.group_by("enterprise").agg(value=counted))
        if cell.over == "working_days":
            return counts.mutate(value=counts.value.cast("float64") * cell.per / max(1, working_days(ask.period)))
        return for_every_unit(pool, _over_workers(pool, ask, cell, counts), empty=None) if cell.over else counts

    return value


def _over_workers(pool: Pool, ask: Ask, cell: Cell, counted: ibis.Table) -> ibis.Table:
    """Cases over the unit's own staff; a unit whose staff is zero or not known has no rate, never 0."""
    staff = {"levied": levied, "roster": roster}.get(str(cell.over), workers)(pool, ask)
    joined = counted.inner_join(staff, counted.enterprise == staff.unit)
    over = {
        "staff": lambda: rate(joined.value, joined.months, joined.staff, cell.per),
        "years": lambda: rate(joined.value, joined.months, joined.staff, cell.per) / years(ask.period),
        "hours": lambda: rate(joined.value, joined.months, joined.staff, cell.per) / legal_hours(ask.period),
        "roster": lambda: rate(joined.value, joined.months, joined.staff, cell.per),
        "levied": lambda: rate(joined.value, 1, joined.levied, cell.per),
    }
    return joined.select("enterprise", value=over[str(cell.over)]())


def levied(pool: Pool, ask: Ask) -> ibis.Table:
    """unit, contributions paid (实缴)."""
    rows = in_window(pool.table("headcounts"), ask)
    return rows.group_by(unit="enterprise").agg(levied=rows.paid.sum())


def roster(pool: Pool, ask: Ask) -> ibis.Table:
    """unit, staff (people named on its projects, month-ends summed), months delivered."""
    period = averaged(ask.period)
    rows = within(pool.table("projects"), period)
    rows = rows.filter(rows.heads.notnull())
    return rows.group_by(unit="enterprise").agg(staff=rows.heads.sum(), months=months(rows, period))


def workers(pool: Pool, ask: Ask) -> ibis.Table:
    """unit, staff (month-end headcounts summed), months delivered."""
    if pool.staff is not None:
        return pool.staff
    period = averaged(ask.period)
    rows = within(pool.table("headcounts"), period)
    return rows.group_by(unit="enterprise").agg(staff=rows.insured.sum(), months=months(rows, period))


def months(rows: ibis.Table, period: Period) -> ibis.Value:
    """How many months were delivered of a period: whether each of a year was, since counting distinct dates is three times
    slower."""
    wanted = period.months()
    if len(wanted) > YEAR:
        return rows.month.nunique()
    return sum(((rows.month == month).any().fill_null(False).cast("int64") for month in wanted[1:]),
               start=(rows.month == wanted[0]).any().fill_null(False).cast("int64"))  # fmt: skip
