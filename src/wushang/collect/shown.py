"""A delivery as people see it: numbers that tie, rows that wait, what is different from last time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.collect import shelf
from wushang.collect.compare import Difference, compare, table_of
from wushang.collect.deeds.check_batch import keys_that_wait
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.source import NUMBERS, Column, Source
from wushang.people.crypto import mask_id, mask_name, mask_phone
from wushang.pool.models import Commit, EnterpriseVersion, Reported
from wushang.terms import codes
from wushang.terms.money import percent, yuan

NOTHING = "—"
CHANGES = {
    "gone": gettext_lazy("减少"), "changed": gettext_lazy("变更"), "new": gettext_lazy("新增"), "same": gettext_lazy("相同"),
}  # fmt: skip


@dataclass(frozen=True)
class Numbers:
    """rows = taken + doubles + waiting, always."""

    rows: int
    taken: int
    doubles: int
    waiting: int  # open and returned
    returned: int
    new: int
    changed: int
    same: int
    gone: int

    @property
    def open(self) -> int:
        return self.waiting - self.returned


def numbers(batch: Batch) -> Numbers:
    """The numbers of a delivery as it stands now."""
    return tally(batch, batch.quarantined.values_list("state", "change"))


def tallies(batches: Iterable[Batch]) -> dict[int, Numbers]:
    """The numbers of several deliveries by their pk, in one query."""
    found = {batch.pk: (batch, list[tuple[str, str]]()) for batch in batches}
    rows = QuarantinedRow.objects.filter(batch__in=list(found)).order_by()
    for pk, state, change in rows.values_list("batch", "state", "change"):
        found[pk][1].append((state, change))
    return {pk: tally(batch, settled) for pk, (batch, settled) in found.items()}


def tally(batch: Batch, pairs: Iterable[tuple[str, str]]) -> Numbers:
    """The same from state and change of each row that waited."""
    states: dict[str, int] = {}
    changes = dict.fromkeys(("new", "changed", "same"), 0)
    for state, change in pairs:
        states[state] = states.get(state, 0) + 1
        if state in (QuarantinedRow.MENDED, QuarantinedRow.ACCEPTED):
            changes[change or "new"] += 1
    settled = states.get(QuarantinedRow.MENDED, 0) + states.get(QuarantinedRow.ACCEPTED, 0)
    returned = states.get(QuarantinedRow.RETURNED, 0)
    known = {name: batch.difference.get(name, 0) + changes.get(name, 0) for name in ("new", "changed", "same", "gone")}
    waiting = states.get(QuarantinedRow.OPEN, 0) + returned
    return Numbers(batch.rows, batch.taken + settled, len(batch.doubles), waiting, returned, **known)


@dataclass(frozen=True)
class Tie:
    """One footer line of the file against its rows; `equal` is None where it cannot be compared."""

    equal: bool | None
    said: str
    details: list[str]


def ties(batch: Batch) -> list[Tie]:
    """Footer lines in words: one figure is said at once, several are folded."""
    found = []
    for row in dict.fromkeys(footer["row"] for footer in batch.footers):
        mine = [footer for footer in batch.footers if footer["row"] == row]
        for equal in (False, True, None):
            some = [footer for footer in mine if footer["equal"] is equal]
            if some:
                found.append(_tie(equal, some))
    return found


def _tie(equal: bool | None, some: list[dict[str, Any]]) -> Tie:
    each = {
        True: _("%(column)s与文件第 %(row)s 行“%(label)s”一致：%(said)s"),
        False: _("第 %(row)s 行“%(label)s”%(column)s写的是 %(said)s，各行相加是 %(ours)s"),
        None: _("第 %(row)s 行“%(label)s”%(column)s %(said)s：%(why)s"),
    }[equal]
    if len(some) == 1:
        return Tie(equal, each % some[0], [])
    many = {
        True: _("%(n)s 列合计与文件第 %(row)s 行“%(label)s”一致"),
        False: _("第 %(row)s 行“%(label)s”有 %(n)s 列与各行相加不同"),
        None: _("第 %(row)s 行“%(label)s”有 %(n)s 列不能相比"),
    }[equal]
    return Tie(equal, many % {**some[0], "n": len(some)}, [each % footer for footer in some])


@dataclass(frozen=True)
class ShownProblem:
    """One line of 待订正."""

    field: str
    column: str
    value: str
    why: str
    remedy: str
    suggestion: str
    warn: bool
    was: str = ""  # what the file says, where a person has written something else meanwhile


@dataclass(frozen=True)
class ShownRow:
    """A waiting row with its problems; personal values masked."""

    row: QuarantinedRow
    problems: list[ShownProblem]
    mended: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def suggested(self) -> dict[str, str]:
        """Suggestions, where they cover every problem that keeps the row out."""
        wrong = {p.field for p in self.problems if not p.warn}
        found = {p.field: p.suggestion for p in self.problems if p.suggestion}
        return found if wrong and wrong <= set(found) else {}


def shown_row(row: QuarantinedRow, source: Source) -> ShownRow:
    """A row of 待订正 for the page."""
    text = json.loads(row.text)
    changed = {name: (said[0], said[1]) for name, said in _mended(row, source, set(source.personal)).items()}
    rejects = sorted(row.problems, key=lambda p: p["severity"])
    problems = [_problem(p, text.get(p["field"], ""), source, changed) for p in rejects]
    mended = [(title_of(row.batch, source, name), was, now) for name, (was, now) in changed.items()]
    return ShownRow(row, problems, mended)


def _problem(p: dict[str, Any], text: str, source: Source, changed: dict[str, tuple[str, str]]) -> ShownProblem:
    value = masked(text, source.columns[p["field"]]) if p["field"] in source.personal else p["value"]
    was, warn = changed.get(p["field"], ("", ""))[0], p["severity"] == "warn"
    return ShownProblem(p["field"], p["column"], value, p["why"], p["remedy"], p.get("suggestion", ""), warn, was)


def _mended(row: QuarantinedRow, source: Source, personal: set[str]) -> dict[str, list[str]]:
    """Field → before, after; personal values masked."""
    return {
        name: [masked(v, source.columns[name]) if name in personal else v for v in pair]
        for name, pair in json.loads(row.mended or "{}").items()
    }


def title_of(batch: Batch, source: Source, name: str) -> str:
    """What the file calls a field."""
    return batch.header.get("titles", {}).get(name) or source.columns[name].titles[0]


def masked(value: str, column: Column) -> str:
    """A personal value as lists may show it."""
    if column.type == "id_number":
        return mask_id(value)
    if column.type == "phone":
        return mask_phone(value)
    return mask_name(value) if column.type == "name" or len(value) < 4 else f"{value[:2]}…（{len(value)} 字）"


def cell(value: Any, column: Column) -> str:
    """A stored value in words: codes by name, fen as yuan, millionths as per cent."""
    if value is None or value == "":
        return NOTHING
    if column.type == "code" and column.codes:
        return codes.name(column.codes, str(value))
    if column.type == "code":
        return next((word for word, code in column.values.items() if code == value), str(value))
    if column.type == "money":
        return yuan(int(value))
    if column.type == "rate":
        return percent(int(value), 2)
    if column.type == "integer":
        return f"{int(value):,}"
    if column.type == "month":
        return str(value)[:7]
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Line:
    """One line of what is different: one column of a changed row, or a whole row that is new or gone."""

    change: str
    row: int | None
    unit: str
    column: str
    before: str
    after: str


def against(batch: Batch) -> Difference:
    """The delivery against what was known before it landed (or is known now)."""
    source = batch.version.loaded()
    if not source.lands:
        return Difference()
    digests = _digests(batch)
    first = Commit.objects.filter(pk__in=batch.commits[:1]).first()
    before = first.number - 1 if first and first.number else None
    return compare(
        table_of(source.lands), source.id, batch.sender.code, digests, batch.whole_periods(), keys_that_wait(batch), before
    )  # fmt: skip


def rows_of(found: Difference, change: str) -> list[tuple[str, str]]:
    """(change, key) of the wanted kind; `different` is gone, then changed, then new."""
    kinds = ("gone", "changed", "new") if change == "different" else (change,)
    return [(kind, key) for kind in kinds for key in getattr(found, kind, [])]


def lines(batch: Batch, found: Difference, wanted: list[tuple[str, str]]) -> Iterator[Line]:
    """The lines of some rows."""
    source = batch.version.loaded()
    now = {row["key"]: row for row in _rows(batch, {key for _kind, key in wanted})}
    pks = [pk for kind, key in wanted for pk in [{**found.changed, **found.gone}.get(key)] if pk]
    old = {row.key: row for row in table_of(source.lands).objects.filter(pk__in=pks)}
    names = _unit_names(old.values())
    for kind, key in wanted:
        before = _values(old[key], source) if key in old else {}
        unit = str(now.get(key, before).get(source.unit_name) or "") or names.get(key, "")
        if kind == "changed":
            yield from _changed(source, batch, now[key], before, unit)
        else:
            yield _whole(source, kind, now.get(key), before, unit, old.get(key))


def _rows(batch: Batch, keys: set[str]) -> list[dict[str, Any]]:
    """The rows of these keys: accepted as they came, or settled by people."""
    taken = shelf.kept_table(batch.path).filter(pl.col("key").is_in(sorted(keys))).rows(named=True)
    settled = [{**one["values"], **one, "row": row} for row, one in _settled(batch) if one["key"] in keys]
    return [*taken, *settled]


def _digests(batch: Batch) -> dict[str, str]:
    """Key → digest of every row that counts."""
    taken = dict(shelf.kept_table(batch.path).select("key", "digest").rows())
    return taken | {one["key"]: one["digest"] for _row, one in _settled(batch)}


def _settled(batch: Batch) -> list[tuple[int, dict[str, Any]]]:
    done = (QuarantinedRow.MENDED, QuarantinedRow.ACCEPTED)
    return [(row.row, json.loads(row.result)) for row in batch.quarantined.filter(state__in=done)]


def _values(row: Reported, source: Source) -> dict[str, Any]:
    if hasattr(row, "values"):
        return row.values
    return {name: getattr(row, name) for name in source.columns if hasattr(row, name)}


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
