"""The queries: one over the injuries for each way to date them, one over the headcounts; totals are counted, not added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

import ibis

from wushang.analyse.cube.asked import Asked, refuse_if_unknown
from wushang.analyse.cube.cube import ALL, Cube, Figure, Key
from wushang.analyse.cube.keyed import SIDES, keyed, own_days
from wushang.analyse.cube.workers import OF_UNITS, WORKERS, Staff, Workers, average
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import Cell, measures
from wushang.analyse.placed import placed_rows
from wushang.analyse.values import filled_tables
from wushang.terms.calendar import working_days

if TYPE_CHECKING:
    from wushang.pool.reading import Pool


def reckon(pool: Pool, asked: Asked) -> Cube:
    """The question's answer from the pool, in its scope and at its commit. Refused where a word is not known."""
    refuse_if_unknown(asked)
    cells, missing = _sorted_out(pool, asked)
    counted = _counted(pool, asked, cells)
    staff, months = average(pool, asked, cells) if any(_needs_staff(cell) for cell in cells.values()) else ({}, 0)
    figures = dict(_figures(asked, cells, counted, staff))
    return Cube(asked, pool.commit, figures, months, missing)


def _sorted_out(pool: Pool, asked: Asked) -> tuple[dict[str, Cell], tuple[str, ...]]:
    """The measures that can be reckoned; and those whose tables are empty or whose columns this reader may not see."""
    filled, split = filled_tables(pool.commit), {column for dimension in asked.named() for column in dimension.close}
    close = bool(split or any(cell.close for cell in asked.cells().values())) and _closed(pool)
    of_units = all(dimension.staff for dimension in asked.named())
    good = {
        code: cell for code, cell in asked.cells().items()
        if filled.issuperset(measures()[code].tables) and not (close and (cell.close or split))
        and (of_units or cell.table == "injuries")
    }  # fmt: skip
    return good, tuple(code for code in asked.measures if code not in good)


def _closed(pool: Pool) -> bool:
    """Whether what comes close to a person is shut to this reader: wholly, or of some of the units that the reader sees, since a
    figure of them all would count their rows without it."""
    if "system" in pool.scope.purposes:
        return False
    units = pool.table("enterprises")
    near = pool.scope.where("pool.case_analysis", units)
    return "case_analysis" not in pool.scope.purposes or bool(pool.fetch(units.anti_join(near, "enterprise").limit(1)).num_rows)


def _needs_staff(cell: Cell) -> bool:
    return cell.over in OF_UNITS


def _counted(pool: Pool, asked: Asked, cells: dict[str, Cell]) -> dict[tuple[str, Key, Key], tuple[float, float | None]]:
    """(measure, down, across) → what was counted and, of a share, over how many."""
    found = {}
    for (table, ask), some in _by_ask(asked, cells).items():
        rows = keyed(placed_rows(pool, table, ask), asked, "of")
        wanted = {f"n{i}": cell.count(rows) for i, cell in enumerate(some.values()) if cell.count}
        wanted |= {f"d{i}": cell.over(rows) for i, cell in enumerate(some.values()) if callable(cell.over)}
        for row in pool.fetch(_every_level(rows, asked, wanted)).to_pylist():
            for i, code in enumerate(some):
                found[code, row["down"], row["across"]] = (row.get(f"n{i}") or 0, row.get(f"d{i}"))
    return found


def _by_ask(asked: Asked, cells: dict[str, Cell]) -> dict[Any, dict[str, Cell]]:
    """Measures that count the same rows are counted by one query."""
    found: dict[Any, dict[str, Cell]] = defaultdict(dict)
    for code, cell in cells.items():
        if cell.count is not None:
            found[cell.table, cell.settled(asked.ask)][code] = cell
    return found


def _every_level(rows: ibis.Table, asked: Asked, wanted: dict[str, ibis.Value]) -> ibis.Table:
    """Cells, sums of rows, sums of columns and the grand total, with null for the side that is summed over."""
    there = [name for name in SIDES if getattr(asked, name)]
    levels = [_level(rows, [n for n, on in zip(there, kept, strict=True) if on], wanted)
              for kept in product((True, False), repeat=len(there))]  # fmt: skip
    return ibis.union(*levels) if len(levels) > 1 else levels[0]


def _level(rows: ibis.Table, keys: list[str], wanted: dict[str, ibis.Value]) -> ibis.Table:
    found = rows.group_by(*keys).agg(**wanted) if keys else rows.agg(**wanted)
    sides = {name: found[name] if name in keys else ibis.null("string") for name in SIDES}
    return found.select(**sides, **{name: found[name].cast("float64") for name in wanted})


def _figures(asked: Asked, cells: dict[str, Cell], counted, staff: Staff) -> Iterator[tuple[tuple[str, Key, Key], Figure]]:
    groups = {(down, across) for _code, down, across in counted} | set(_groups_with_staff(asked, staff))
    for (code, cell), sides in product(cells.items(), groups):
        n, over = counted.get((code, *sides), (0, None))
        if cell.over == "working_days":
            over = working_days(own_days(asked, sides))
        yield (code, *sides), _figure(cell, n, over, staff.get(_known_to_staff(asked, sides)))


def _groups_with_staff(asked: Asked, staff: Staff) -> Iterator[tuple[Key, Key]]:
    """Groups in which nothing happened still have workers: their rate is 0, and they are shown."""
    if all(dimension.staff for dimension in asked.sides()):
        yield from staff


def _known_to_staff(asked: Asked, sides: tuple[Key, Key]) -> tuple[Key, Key]:
    known = [bool(code) and dimensions()[code].staff is not None for code in (asked.down, asked.across)]
    return (sides[0] if known[0] else ALL, sides[1] if known[1] else ALL)


def _figure(cell: Cell, n: float, over: float | None, staff: Workers | None) -> Figure:
    if cell.count is None:
        return Figure(staff.staff if staff and staff.months else None)
    if not cell.over:
        return Figure(n, n)
    base = getattr(staff, str(cell.over), None) if cell.over in OF_UNITS else over
    rare = cell.over in WORKERS or cell.over == "working_days"
    return Figure(n * cell.per / base if base else None, n, base, cell.per, rare, callable(cell.over) and cell.per == 100)
