"""One waiting row anew: with mended cells or as it stands, checked by the same checks as the whole file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.collect import counts, shelf
from wushang.collect.checking import Remark, findings, landable, remarks_of
from wushang.collect.compare import compare, table_of
from wushang.collect.deeds.check_batch import is_suggested, kind_of, problem_json, refresh_difference, secret
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.reading.header import Header
from wushang.collect.table import Table, cells_of, typed
from wushang.people.deed import refuse
from wushang.terms.problem import Problem

SPOILT = {"digits_lost", "cell_error"}  # what such a cell holds is not a value, even where a person takes the row

OF_THE_SHEET = {"merged_number"}  # known by the sheet around the row


@dataclass(frozen=True)
class Again:
    """A row after it was read again: what is wrong still, and the row as it would land."""

    texts: dict[str, str]
    remarks: list[Remark]
    row: dict[str, Any]

    @property
    def rejects(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.severity == "reject"]


def read_again(row: QuarantinedRow, mended: dict[str, str]) -> Again:
    """The row with some cells written anew."""
    batch = row.batch
    source, header = batch.version.loaded(), Header(**batch.header)
    texts = {name: text for name, text in json.loads(row.text).items() if name in source.columns}
    texts |= {name: text.strip() for name, text in mended.items() if name in source.columns}
    alone = {name for name, place in header.places.items() if list(header.places.values()).count(place) == 1}  # no stand-in
    places = {**header.places, **{name: 10_000 + i for i, name in enumerate(mended) if name not in alone}}
    header = Header(header.top, header.levels, places, header.titles, header.units, header.unknown)
    raw = pl.DataFrame({str(place): [texts.get(name) or None] for name, place in places.items()}, schema_overrides={
        str(place): pl.String for place in places.values()})  # fmt: skip
    clean = cells_of(source, header, raw)
    number = pl.Series("row", [row.row], dtype=pl.UInt32)
    table = typed(source, header, number, raw, clean, batch.period, timezone.localdate(batch.received))
    shown = {name: text or "" for name, text in clean.rows(named=True)[0].items()}
    return Again(shown, remarks_of(findings(table)) + _of_the_sheet(row, mended), _landing(table))


def _of_the_sheet(row: QuarantinedRow, mended: dict[str, str]) -> list[Remark]:
    """Problems that the row alone does not show; they hold until that cell is written anew."""
    left = [p for p in row.problems if p["code"] in OF_THE_SHEET and p["field"] not in mended]
    return [Remark(row.row, p["field"], Problem.from_json(p), p["severity"]) for p in left]


def _landing(table: Table) -> dict[str, Any]:
    return landable(table, secret()).rows(named=True)[0]


def settled(row: QuarantinedRow, again: Again) -> str:
    """The row as JSON to be landed: plain values and personal ones apart."""
    source = row.batch.version.loaded()
    values = {name: value for name, value in again.row.items() if name not in ("row", "key", "digest", "period")}
    for remark in again.rejects:
        if remark.problem.code in SPOILT:
            values[remark.field] = None
    personal = {name: values.pop(name) or "" for name in source.personal if name in values}
    values = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
    head = {name: again.row[name] for name in ("key", "digest", "period")}
    return json.dumps({**head, "values": values, "personal": personal}, ensure_ascii=False)


def change_of(row: QuarantinedRow, again: Again) -> str:
    """new | changed | same against what is known."""
    source = row.batch.version.loaded()
    if not source.lands:
        return "new"
    digests = {again.row["key"]: again.row["digest"]}
    return compare(table_of(source.lands), source.id, row.batch.sender.code, digests).change(again.row["key"])


def lacks(row: QuarantinedRow, again: Again) -> list[str]:
    """Titles of the needed fields that have no value; such a row cannot be landed."""
    source, header = row.batch.version.loaded(), row.batch.header
    spoilt = {remark.field for remark in again.rejects if remark.problem.code in SPOILT}
    needed = {name for name, column in source.columns.items() if column.required or column.from_period}
    none = [name for name in source.columns if name in needed and (again.row[name] is None or name in spoilt)]
    return [header["titles"].get(name, source.columns[name].titles[0]) for name in none]


def refuse_if_key_is_taken(row: QuarantinedRow, again: Again) -> None:
    """Another row of the same file with the same key counts already, or a newer delivery has brought this key."""
    batch, key = row.batch, again.row["key"]
    taken = shelf.table(batch.path).filter(pl.col("key") == key).collect()
    others = batch.quarantined.filter(landing_key=key).exclude(pk=row.pk).exclude(landing_key="")
    other = [taken["row"][0]] if taken.height else list(others.values_list("row", flat=True)[:1])
    if other:
        why = _("第 %(row)d 行的编号与本行相同，已经接收。") % {"row": other[0]}
        raise refuse("key_taken", why, _("同一编号只能接收一行：请改正本行的编号，或退回本行。"))
    refuse_if_newer(batch, key)


def refuse_if_newer(batch: Batch, key: str) -> None:
    """What a newer delivery says of the same key holds; an old row must not come over it."""
    source = batch.version.loaded()
    if batch.landed is None or not source.lands:
        return
    rows = table_of(source.lands).objects.current().filter(source=source.id, sender=batch.sender.code, key=key)
    newer = rows.filter(batch__gt=batch.pk).values_list("batch", flat=True).first()
    if newer:
        number = Batch.objects.get(pk=newer).number
        why = _("这一行已由较新的报送（批次号 %(number)s）更新。") % {"number": number}
        raise refuse("newer", why, _("请在那一批里订正。"))


def still_open(row: QuarantinedRow) -> None:
    """Refuse where the row, or its delivery, can no longer be changed. Both are read anew under the delivery's lock: a row
    settled beside a landing that had not seen it would be lost."""
    batch = row.batch
    batch.state = Batch.objects.select_for_update().values_list("state", flat=True).get(pk=batch.pk)
    row.refresh_from_db(fields=["state", "by", "text", "mended"])
    if batch.state not in (Batch.CHECKED, Batch.LANDED):
        why = _("这一批现在是“%(state)s”，不能订正。") % {"state": batch.get_state_display()}
        raise refuse("state", why, _("请刷新页面，看它到了哪一步。"))
    if row.state in (row.MENDED, row.ACCEPTED):
        said = {"n": row.row, "who": row.by, "how": row.get_state_display()}
        raise refuse("settled", _("第 %(n)d 行已由%(who)s处理（%(how)s）。") % said, _("请刷新页面。"))


def settle(row: QuarantinedRow, again: Again, state: str) -> None:
    """The row counts from now on, as read again; the caller saves it by `save_counted`."""
    row.state, row.result, row.change = state, settled(row, again), change_of(row, again)
    row.landing_key = again.row["key"]


def save_counted(row: QuarantinedRow, before: counts.Standing) -> None:
    """Save the row and move it in its delivery's counts. A row that lands under another key than it came with frees the
    key it had: the whole delivery is compared anew."""
    row.save()
    counts.move(row.batch, before, counts.standing(row))
    batch = row.batch
    if row.landing_key and row.landing_key != row.key and batch.landed is None and batch.version.loaded().lands:
        refresh_difference(batch)
        Batch.objects.filter(pk=batch.pk).update(difference=batch.difference, known=batch.known)


def keep_problems(row: QuarantinedRow, again: Again) -> None:
    """Write the problems that are left; the caller saves."""
    personal = set(row.batch.version.loaded().personal)
    row.problems = [problem_json(remark, personal, again.row["key"]) for remark in again.remarks]
    row.text = json.dumps(again.texts, ensure_ascii=False)
    row.kind = kind_of(row.problems) or row.kind  # a mended row is found again by what was wrong
    row.suggested = is_suggested(row.problems)


def hand_on(batch: Batch) -> None:
    """A row settled after its delivery landed is landed by itself: the delivery waits for that again."""
    if batch.state == Batch.LANDED:
        Batch.objects.filter(pk=batch.pk, state=Batch.LANDED).update(state=Batch.CONFIRMED)
        batch.state = Batch.CONFIRMED
