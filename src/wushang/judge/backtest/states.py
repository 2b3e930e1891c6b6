"""The outcome of every unit on every day, by the compiled columns of the policy: all days in one query, or day by day where a
measure needs all units or a length of time. A test holds the two roads equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce

import ibis
import numpy as np

from wushang.analyse.values import filled_tables, values
from wushang.judge.backtest.clock import as_then, known_by, marked, own_day
from wushang.judge.backtest.cube import Cube
from wushang.judge.backtest.quiet import silent, stirred
from wushang.judge.backtest.staff import Heads
from wushang.judge.backtest.unfold import asked, at_once, moments, together, unfolded
from wushang.judge.judging import judge, reckoned, tables_of
from wushang.judge.language.tree import Value
from wushang.judge.pack import Pack
from wushang.judge.selection import select
from wushang.people.scope import Scope
from wushang.pool.reading import Pool
from wushang.pool.tables import Table

Settings = Mapping[str, Value]


@dataclass(frozen=True)
class States:
    """`outcome[u, k]`: 0 for none, else the place of the outcome in the policy, the gravest 1. `values`: what was measured of
    units that were referred, since each further case is one more; nan elsewhere."""

    outcome: np.ndarray
    values: dict[str, np.ndarray]


def states(pack: Pack, pool: Pool, cube: Cube, region: str, settings: Settings, heads: Heads | None = None) -> States:
    """heads: the units' headcounts, where a measure needs them."""
    if at_once(pack):
        return in_one_query(pack, pool, cube, settings, heads)
    return day_by_day(pack, pool, cube, region, settings)


def in_one_query(pack: Pack, pool: Pool, cube: Cube, settings: Settings, heads: Heads | None) -> States:
    """Only moments with an outcome come back from the engine."""
    groups = together(pack.measures.values())
    where = cube.there
    if silent(pack, settings):
        where = where & stirred(pool, cube, {sight for seen, _uses in groups for sight in seen.values()})
    rows = pool.fetch(reckoned(pack, measured(pack, pool, cube, where, heads), settings).filter(_any(pack)))
    found = {name: rows[name].to_numpy(zero_copy_only=False) for name in rows.column_names}
    empty = _empty(pack, cube)
    at = found["enterprise"].astype(np.int64)
    days = at % len(cube.clock.days)
    for part in [days == k for k in np.unique(days)] if pack.ranked else [np.ones(len(at), bool)]:
        _put(pack, empty, at[part], {name: column[part] for name, column in found.items()}, settings)
    return empty


def measured(pack: Pack, pool: Pool, cube: Cube, where: np.ndarray, heads: Heads | None) -> ibis.Table:
    """enterprise (the moment's number) × the policy's measures."""
    filled = filled_tables(pool.commit, tables_of(pack)) | pool.more
    parts = []
    for seen, uses in together(pack.measures.values()):
        of = unfolded(pool, cube, where, seen, heads)
        parts.append(values(of, {use.code: (use.measure, asked(use)) for use in uses}, of.table("enterprises"), filled))
    whole = parts[0] if parts else pool.engine.memory("moments", moments(where))
    return reduce(lambda a, b: a.inner_join(b, "enterprise"), parts[1:], whole)


def _any(pack: Pack):
    return lambda rows: ibis.or_(*[rows[f"outcome {code}"] for code in pack.conditions])


def _empty(pack: Pack, cube: Cube) -> States:
    names = [*pack.measures, *pack.figures] if any(o.kind == "referral" for o in pack.outcomes) else []
    return States(np.zeros(cube.shape, np.int8), {name: np.full(cube.shape, np.nan) for name in names})


def _put(pack: Pack, into: States, at: np.ndarray, found: Mapping[str, np.ndarray], settings: Settings) -> None:
    """Decide between the outcomes and write the moments down; units in their order, which decides between equals."""
    order = np.argsort(at)
    numbers = {name: found[name].astype(float)[order] for name in (*pack.measures, *pack.figures)}
    holds = {code: found[f"outcome {code}"].astype(bool)[order] for code in pack.conditions}
    places = {outcome.code: place for place, outcome in enumerate(pack.outcomes, 1)}
    codes = select(pack, holds, numbers, settings)
    into.outcome.ravel()[at[order]] = [places.get(code, 0) for code in codes.tolist()]
    for name, column in into.values.items():
        column.ravel()[at[order]] = numbers[name]


def day_by_day(pack: Pack, pool: Pool, cube: Cube, region: str, settings: Settings) -> States:
    """The same with one judging a day."""
    empty = _empty(pack, cube)
    places = {outcome.code: place for place, outcome in enumerate(pack.outcomes, 1)}
    for k, day in enumerate(cube.clock.days):
        judged = judge(pack, as_known(pool, cube, k), day, region, told=settings)
        at = cube.places(judged.enterprises)
        mine = at >= 0
        empty.outcome[at[mine], k] = np.array([places.get(code, 0) for code in judged.outcomes.tolist()], np.int8)[mine]
        for name, column in empty.values.items():
            column[at[mine], k] = judged.values[name][mine]
    return empty


def as_known(pool: Pool, cube: Cube, k: int) -> Pool:
    """The pool as it was known on one of the days."""
    day, commit = ibis.literal(cube.clock.days[k]), int(cube.clock.commits[k])

    def source(table: Table) -> ibis.Table:
        rows = pool.source(table)
        rows = marked(pool, rows.filter(rows.recorded <= pool.commit), cube.clock)
        known = rows.filter(known_by(rows, own_day(table.name, rows), commit, day))
        told = as_then(table.name, known, day).select(*table.schema.names)
        return told.mutate(recorded=ibis.literal(0, "int64"), superseded=ibis.null("int64"))

    return replace(pool, scope=Scope.system(), source=source, key="", newest=None, staff=None, _open={})
