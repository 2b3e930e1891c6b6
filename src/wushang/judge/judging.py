"""Judge a pack over a pool: one query gives units × measures and conditions, then one outcome per unit. Writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from wushang.analyse.measures import Ask
from wushang.analyse.values import filled_tables, values
from wushang.judge.assessments.measures import measure_of
from wushang.judge.few import Few
from wushang.judge.language.column import number
from wushang.judge.language.tree import Value
from wushang.judge.pack import Pack, Use
from wushang.judge.selection import select
from wushang.people.scope import region_prefix
from wushang.pool.reading import Pool

Settings = dict[str, Value]


@dataclass(frozen=True)
class Judged:
    """Units in the order of their numbers, what was measured of each, and what came out."""

    as_of: date
    commit: int
    enterprises: np.ndarray
    values: dict[str, np.ndarray]
    settings: Settings
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
    return judge_together([pack], pool, as_of, region, only, None if told is None else [dict(told)])[0]


def judge_together(
    packs: Sequence[Pack], pool: Pool, as_of: date, region: str, only: Iterable[int] | None = None, told: Sequence[Settings] | None = None
) -> list[Judged]:
    """The same of several packs over the same units by one query, in which what two of them look at is measured once."""
    tables, settings = {name for pack in packs for name in tables_of(pack)}, told or [pack.settings(as_of) for pack in packs]
    filled, few = filled_tables(pool.commit, tables) | pool.more, isinstance(pool, Few)
    if isinstance(pool, Few):
        pool.put(tables)
    asks = distinct(packs, as_of)

    def asked() -> ibis.Table:
        units = judged_units(pool, region, None if few else only)
        return side_by_side(packs, values(pool, {name: key for key, name in asks.items()}, units, filled), asks, as_of, settings)

    # all units of a snapshot are asked for again and again: by runs, trials, loads; the query is put together once
    said = [*(pack.text for pack in packs), f"{as_of}", f"{settings}", region, *sorted(filled)]
    name = hashlib.sha256("|".join(said).encode()).hexdigest()[:16]
    rows = pool.fetch(pool.view(f"judged_{name}", asked) if only is None or few else asked()).sort_by("enterprise")
    columns = {name: rows[name].to_numpy(zero_copy_only=False) for name in rows.column_names}
    return [found(n, pack, as_of, pool.commit, columns, asks, settings[n]) for n, pack in enumerate(packs)]


def distinct(packs: Sequence[Pack], as_of: date) -> dict[tuple[str, Ask], str]:
    """Everything that the packs look at, once: (measure, ask) → the name of its column."""
    wanted = dict.fromkeys((use.measure, ask(use, as_of)) for pack in packs for use in pack.measures.values())
    return {key: f"looked_at_{n}" for n, key in enumerate(wanted)}


def side_by_side(
    packs: Sequence[Pack], table: ibis.Table, asks: Mapping[tuple[str, Ask], str], as_of: date, settings: Sequence[Settings]
) -> ibis.Table:
    """What was measured, with the figures and conditions of every pack, each behind the pack's place."""
    said = {}
    for n, pack in enumerate(packs):
        columns = {code: table[asks[use.measure, ask(use, as_of)]] for code, use in pack.measures.items()}
        said |= {f"{n} {name}": column for name, column in answers(pack, {**settings[n], **columns}).items()}
    return table.mutate(**said)


def found(
    n: int, pack: Pack, as_of: date, commit: int, columns: Mapping[str, np.ndarray], asks: Mapping[tuple[str, Ask], str], settings: Settings
) -> Judged:
    """One pack's part of the answer."""
    measured = {code: columns[asks[use.measure, ask(use, as_of)]] for code, use in pack.measures.items()}
    numbers = {name: column.astype(float, copy=False) for name, column in (measured | {name: columns[f"{n} {name}"] for name in pack.figures}).items()}
    outcomes = select(pack, {code: columns[f"{n} outcome {code}"].astype(bool) for code in pack.conditions}, numbers, settings)
    return Judged(as_of, commit, columns["enterprise"], numbers, settings, outcomes)


def measured(pack: Pack, pool: Pool, as_of: date, units: ibis.Table, filled: Iterable[str] | None = None) -> ibis.Table:
    """The pack's measures of these units; filled: the tables that hold anything, looked up where not told."""
    asks = {code: (use.measure, ask(use, as_of)) for code, use in pack.measures.items()}
    return values(pool, asks, units, filled_tables(pool.commit) | pool.more if filled is None else filled)


def reckoned(pack: Pack, table: ibis.Table, settings: Mapping[str, Value]) -> ibis.Table:
    """What was measured, with the pack's figures and whether each outcome's condition holds."""
    return table.mutate(**answers(pack, {**settings, **{name: table[name] for name in pack.measures}}))


def answers(pack: Pack, known: Mapping[str, Any]) -> dict[str, ir.Value]:
    """The pack's figures, and whether each outcome's condition holds, as columns."""
    figures = {name: number(part, known) for name, part in pack.figure_parts.items()}
    return figures | {f"outcome {code}": condition.column(known) for code, condition in pack.conditions.items()}


def tables_of(pack: Pack) -> set[str]:
    """The tables whose rows may change what the pack says of a unit."""
    return {"enterprises"} | {table for use in pack.measures.values() for table in measure_of(use.measure).tables}


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
