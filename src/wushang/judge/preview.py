"""What a delivery would cause before 确认入库: the touched units judged on their current rows and on those rows with
the checked ones. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from wushang.judge.judging import judge
from wushang.judge.models import PolicyVersion
from wushang.judge.prose import title
from wushang.judge.recording import rises
from wushang.pool import reading
from wushang.pool.reading import Pool
from wushang.pool.tables import Table, declared

Rows = Iterable[dict[str, Any]]


@dataclass(frozen=True)
class Expected:
    """A unit whose outcome would be another one."""

    enterprise: int
    policy: str
    policy_title: str
    before: str
    after: str
    before_title: str
    after_title: str
    rises: bool
    mode: str


def preview(
    units: Iterable[int], added: dict[str, Rows], as_of: date, without: dict[str, set] | None = None
) -> list[Expected]:
    """The outcomes that would change. added: rows by snapshot table (injuries, disease_hazards, headcounts, enterprises);
    without: keys of current rows that these replace, by table (the first column of the table: injury, enterprise)."""
    touched = sorted(set(units))
    now = reading.for_enterprises(touched)
    then = overlaid(now, added, without or {})
    return [
        expected
        for version in PolicyVersion.objects.in_force_on(as_of).order_by("policy", "region")
        if not version.pack.ranked
        for expected in compare(version, now, then, touched, as_of)
    ]


def compare(version: PolicyVersion, now: Pool, then: Pool, units: list[int], as_of: date) -> Iterable[Expected]:
    pack = version.pack
    before = judge(pack, now, as_of, version.region, units).by_unit()
    after = judge(pack, then, as_of, version.region, units).by_unit()
    for unit in units:
        was, will = before.get(unit, ""), after.get(unit, "")
        if was != will:
            yield Expected(
                unit, version.policy, version.title, was, will, title(pack, was), title(pack, will),
                rises(pack, was, will), version.mode,
            )  # fmt: skip


def overlaid(pool: Pool, added: dict[str, Rows], without: dict[str, set]) -> Pool:
    """A pool that also has these rows."""
    assert set(added) <= set(declared())

    def source(table: Table):
        rows = pool.source(table)
        gone = sorted(without.get(table.name, ()))
        rows = rows.filter(rows[table.columns[0][0]].notin(gone)) if gone else rows
        more = [{"recorded": pool.commit} | row for row in added.get(table.name, ())]
        return (
            rows.union(pool.engine.memory(table.name, pa.Table.from_pylist(more, schema=table.schema)))
            if more
            else rows
        )

    return Pool(pool.engine, pool.scope, pool.commit, source, pool.verb)
