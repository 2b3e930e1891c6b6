"""Assess the cases, or the groups of enterprises, that a rule is about. Writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import numpy as np

from wushang.judge.assessments.measures import CASE_MEASURES, cases
from wushang.judge.groups import Group, Values, judged_groups
from wushang.judge.judging import judged_units, plain_number, reckoned
from wushang.judge.pack import Pack
from wushang.judge.prose import title
from wushang.judge.selection import among, select
from wushang.pool.reading import Pool
from wushang.terms.level import Level


@dataclass(frozen=True)
class Assessed:
    """Everything that was looked at on a day, in the order of the keys. `ends`: what `scaled` went by."""

    as_of: date
    commit: int
    settings: Values
    ends: Values
    groups: tuple[Group, ...]

    @property
    def outcomes(self) -> list[str]:
        return [group.outcome for group in self.groups]

    @property
    def digest(self) -> str:
        """The same facts, day and rule give the same digest, on every engine and road."""
        rows = [[one.key, one.outcome, one.values] for one in self.groups if one.outcome]
        said = json.dumps([self.as_of.isoformat(), self.settings, rows], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def assess(
    pack: Pack, pool: Pool, as_of: date, region: str, told: Mapping[str, Values] | None = None, settings: Values | None = None
) -> Assessed:
    """told: key → the inputs that the place reports. settings: the parameters' values, where another day's shall count (新旧对比)."""
    known = pack.settings(as_of) if settings is None else settings
    found = judged_cases(pack, pool, as_of, region, known) if pack.of_cases else judged_groups(pack, told or {}, as_of, pool, known)
    ends = among(pack, [one.values for one in found])
    return Assessed(as_of, pool.commit, known, ends, tuple(sorted(found, key=lambda one: (len(one.key), one.key))))


def judged_cases(pack: Pack, pool: Pool, as_of: date, region: str, settings: Values) -> list[Group]:
    """Every case of the region's units by one query: what is measured of it, and the first outcome whose condition holds."""
    units = judged_units(pool, region)
    rows = cases(pool, as_of).inner_join(units.select("enterprise", unit_name="name"), "enterprise")
    measured = {code: CASE_MEASURES[use.measure].column(rows, ibis.literal(as_of)).cast("float64") for code, use in pack.measures.items()}
    table = reckoned(pack, rows.select("case", "enterprise", "unit_name", "level", "rule", **measured), settings)
    found = pool.fetch(table).sort_by("case")
    columns = {column: found[column].to_numpy(zero_copy_only=False) for column in (*pack.measures, *pack.figures)}
    numbers = {column: values.astype(float) for column, values in columns.items()}
    holds = {code: found[f"outcome {code}"].to_numpy(zero_copy_only=False).astype(bool) for code in pack.conditions}
    codes = select(pack, holds, numbers, settings).tolist() if len(found) else []
    return [
        Group(
            str(row["case"]), case_name(row), _at(pack.measures, numbers, n), _at(pack.figures, numbers, n), codes[n], title(pack, codes[n]),
            row["enterprise"],
        )
        for n, row in enumerate(found.select(["case", "enterprise", "unit_name", "level", "rule"]).to_pylist())
    ]  # fmt: skip


def _at(names: Mapping[str, object], columns: Mapping[str, np.ndarray], n: int) -> Values:
    return {one: plain_number(columns[one][n]) for one in names}


def case_name(row: Mapping[str, str]) -> str:
    """恒岳杯业：橙色预警（规则）."""
    level = Level(row["level"]).zh if row["level"] in {one.value for one in Level} else row["level"]
    return f"{row['unit_name']}：{level}（{row['rule']}）"


