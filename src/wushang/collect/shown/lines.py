"""What is different from last time, line by line; read from what was kept when the delivery was compared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.collect import compared, counts, shelf
from wushang.collect.compare import compare, table_of
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.shown.cells import NOTHING, cell, title_of
from wushang.collect.shown.numbers import numbers
from wushang.collect.source import NUMBERS, Source
from wushang.pool.models import Commit, EnterpriseVersion, Reported

TABS = ("different", "new", "changed", "gone")
CHANGES = {
    "gone": gettext_lazy("减少"), "changed": gettext_lazy("变更"), "new": gettext_lazy("新增"), "same": gettext_lazy("相同"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of what is different: one column of a changed row, or a whole row that is new or gone."""

    change: str
    row: int | None
    unit: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Different:
    """One row that is different: its key, the fact it replaces, and the settled row where people settled it."""

    change: str
    key: str
    old: int | None
    settled: QuarantinedRow | None = None


class Differences:
    """The rows of a tab, to be cut into pages: those of the file as it came, then those that people settled."""

    def __init__(self, batch: Batch, tab: str):
        self.batch, self.tab = batch, tab if tab in TABS else "different"
        self.kinds = compared.KINDS if self.tab == "different" else (self.tab,)
        found = numbers(batch)
        self.sizes = {kind: (batch.difference.get(kind, 0), getattr(found, kind)) for kind in self.kinds}

    def __len__(self) -> int:
        return sum(whole for _kept, whole in self.sizes.values())

    def __getitem__(self, part: slice) -> list[Different]:
        start, stop, _step = part.indices(len(self))
        found: list[Different] = []
        for kind in self.kinds:
            kept, whole = self.sizes[kind]
            low, high = max(start, 0), min(stop, whole)
            if low < high:
                found += self._kept(kind, low, min(high, kept)) + self._settled(kind, max(low - kept, 0), high - kept)
            start, stop = start - whole, stop - whole
        return found

    def _kept(self, kind: str, low: int, high: int) -> list[Different]:
        if low >= high:
            return []
        lines = kept_lines(self.batch).filter(pl.col("change") == kind).slice(low, high - low).collect()
        return [Different(*row) for row in lines.select("change", "key", "old").rows()]

    def _settled(self, kind: str, low: int, high: int) -> list[Different]:
        if low >= high or kind == "gone":
            return []
        rows = self.batch.quarantined.filter(state__in=counts.SETTLED, change=kind).order_by("row")[low:high]
        return [Different(kind, row.landing_key, None, row) for row in rows]


def kept_lines(batch: Batch) -> pl.LazyFrame:
    """The comparison beside the delivery; made once where an older delivery lacks it."""
    kept = shelf.kept_difference(batch.path)
    if kept is None:
        shelf.keep_difference(batch.path, compared.lines_of(_once(batch)))
        kept = shelf.kept_difference(batch.path)
    assert kept is not None
    return kept


def _once(batch: Batch) -> Any:
    """Against what was known before it landed, or is known now."""
    source = batch.version.loaded()
    first = Commit.objects.filter(pk__in=batch.commits[:1]).first()
    before = first.number - 1 if first and first.number else None
    digests = dict(shelf.kept_table(batch.path).select("key", "digest").rows())
    held = compared.keys_that_wait(batch)
    return compare(table_of(source.lands), source.id, batch.sender.code, digests, batch.whole_periods(), held, before)


def lines(batch: Batch, wanted: list[Different]) -> Iterator[Line]:
    """The lines of some rows."""
    source = batch.version.loaded()
    if not source.lands:
        return
    now = {row["key"]: row for row in _rows(batch, wanted)}
    old = _old(batch, source, wanted)
    names = _unit_names(old.values())
    for one in wanted:
        before = _values(old[one.key], source) if one.key in old else {}
        unit = str(now.get(one.key, before).get(source.unit_name) or "") or names.get(one.key, "")
        if one.change == "changed" and one.key in now:
            yield from _changed(source, batch, now[one.key], before, unit)
        else:
            yield _whole(source, one.change, now.get(one.key), before, unit, old.get(one.key))


def _rows(batch: Batch, wanted: list[Different]) -> list[dict[str, Any]]:
    """The rows of these keys: accepted as they came, or settled by people."""
    keys = sorted(one.key for one in wanted if one.settled is None and one.change != "gone")
    taken = shelf.kept_table(batch.path).filter(pl.col("key").is_in(keys)).rows(named=True) if keys else []
    settled = [(one.settled.row, json.loads(one.settled.result)) for one in wanted if one.settled]
    return [*taken, *({**one["values"], **one, "row": row} for row, one in settled)]


def _old(batch: Batch, source: Source, wanted: list[Different]) -> dict[str, Reported]:
    """Key → the fact that a row replaces."""
    model = table_of(source.lands)
    old = {row.key: row for row in model.objects.filter(pk__in=[one.old for one in wanted if one.old])}
    keys = [one.key for one in wanted if one.settled and one.change == "changed"]
    if keys:
        facts = model.objects.filter(source=source.id, sender=batch.sender.code, key__in=keys).exclude(batch=batch.pk)
        old |= {row.key: row for row in facts.order_by("pk")}
    return old


def _values(row: Reported, source: Source) -> dict[str, Any]:
    if hasattr(row, "values"):
        return row.values
    return {name: _as_sent(getattr(row, name)) for name in source.columns if hasattr(row, name)}


def _as_sent(value: Any) -> Any:
    """A ledger's value as a checked table has it: 是 and 否 are codes there."""
    return value if not isinstance(value, bool) else "yes" if value else "no"


def _unit_names(rows: Any) -> dict[str, str]:
    """Key → name of the unit, for facts that keep no name of their own."""
    ids = {row.key: getattr(row, "enterprise_id", None) for row in rows if not hasattr(row, "values")}
    versions = EnterpriseVersion.objects.current().filter(enterprise__in=set(ids.values()) - {None})
    names = dict(versions.values_list("enterprise_id", "name"))
    return {key: names.get(pk, "") for key, pk in ids.items()}


def _changed(source: Source, batch: Batch, now: dict[str, Any], before: dict[str, Any], unit: str) -> Iterator[Line]:
    kept = [name for name in source.columns if name in before and name in now]
    moved = [(n, cell(before[n], source.columns[n]), cell(now[n], source.columns[n])) for n in kept]
    moved = [(name, was, is_now) for name, was, is_now in moved if was != is_now]
    for name, was, is_now in moved:
        yield Line("changed", now["row"], unit, title_of(batch, source, name), was, is_now)
    if not moved:
        yield Line("changed", now["row"], unit, _("个人信息或未入库的列"), NOTHING, NOTHING)


def _whole(
    source: Source, kind: str, now: dict[str, Any] | None, before: dict[str, Any], unit: str, old: Reported | None
) -> Line:
    said = {name: cell((now or before).get(name), source.columns[name]) for name in source.summary}
    named = {name: f"{source.columns[name].titles[0]} " for name in said if source.columns[name].type in NUMBERS}
    words = "，".join(named.get(name, "") + word for name, word in said.items() if word != NOTHING) or NOTHING
    number = now["row"] if now else old.row if old else None
    was, is_now = (words, NOTHING) if kind == "gone" else (NOTHING, words)
    return Line(kind, number, unit, _("整行"), was, is_now)
