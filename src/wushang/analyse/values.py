"""Many measures side by side: one query gives unit × measures. A measure whose tables nobody fills is missing.

Measures that look at the same injuries are gathered in one pass over them, and every table is joined to the units once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from wushang.analyse.each_unit import share, staff_of
from wushang.analyse.headcounts import averaged, rate
from wushang.analyse.injuries import injuries
from wushang.analyse.measures import Ask, Cell, Measure, measures
from wushang.pool.publishers import publications

if TYPE_CHECKING:
    from wushang.pool.reading import Pool

Known = Mapping[str, tuple[Measure, Ask]]  # name → measure and ask


@dataclass(frozen=True)
class Part:
    """Rows of some units (column `unit`), and how the measures are read from them once they are joined."""

    rows: ibis.Table
    columns: dict[str, Callable[[Any], Any]]


def values(pool: Pool, asks: Mapping[str, tuple[str, Ask]], units: ibis.Table, filled: Iterable[str]) -> ibis.Table:
    """name → (measure code, ask) in; a table with `enterprise` and a float column per name, for each of `units`, out."""
    there = set(filled)
    known = {name: (measures()[code], ask) for name, (code, ask) in asks.items() if there.issuperset(measures()[code].tables)}
    joined = units.select("enterprise")
    columns: dict[str, Callable[[Any], Any]] = {}
    for n, part in enumerate(parts(pool, known)):
        rows = part.rows.rename({f"unit_{n}": "unit"})
        joined = joined.left_join(rows, [("enterprise", f"unit_{n}")])
        columns |= part.columns
    found = {name: columns[name](joined).cast("float64") if name in known else ibis.null("float64") for name in asks}
    close = [name for name, (measure, _ask) in known.items() if measure.cell and measure.cell.close]
    return guarded(pool, joined.select("enterprise", **found), close)


def guarded(pool: Pool, rows: ibis.Table, close: list[str]) -> ibis.Table:
    """What comes close to a person is missing, not reckoned from what is left, of units whose cases the reader may not analyse."""
    if not close or "system" in pool.scope.purposes:
        return rows
    near: Any = ibis.literal(False)
    if "case_analysis" in pool.scope.purposes:
        near = rows.enterprise.isin(pool.scope.where("pool.case_analysis", pool.table("enterprises")).enterprise)
    return rows.mutate(**{name: ibis.ifelse(near, rows[name], ibis.null("float64")) for name in close})


def parts(pool: Pool, known: Known) -> Iterator[Part]:
    """What is joined to the units: a pass over injuries for each ask, one over the headcounts for all, other measures alone."""
    for ask, group in together(known).items():
        yield gathered(pool, ask, group)
    if over := {name: one for name, one in known.items() if of_staff(one[0]) or rated(one[0])}:
        yield staffed(pool, over)
    for name, (measure, ask) in known.items():
        if not gathers(measure) and not of_staff(measure):
            rows = measure.value(pool, ask)
            yield Part(rows.select(unit="enterprise", **{f"found_{name}": "value"}), {name: lambda all, name=name: all[f"found_{name}"]})


def of_staff(measure: Measure) -> bool:
    """Whether it is the unit's own average staff and nothing else."""
    return measure.cell is not None and measure.cell.count is None and measure.cell.over == "staff"


def gathers(measure: Measure) -> bool:
    """Whether it is made in one pass over a unit's injuries, with the unit's staff under it where it is a rate."""
    cell = measure.cell
    return measure.gathered is not None or (
        cell is not None and cell.table == "injuries" and cell.count is not None and (cell.over in ("", "staff") or callable(cell.over))
    )


def rated(measure: Measure) -> bool:
    """Whether its injuries are counted over the unit's own staff."""
    return gathers(measure) and measure.cell is not None and measure.cell.over == "staff"


def together(known: Known) -> dict[Ask, dict[str, Measure]]:
    """The measures that look at the same injuries."""
    groups: dict[Ask, dict[str, Measure]] = {}
    for name, (measure, ask) in known.items():
        if gathers(measure):
            groups.setdefault(measure.cell.settled(ask) if measure.cell else ask, {})[name] = measure
    return groups


def gathered(pool: Pool, ask: Ask, group: Mapping[str, Measure]) -> Part:
    """One pass over the injuries of an ask. Of a unit without any a count is 0; what else is gathered of them is missing."""
    rows = injuries(pool, ask)
    found = {f"found_{name}": from_rows(measure, rows) for name, measure in group.items()}
    return Part(rows.group_by(unit="enterprise").agg(**found), {
        name: lambda all, name=name, counted=counts(measure): all[f"found_{name}"].fill_null(0) if counted else all[f"found_{name}"]
        for name, measure in group.items()
    })  # fmt: skip


def from_rows(measure: Measure, rows: ibis.Table) -> Any:
    """What is gathered of a unit's injuries."""
    if measure.gathered or measure.cell is None:
        return measure.gathered(rows)  # type: ignore[misc]
    return measure.cell.count(rows) if counts(measure) else share(measure.cell, rows)  # type: ignore[misc]


def counts(measure: Measure) -> bool:
    """Whether it counts injuries, so that none are 0; a share of none is missing."""
    return not measure.gathered and measure.cell is not None and not callable(measure.cell.over)


def staffed(pool: Pool, over: Known) -> Part:
    """The unit's own staff, and cases over it; a unit whose staff is zero or not known has no rate, never 0."""
    periods = list(dict.fromkeys(averaged(ask.period) for _measure, ask in over.values()))
    at = {name: 0 if pool.staff is not None else periods.index(averaged(ask.period)) for name, (_measure, ask) in over.items()}
    staff = staff_of(pool, periods) if pool.staff is None else pool.staff.rename(staff_0="staff", months_0="months")
    return Part(staff, {
        name: lambda all, name=name, cell=measure.cell, n=at[name]: over_staff(all, name, cell, all[f"months_{n}"], all[f"staff_{n}"])
        for name, (measure, _ask) in over.items()
    })  # fmt: skip


def over_staff(all: Any, name: str, cell: Cell, months: Any, staff: Any) -> Any:  # noqa: A002
    return rate(all[f"found_{name}"].fill_null(0), months, staff, cell.per) if cell.count else staff.cast("float64") / months.nullif(0)


def filled_tables(commit: int, wanted: Collection[str] = ()) -> frozenset[str]:
    """The tables (of `wanted`, if told) that hold anything at all by this commit: an empty one is missing, not zero."""
    rows = {
        name: publication.numbered().filter(recorded__number__lte=commit)
        for name, publication in publications().items()
        if not wanted or name in wanted
    }
    return frozenset(name for name, found in rows.items() if found.exists())
