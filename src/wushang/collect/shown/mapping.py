"""The mapping page's contents: each field with the column proposed for it, the columns left over, the first rows as understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wushang.collect.cells.title import plain_title, unit_of
from wushang.collect.layout.chosen import UNITS, Choice, header_of, preview
from wushang.collect.layout.propose import HIGH, LOW, Proposal, body_of, likely_header, proposals, samples, titles_at
from wushang.collect.models import Batch
from wushang.collect.reading import Sheet
from wushang.collect.reading.header import absent, with_stand_ins
from wushang.collect.shown.cells import cell, masked
from wushang.collect.source import Column, Source
from wushang.people.crypto import mask_id, mask_phone

HEADER_LINES = 15
ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
KINDS = {
    "text": _lazy("文字"), "identifier": _lazy("编号"), "document": _lazy("文号"), "date": _lazy("日期"), "spans": _lazy("起止日期"), "hour": _lazy("时刻"), "month": _lazy("月份"),
    "integer": _lazy("整数"), "money": _lazy("金额"), "rate": _lazy("费率"), "decimal": _lazy("数值"), "duration": _lazy("时长"), "code": _lazy("代码或名称"),
    "uscc": _lazy("统一社会信用代码"), "id_number": _lazy("证件号码"), "name": _lazy("姓名"), "phone": _lazy("电话"),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One field: which column it is taken to be, how sure, in which unit."""

    name: str
    title: str
    kind: str
    required: bool
    place: int | None
    sure: str
    samples: list[str]
    units: tuple[str, ...] = ()
    unit: str = ""
    said: str = ""  # the unit that the title carries
    needed: bool = False  # a column must be chosen, or 本表没有这一列 be said
    absent: bool = False  # it was said
    without: str = ""  # what follows where no column is chosen


@dataclass(frozen=True)
class Mapping:
    """What the page shows."""

    fields: list[Asked]
    columns: list[tuple[int, str]]
    unused: list[tuple[str, list[str]]]
    header_lines: list[tuple[int, str]]
    head: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)


def proposed(sheet: Sheet, source: Source, batch: Batch, day: date, top: int | None = None, levels: int = 1) -> Choice:
    """The choice with which the page opens: what is sure or likely is filled in, what hardly fits is left to the person."""
    titles = likely_header(sheet, source) if top is None else titles_at(sheet, top, levels)
    found = {name: one.place for name, one in proposals(sheet, titles, source, day).items() if one.sure != LOW}
    for one in batch.layout.get("questions", []):
        if one["kind"] == "renamed" and one["field"] in source.columns and one["field"] not in found:
            place = next((p for p, name in titles.names.items() if name in one["now"][:1]), None)
            if place is not None and place not in found.values():
                found[one["field"]] = place
    units = {one["field"]: one["before"] for one in batch.layout.get("questions", []) if one["kind"] == "unit" and one["blocks"]}
    said = tuple(name for name in batch.layout.get("absent", []) if name in source.columns and name not in found)
    return Choice(sheet.name, titles.top, titles.levels, found, units, absent=said)


def mapping(sheet: Sheet, source: Source, choice: Choice, batch: Batch, day: date) -> Mapping:
    """The page for a choice."""
    titles = titles_at(sheet, choice.top, choice.levels)
    likely = proposals(sheet, titles, source, day)
    cells = sheet.cells[body_of(sheet, titles, source)[:200]]
    kept = batch.layout.get("units", {})
    gaps = absent(with_stand_ins(header_of(sheet, choice), source), source)
    fields = [
        _without(_asked(name, source, choice, likely.get(name), titles.names, cells, kept), name, source, choice, gaps)
        for name in source.columns
    ]
    fields.sort(key=lambda one: (not one.needed and not one.required, one.place is None, one.sure == ""))
    used = set(choice.columns.values())
    unused = [(title, [_covered(text) for text in samples(cells[str(p)])]) for p, title in titles.names.items() if p not in used]
    head, rows = _understood(sheet, source, choice, day, batch.file_name)
    columns = [(place, title) for place, title in titles.names.items()]
    return Mapping(fields, columns, unused, _header_lines(sheet), head, rows)


