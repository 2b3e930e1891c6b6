"""What one uploaded file really is: itself, the files of a zip, or the sheets of a workbook; each its own delivery."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _g

from wushang.collect.content import Content, start_of, whole
from wushang.collect.deeds.receive_file import refuse_large_book
from wushang.collect.inforce import guess, table_of
from wushang.collect.reading import is_spreadsheet, parcel, read, sheet_names
from wushang.collect.reading.box import Inside
from wushang.collect.reading.header import fitting
from wushang.collect.reading.markup import is_markup
from wushang.collect.source import Source
from wushang.terms.problem import Problem, Refused


@dataclass(frozen=True)
class Piece:
    """One delivery to be; `sheet` only where several sheets of the file hold the table."""

    content: Content
    file_name: str
    sheet: str = ""


@dataclass(frozen=True)
class Opened:
    """The pieces of a file, sentences for its sender, and what in it cannot be used."""

    pieces: list[Piece] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)


def opened(content: Content, file_name: str, source: str, at: datetime) -> Opened:
    """`source` empty: the header decides. Refused where the file as a whole cannot be opened. A text is not read for this."""
    start = start_of(content)
    if not is_spreadsheet(start) and not is_markup(start):
        return Opened([Piece(content, file_name)])
    refuse_large_book(content, file_name)
    if isinstance(content, Inside) or not is_spreadsheet(start) or not parcel.is_parcel(content, file_name):
        return _by_sheet(content, file_name, source, at)
    found = parcel.unpacked(content, file_name)
    inside = [_by_sheet(inner, name, source, at) for name, inner in found.files]
    said = _g("“%(file)s”里有 %(n)s 个文件，按文件各登记一批：%(names)s。") % {
        "file": file_name, "n": len(found.files), "names": "、".join(name for name, _inner in found.files),
    }  # fmt: skip
    return Opened(
        [piece for one in inside for piece in one.pieces], [said, *(s for one in inside for s in one.said)], found.left
    )


def _by_sheet(content: Content, file_name: str, source: str, at: datetime) -> Opened:
    """One piece, or one for each sheet of the book that holds the table. A text is not read for this."""
    alone, start = Opened([Piece(content, file_name)]), start_of(content)
    if not is_spreadsheet(start) and not is_markup(start):
        return alone
    try:
        refuse_large_book(content, file_name)
        book = whole(content)
        if not _has_sheets(book):
            return alone
        table = _table(book, file_name, source, at)
        names = [sheet.name for sheet, _header in fitting(read(book, file_name), table)]
    except Refused:  # receiving it says why
        return alone
    if len(names) < 2:
        return alone
    said = _g("“%(file)s”有 %(n)s 张工作表都是%(title)s：%(names)s。已各登记一批，请逐批核对后确认入库，不该报的请撤回。") % {
        "file": file_name, "n": len(names), "title": table.title, "names": "、".join(f"“{name}”" for name in names),
    }  # fmt: skip
    return Opened([Piece(content, file_name, name) for name in names], [said])


def _has_sheets(content: bytes) -> bool:
    """Whether there is more than one sheet to choose from; a text has one."""
    return is_markup(content[:512]) or (is_spreadsheet(content) and len(sheet_names(content)) > 1)


def _table(content: bytes, file_name: str, source: str, at: datetime) -> Source:
    return table_of(source) if source else guess(content, file_name)
