"""What a person says of a file's columns, and how its first rows would then be understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wushang.collect import shelf
from wushang.collect.cells.title import unit_of
from wushang.collect.layout.propose import Titles, body_of, titles_at
from wushang.collect.look import period_of
from wushang.collect.models import Batch
from wushang.collect.reading import Sheet, read
from wushang.collect.reading.header import Header, with_stand_ins
from wushang.collect.source import Source
from wushang.collect.table import build

PREVIEWED = 6
LOOKED_AT = 2_000_000  # bytes of a text file
WHOLE = (b"PK", b"\xd0\xcf", b"\xff\xfe", b"\xfe\xff")  # workbooks, and texts that cannot be cut at a byte
UNITS = {"money": ("元", "万元", "亿元"), "rate": ("%", "‰", "小数")}


@dataclass(frozen=True)
class Choice:
    """Sheet, header lines, field → column index, field → unit, and the questions that were answered with “照旧”."""

    sheet: str = ""
    top: int = 0
    levels: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    agreed: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()  # needed fields of which the person says: 本表没有这一列


def sheets_of(batch: Batch) -> list[Sheet]:
    """The sheets of the kept file; of a long text file its beginning, which is all that a person looks at."""
    with shelf.open_file(batch.digest) as file:
        content = file.read(LOOKED_AT)
        if len(content) == LOOKED_AT and not content.startswith(WHOLE):
            content = content[: content.rfind(b"\n") + 1]
        else:
            content += file.read()
    return read(content, batch.file_name)


def sheet_named(sheets: list[Sheet], name: str) -> Sheet:
    """The sheet of that name, else the one with most filled lines."""
    named = [sheet for sheet in sheets if sheet.name == name]
    return named[0] if named else max(sheets, key=lambda sheet: sheet.cells.height)


def header_of(sheet: Sheet, choice: Choice) -> Header:
    """The header as the person says it."""
    names = titles_at(sheet, choice.top, choice.levels).names
    written = {name: names.get(place, "") for name, place in choice.columns.items()}
    units = {name: unit_of(title) for name, title in written.items() if unit_of(title)}
    rest = {place: title for place, title in names.items() if place not in choice.columns.values()}
    said = {name: unit for name, unit in choice.units.items() if unit and name in choice.columns and name not in units}
    return Header(choice.top, choice.levels, dict(choice.columns), written, units | said, rest)


def preview(sheet: Sheet, source: Source, choice: Choice, day: date, file_name: str = "") -> list[dict[str, Any]]:
    """The first rows as they would be understood: {row, values: {field: value}, troubles: {field: word}, text}."""
    header = with_stand_ins(header_of(sheet, choice), source)
    if not header.places:
        return []
    data = body_of(sheet, Titles(choice.top, choice.levels, {}), source)[:PREVIEWED]
    period = period_of(sheet, header, source, file_name, day, None)[0]
    table = build(sheet, header, source, data, period, day) if data else None
    if table is None:
        return []
    values, texts = table.values.rows(named=True), table.text.rows(named=True)
    troubles = table.troubles.rows(named=True) if table.troubles.width else [{} for _ in values]
    return [
        {"row": number, "values": value, "texts": text, "troubles": {n: t for n, t in trouble.items() if t}}
        for number, value, text, trouble in zip(table.row.to_list(), values, texts, troubles, strict=True)
    ]