def _without(one: Asked, name: str, source: Source, choice: Choice, gaps: list[list[str]]) -> Asked:
    """What follows where the file has no such column: what the source declares in its place, else every row waits."""
    column, group = source.columns[name], next((group for group in gaps if name in group), [])
    if group:
        said = "".join(f"“{source.columns[n].titles[0]}”" for n in group)
        why = _("这几项一列也没有的，各选“本表没有这一列”：") if len(group) > 1 else _("选“本表没有这一列”后：")
        why += _("每一行都缺%(t)s，全部待订正，一行也不入库；可以一键退回报送单位补上。") % {"t": said}
        return replace(one, needed=True, absent=name in choice.absent, without=why)
    if one.place is None and column.stand_in in choice.columns:
        return replace(one, without=_("没有这一列时，读“%(t)s”代替。") % {"t": source.columns[column.stand_in].titles[0]})
    return replace(one, without=_("没有这一列时，按本表所属期填月份。") if one.place is None and column.from_period else "")


def _asked(
    name: str, source: Source, choice: Choice, likely: Proposal | None, titles: dict[int, str], cells: Any, kept: Any
) -> Asked:
    column, place = source.columns[name], choice.columns.get(name)
    shown = place if place is not None else likely.place if likely and likely.sure == LOW else None
    texts = [] if shown is None else samples(cells[str(shown)])
    if name in source.personal:
        texts = [masked(text, column) for text in texts]
    elif place is None:  # only likely: the column may be another one's
        texts = [_covered(text) for text in texts]
    sure = _sure(place, likely, titles)
    said = unit_of(titles.get(place, "")) if place is not None else ""
    units = UNITS.get(column.type, ()) if place is not None and not said else ()
    unit = choice.units.get(name) or kept.get(name, {}).get(plain_title(titles.get(place or 0, "")), "")
    return Asked(name, column.titles[0], str(KINDS.get(column.type, column.type)), column.required, place, sure,
                 [text[:40] for text in texts], units, unit, said)  # fmt: skip


def _sure(place: int | None, likely: Proposal | None, titles: dict[int, str]) -> str:
    """高 / 中 / 低 of a proposal; of a person's own choice that it is one."""
    if place is None:
        return _("可能是“%(t)s”（把握低）") % {"t": titles.get(likely.place, "")} if likely and likely.sure == LOW else ""
    if likely is None or likely.place != place:
        return _("您选定的")
    return _("高，列名相同") if likely.sure == HIGH and likely.title == 1.0 else likely.sure


def _covered(text: str) -> str:
    """A cell of a column that nobody has named yet: what looks like a person's number is masked."""
    text = ID.sub(lambda found: mask_id(found[0]), text)
    return PHONE.sub(lambda found: mask_phone(found[0]), text)[:40]


def _header_lines(sheet: Sheet) -> list[tuple[int, str]]:
    """The first lines, to choose the header's from."""
    lines = []
    for index in range(min(HEADER_LINES, sheet.cells.height)):
        filled = list(dict.fromkeys(_covered("".join(one.split())) for one in sheet.line(index) if one))
        if filled:
            lines.append((index, "、".join(filled)[:40]))
    return lines


def _understood(sheet: Sheet, source: Source, choice: Choice, day: date, file_name: str) -> tuple[list[str], list[dict[str, Any]]]:
    names = [name for name in source.columns if name in choice.columns]
    rows = []
    for one in preview(sheet, source, choice, day, file_name):
        cells = [_cell(one, name, source.columns[name], name in source.personal) for name in names]
        rows.append({"row": one["row"], "cells": cells})
    return [source.columns[name].titles[0] for name in names], rows


def _cell(one: dict[str, Any], name: str, column: Column, personal: bool) -> dict[str, Any]:
    """What a cell is understood as; a cell that cannot be read shows itself."""
    text = one["texts"].get(name) or ""
    if one["troubles"].get(name):
        return {"text": masked(text, column) if personal else text, "wrong": True}
    value = one["values"].get(name)
    if personal and value:
        return {"text": masked(str(value), column), "wrong": False}
    return {"text": cell(value, column), "wrong": False}
