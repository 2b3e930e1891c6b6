"""From the measure of any group to the value of every unit: the units are the groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import ibis

from wushang.analyse.counted import COUNTED
from wushang.analyse.headcounts import averaged, in_window, legal_hours, lies, rate, within, years
from wushang.analyse.injuries import for_every_unit
from wushang.terms.calendar import working_days
from wushang.terms.period import Period

if TYPE_CHECKING:
    from wushang.analyse.measures import Ask, Cell
    from wushang.pool.reading import Pool

BITS = 62  # months that a whole number has a bit for


def each_unit(cell: Cell) -> Callable[[Pool, Ask], ibis.Table]:
    """The function (pool, ask) → (enterprise, value) of a measure that is made group by group."""

    def value(pool: Pool, ask: Ask) -> ibis.Table:
        rows = COUNTED[cell.table](pool, pool.table(cell.table), cell.settled(ask))
        counted = cell.count(rows)  # type: ignore[misc]
        if callable(cell.over):
            return for_every_unit(pool, rows.group_by("enterprise").agg(value=share(cell, rows)), empty=None)
        counts = for_every_unit(pool, rows.group_by("enterprise").agg(value=counted))
        if cell.over == "working_days":
            return counts.mutate(value=counts.value.cast("float64") * cell.per / max(1, working_days(ask.period)))
        return for_every_unit(pool, _over_workers(pool, ask, cell, counts), empty=None) if cell.over else counts

    return value


def share(cell: Cell, rows: ibis.Table) -> ibis.Value:
    """One count of the rows over another of the same rows; missing where that is zero."""
    return cell.count(rows).cast("float64") * cell.per / cell.over(rows).cast("float64").nullif(0.0)  # type: ignore[misc, operator]


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
    found = staff_of(pool, [averaged(ask.period)])
    return found.select("unit", staff=found.staff_0, months=found.months_0)


def staff_of(pool: Pool, periods: Sequence[Period]) -> ibis.Table:
    """unit, staff_n (month-end headcounts summed) and months_n (months delivered) of the n-th period: all of them from one pass over
    the headcounts, which are the largest table."""
    whole = Period(min(period.start for period in periods), max(period.end for period in periods))
    rows = within(pool.table("headcounts"), whole)
    units, known = rows.group_by(unit="enterprise"), whole.months()
    staff = {f"staff_{n}": rows.insured.sum(where=None if period == whole else lies(rows, period)) for n, period in enumerate(periods)}
    if len(known) > BITS:
        return units.agg(**staff, **{f"months_{n}": rows.month.nunique(where=lies(rows, period)) for n, period in enumerate(periods)})
    found = units.agg(**staff, delivered=bit_or(bit_of(rows, known)))
    return found.mutate(**{f"months_{n}": bit_count(found.delivered & bits(known, period)) for n, period in enumerate(periods)})


def months(rows: ibis.Table, period: Period) -> ibis.Value:
    """How many months were delivered of a period: a bit for each that was, since counting distinct dates is three times slower."""
    known = period.months()
    return rows.month.nunique() if len(known) > BITS else bit_count(bit_or(bit_of(rows, known)))


def bit_of(rows: ibis.Table, known: list[date]) -> ibis.Value:
    """A whole number whose only bit that is set tells the month."""
    return ibis.cases(*[(rows.month == month, ibis.literal(1 << n, "int64")) for n, month in enumerate(known)], else_=0)


def bits(known: list[date], period: Period) -> int:
    """The same of all months of a period."""
    wanted = set(period.months())
    return sum(1 << n for n, month in enumerate(known) if month in wanted)


# every engine's own, which Ibis does not know for all of them: which bits are set in any row, and how many are set


@ibis.udf.agg.builtin
def bit_or(of: int) -> int: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin
def bit_count(of: int) -> int: ...  # type: ignore[empty-body]
