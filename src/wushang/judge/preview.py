"""What a delivery would cause before 确认入库: the touched units judged on their current rows and on those rows with
the checked ones. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from wushang.judge.force import news
from wushang.judge.judging import Judged, judge, tables_of
from wushang.judge.models import PolicyVersion
from wushang.judge.prose import title
from wushang.judge.recording import rises
from wushang.pool import reading
from wushang.pool.reading import Pool
from wushang.pool.tables import Table, declared

Rows = Iterable[dict[str, Any]]
CHUNK = 2000  # units at once: as many as a query on the ledger names


@dataclass(frozen=True)
class Expected:
    """A unit whose outcome would be another one (or the same again: one more referral). `warns`: a piece would be
    drafted, or an open one raised."""

    enterprise: int
    policy: str
    policy_title: str
    kind: str  # level | list | referral
    before: str
    after: str
    before_title: str
    after_title: str
    rises: bool
    warns: bool
    mode: str


def preview(
    units: Iterable[int], added: Mapping[str, Rows], as_of: date, without: Mapping[str, set[int]] | None = None
) -> list[Expected]:
    """The outcomes that would change. added: rows by snapshot table (injuries, disease_hazards, headcounts, enterprises);
    without: keys of current rows that these replace, by table (the first column of the table: injury, enterprise)."""
    touched, gone = sorted(set(units)), without or {}
    fresh = {table: list(rows) for table, rows in added.items()}
    changing = {table for table in {*fresh, *gone} if fresh.get(table) or gone.get(table)}
    versions = [
        version
        for version in PolicyVersion.objects.in_force_on(as_of).order_by("policy", "region", "number")
        if version.pack.of_units and not version.pack.ranked and changing & tables_of(version.pack)
    ]
    return [expected for part in _parts(touched) for expected in _preview(versions, part, fresh, as_of, gone)]


def _parts(units: list[int]) -> Iterator[list[int]]:
    return (units[start : start + CHUNK] for start in range(0, len(units), CHUNK))


def _preview(
    versions: list[PolicyVersion], units: list[int], added: dict[str, list[dict[str, Any]]], as_of: date,
    without: Mapping[str, set[int]],
) -> Iterator[Expected]:  # fmt: skip
    if not versions:
        return
    now = reading.for_enterprises(units)
    then = overlaid(now, added, without)
    hazards = sorted((r["opened"], r["enterprise"]) for r in added.get("disease_hazards", ()) if "recorded" not in r)
    found = {unit: opened for opened, unit in hazards}
    for version in versions:
        yield from compare(version, now, then, units, as_of, found)


def compare(
    version: PolicyVersion, now: Pool, then: Pool, units: list[int], as_of: date, found: dict[int, date]
) -> Iterator[Expected]:
    """found: the units of hazards that come in, and when the latest of these was found."""
    pack = version.pack
    before, after = judge(pack, now, as_of, version.region, units), judge(pack, then, as_of, version.region, units)
    was, will = before.by_unit(), after.by_unit()
    more = _referred_again(version, before, after)
    turned = [unit for unit in units if was.get(unit, "") != will.get(unit, "") or unit in more]
    risen = {u for u in turned if u in more or rises(pack, was.get(u, ""), will.get(u, ""))}
    since = version.effective_from or pack.since
    struck = news(pack, then, as_of, since, sorted(risen))[0]
    if "disease_hazards" in tables_of(pack):
        struck |= {unit for unit, opened in found.items() if opened >= since}
    for unit in turned:
        code, earlier = will.get(unit, ""), was.get(unit, "")
        outcome = pack.outcome(code)
        yield Expected(
            unit, version.policy, version.title, outcome.kind if outcome else "", earlier, code, title(pack, earlier),
            title(pack, code), unit in risen, version.mode == "full" and unit in risen & struck, version.mode,
        )  # fmt: skip


def _referred_again(version: PolicyVersion, before: Judged, after: Judged) -> set[int]:
    """Units with one more case under a rule that refers each case."""
    pack, old = version.pack, dict(zip(before.enterprises.tolist(), range(len(before.enterprises)), strict=True))
    again = set()
    for at, unit in enumerate(after.enterprises.tolist()):
        outcome = pack.outcome(str(after.outcomes[at]))
        if outcome and outcome.kind == "referral" and unit in old:
            was, will = before.of(old[unit]), after.of(at)
            if any((will[name] or 0) > (was[name] or 0) for name in will):  # type: ignore[operator]
                again.add(unit)
    return again


def overlaid(pool: Pool, added: dict[str, list[dict[str, Any]]], without: Mapping[str, set[int]]) -> Pool:
    """A pool that also has these rows."""
    assert set(added) <= set(declared())

    def source(table: Table):
        rows = pool.source(table)
        if gone := sorted(without.get(table.name, ())):
            key = table.columns[0][0]
            ended = pool.engine.memory("ended", pa.table({"ended": pa.array(gone, pa.int64())}))
            rows = rows.anti_join(ended, rows[key] == ended.ended)
        more = [{**row, "recorded": pool.commit, "superseded": None} for row in added.get(table.name, ())]
        return rows.union(pool.engine.memory(table.name, pa.Table.from_pylist(more, schema=table.schema))) if more else rows

    filled = frozenset(table for table, rows in added.items() if rows)
    return Pool(pool.engine, pool.scope, pool.commit, source, pool.verb, filled)
