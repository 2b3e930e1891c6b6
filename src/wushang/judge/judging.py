"""Judge a pack over a pool: one query gives units × measures and conditions, then one outcome per unit. Writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import numpy as np
import pyarrow as pa

from wushang.analyse.measures import Ask, measures
from wushang.analyse.values import filled_tables, values
from wushang.judge.few import Few
from wushang.judge.language.column import number
from wushang.judge.language.tree import Value
from wushang.judge.pack import Pack, Use
from wushang.judge.selection import select
from wushang.people.scope import region_prefix
from wushang.pool.reading import Pool


@dataclass(frozen=True)
class Judged:
    """Units in the order of their numbers, what was measured of each, and what came out."""

    as_of: date
    commit: int
    enterprises: np.ndarray
    values: dict[str, np.ndarray]
    settings: dict[str, Value]
    outcomes: np.ndarray

    def of(self, at: int) -> dict[str, Value]:
        """One unit's values by its place in the order; None for missing, whole numbers as such."""
        return {name: plain_number(column[at]) for name, column in self.values.items()}

    def by_unit(self) -> dict[int, str]:
        return dict(zip(self.enterprises.tolist(), self.outcomes.tolist(), strict=True))

    @property
    def digest(self) -> str:
        """The same facts, day and rule give the same digest, on every engine and road."""
        rows = [
            [int(self.enterprises[at]), str(self.outcomes[at]), self.of(int(at))]
            for at in np.flatnonzero(self.outcomes != "")
        ]
        said = [self.as_of.isoformat(), self.settings, rows]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def plain_number(value: float) -> Value:
    if np.isnan(value):
        return None
    return int(value) if float(value).is_integer() else round(float(value), 6)


def judge(
    pack: Pack, pool: Pool, as_of: date, region: str, only: Iterable[int] | None = None, told: Mapping[str, Value] | None = None
) -> Judged:
    """The outcome of every unit of the region (of `only`, if told) as of a day. told: the parameters' values, where another
    day's shall count (历史试算)."""
    settings, filled = dict(pack.settings(as_of) if told is None else told), filled_tables(pool.commit, tables_of(pack)) | pool.more

    few = isinstance(pool, Few)
    if isinstance(pool, Few):
        pool.put(tables_of(pack))

    def asked() -> ibis.Table:
        return reckoned(pack, measured(pack, pool, as_of, judged_units(pool, region, None if few else only), filled), settings)

    # all units of a snapshot are asked for again and again: by runs, trials, loads; the query is put together once
    name = hashlib.sha256("|".join([pack.text, f"{as_of}", f"{settings}", region, *sorted(filled)]).encode()).hexdigest()[:16]
    table = pool.view(f"judged_{name}", asked) if only is None or few else asked()
    rows = pool.fetch(table).sort_by("enterprise")
    columns = {name: rows[name].to_numpy(zero_copy_only=False) for name in rows.column_names}
    found = {name: columns[name].astype(float) for name in (*pack.measures, *pack.figures)}
    outcomes = select(pack, {c: columns[f"outcome {c}"].astype(bool) for c in pack.conditions}, found, settings)
    return Judged(as_of, pool.commit, columns["enterprise"], found, settings, outcomes)


def measured(pack: Pack, pool: Pool, as_of: date, units: ibis.Table, filled: Iterable[str] | None = None) -> ibis.Table:
    """The pack's measures of these units; filled: the tables that hold anything, looked up where not told."""
    asks = {code: (use.measure, ask(use, as_of)) for code, use in pack.measures.items()}
    return values(pool, asks, units, filled_tables(pool.commit) | pool.more if filled is None else filled)


def reckoned(pack: Pack, table: ibis.Table, settings: Mapping[str, Value]) -> ibis.Table:
    """What was measured, with the pack's figures and whether each outcome's condition holds."""
    known = {**settings, **{name: table[name] for name in pack.measures}}
    figures = {name: number(part, known) for name, part in pack.figure_parts.items()}
    return table.mutate(**figures, **{f"outcome {code}": condition.column(known) for code, condition in pack.conditions.items()})


def tables_of(pack: Pack) -> set[str]:
    """The tables whose rows may change what the pack says of a unit."""
    return {"enterprises"} | {table for use in pack.measures.values() for table in measures()[use.measure].tables}


def ask(use: Use, as_of: date) -> Ask:
    return Ask(as_of, use.window, use.basis, use.scope, use.status)


def judged_units(pool: Pool, region: str, only: Iterable[int] | None = None) -> ibis.Table:
    """Units that lie in the region now; a provisional (待确认) one is never warned, a merged one is another's."""
    units = pool.table("enterprises")
    units = units.filter(units.region.startswith(region_prefix(region)), ~units.provisional, units.merged_into.isnull())
    return units if only is None else these(pool, units, only)


def these(pool: Pool, units: ibis.Table, only: Iterable[int]) -> ibis.Table:
    """Some of the units. A join, since thousands of numbers written into a query take seconds to compile."""
    wanted = pool.engine.memory("wanted", pa.table({"unit": pa.array(sorted(set(only)), pa.int64())}))
    return units.semi_join(wanted, units.enterprise == wanted.unit)
