"""A pool whose units are moments (unit × day), each with what was known of the unit on that day and lies in the window; so the
measures of a policy answer for all of them in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from django.conf import settings

from wushang.analyse.measures import Ask, Measure, measures
from wushang.judge.backtest.clock import as_then, known_by, marked, own_day, touched
from wushang.judge.backtest.cube import Cube
from wushang.judge.backtest.staff import Heads, staff, table
from wushang.judge.judging import ask
from wushang.judge.language.tree import Scaled
from wushang.judge.pack import Pack, Use
from wushang.people.scope import Scope
from wushang.pool.reading import Pool
from wushang.pool.tables import declared
from wushang.terms.period import Period

ALONG = {"injuries", "headcounts", "disease_hazards"}  # tables that can be unfolded
OVER = ("", "staff")  # what a cell may be divided by; others need the window's length, which differs from day to day
EVER = Period(date(1900, 1, 1), date(2199, 12, 31))  # the rows of a moment are its window's already


@dataclass(frozen=True)
class Sight:
    """Through which window, by which date a table is looked at."""

    table: str
    window: str
    basis: str = ""


def at_once(pack: Pack) -> bool:
    """Whether all days can be asked at once: tables that can be unfolded, each unit by itself, no length of time."""
    conditions = [condition.top for condition in pack.conditions.values()]
    scaled = any(isinstance(part, Scaled) for top in (*conditions, *pack.figure_parts.values()) for part in top.parts())
    return not scaled and all(_along(measures()[use.measure]) and not _of_one_month(use) for use in pack.measures.values())


def _of_one_month(use: Use) -> bool:
    """Whether the average headcount of one month is made of two months' ends, as a place may decide (`analyse.headcounts`): the second
    lies outside of the window."""
    return settings.WUSHANG_MONTH_HEADS == "mean" and "headcounts" in measures()[use.measure].tables and use.window in ("month", "last_1_months")


def _along(measure: Measure) -> bool:
    over = measure.cell.over if measure.cell else ""
    summed = "headcounts" not in measure.tables or over == "staff"  # by `workers`, which stand summed beside the moments
    return measure.alone and summed and (callable(over) or over in OVER) and set(measure.tables) <= ALONG


def sights(use: Use) -> list[Sight]:
    """How a measure looks at its tables."""
    measure = measures()[use.measure]
    asked = measure.cell.settled(ask(use, EVER.end)) if measure.cell else ask(use, EVER.end)
    return [Sight(table, use.window, asked.basis if table == "injuries" else "") for table in measure.tables]


def together(uses: Iterable[Use]) -> list[tuple[dict[str, Sight], list[Use]]]:
    """As few groups as can be, in each of which every table is looked at in one way."""
    groups: list[tuple[dict[str, Sight], list[Use]]] = []
    for use in uses:
        mine = {sight.table: sight for sight in sights(use)}
        found = next((g for g in groups if all(g[0].get(t, s) == s for t, s in mine.items())), None)
        if found is None:
            groups.append(found := ({}, []))
        found[0].update(mine)
        found[1].append(use)
    return groups


def asked(use: Use) -> Ask:
    """The same of a pool of moments: no window cuts there any more."""
    return replace(ask(use, EVER.end), window="unfolded", span=EVER)


def moments(where: np.ndarray) -> pa.Table:
    """The number of every unit × day that is asked about."""
    return pa.table({"enterprise": np.flatnonzero(where.ravel())})


def column_of(sight: Sight) -> str:
    """The date by which rows stand in a window."""
    return sight.basis or "opened"


def unfolded(pool: Pool, cube: Cube, where: np.ndarray, seen: dict[str, Sight], heads: Heads | None) -> Pool:
    """The pool of moments (those of the cube that are asked about), its tables seen through these windows."""
    made = Pool(pool.engine, Scope.system(), pool.commit, pool.source, pool.verb)
    made._open["enterprises"] = pool.engine.memory("moments", moments(where))
    for name in seen.keys() - {"headcounts"}:
        made._open[name] = spread(pool, cube, seen[name])
    if heads is not None and "headcounts" in seen:
        made.staff = pool.engine.memory("staff", table(where, staff(heads, cube, seen["headcounts"].window)))
    return made


def spread(pool: Pool, cube: Cube, sight: Sight) -> ibis.Table:
    """The rows of a table, once for each day on which its window holds them and they were known."""
    rows = pool.source(declared()[sight.table])
    rows = marked(pool, rows.filter(rows.recorded <= pool.commit, rows.enterprise.notnull()), cube.clock)
    units = pool.engine.memory("places", pa.table({"unit": cube.units, "place": np.arange(len(cube.units))}))
    held = rows.inner_join(units, rows.enterprise == units.unit)
    joined = _open(pool, cube, held) if sight.window == "open" else _dated(pool, cube, held, sight)
    own = own_day(sight.table, joined)
    there = as_then(sight.table, joined.filter(known_by(joined, own, joined.commit, joined.day)), joined.day)
    there = there.mutate(enterprise=there.place * len(cube.clock.days) + there.k)
    if sight.window == "open":  # as the pool of a single day answers, though the day is another for each moment
        there = there.mutate(closed=ibis.null("date"))
    return there.select(*declared()[sight.table].schema.names).drop("recorded", "superseded")


def _dated(pool: Pool, cube: Cube, rows: ibis.Table, sight: Sight) -> ibis.Table:
    column = column_of(sight)
    days, commits = cube.clock.days, cube.clock.commits
    parts = touched(sight.window, days)
    told: dict[str, Any] = {
        "k": pa.array([k for k, _m, _p in parts], pa.int64()), "of_month": pa.array([m for _k, m, _p in parts], pa.date32()),
        "start": pa.array([p.start for _k, _m, p in parts], pa.date32()), "end": pa.array([p.end for _k, _m, p in parts], pa.date32()),
        "day": pa.array([days[k] for k, _m, _p in parts], pa.date32()), "commit": pa.array([int(commits[k]) for k, _m, _p in parts], pa.int64()),
    }  # fmt: skip
    at = pool.engine.memory("windows", pa.table(told))
    joined = rows.inner_join(at, rows[column].truncate("M").cast("date") == at.of_month)
    return joined.filter(joined[column].between(joined.start, joined.end))


def _open(pool: Pool, cube: Cube, rows: ibis.Table) -> ibis.Table:
    """What was found by a day and not yet ended; few enough to be looked at once for each day."""
    days = {"k": np.arange(len(cube.clock.days)), "day": pa.array(cube.clock.days, pa.date32()), "commit": cube.clock.commits}
    at = pool.engine.memory("days", pa.table(days))
    joined = rows.inner_join(at, rows.opened <= at.day)
    return joined.filter(joined.closed.isnull() | (joined.closed > joined.day))
