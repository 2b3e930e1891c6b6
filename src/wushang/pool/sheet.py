"""台账 as xlsx: title, unit, maker, date, fixed columns, total row, A4 or A3 landscape. Plain features only, so that
LibreOffice and WPS open it as Excel does: no formulas, no macros, no conditional formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Literal

import xlsxwriter
from django.utils.translation import gettext as _

Kind = Literal["text", "count", "rate", "date"]
PAPER = {"A4": 9, "A3": 8}  # xlsxwriter's numbers
FACE = "宋体"


@dataclass(frozen=True)
class Column:
    """One column: its header, its width in half-width characters, what it holds, whether the total row adds it up."""

    title: str
    width: float = 12
    kind: Kind = "text"
    total: bool = False
    unbroken: bool = False  # its text keeps to one line: 文号, 信用代码


@dataclass(frozen=True)
class Heading:
    """What stands above the table and at its foot."""

    title: str
    unit: str  # 填报单位
    maker: str  # 制表人
    on: date
    note: str = ""  # 口径, 数据截至, 版本号


@dataclass(frozen=True)
class Plain:
    """A sheet to reckon on with (数据透视表): one line of heads, then values and nothing else, no total."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def ledger(
    heading: Heading,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    paper: Literal["A4", "A3"] = "A4",
    notes: Sequence[tuple[str, str]] = (),
    data: Plain | None = None,
) -> bytes:
    """A ledger's rows → the xlsx file. None and '' print an empty cell; `data` and `notes` stand on sheets of their own (数据, 说明)."""
    out = BytesIO()
    plain = {"in_memory": True, "remove_timezone": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, plain)
    page = book.add_worksheet(heading.title[:28].translate({ord(c): None for c in "[]:*?/\\"}).strip("'\t\r ") or None)
    faces = _faces(book)
    _head(page, faces, heading, columns)
    last, sums = 2, [0] * len(columns)
    for last, row in enumerate(rows, 3):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _cell(page, faces, last, place, column, value)
            sums[place] += value if column.total and value else 0
    _total(page, faces, last + 1, columns, sums, count=last - 2)
    if heading.note:
        page.merge_range(last + 2, 0, last + 2, max(1, len(columns) - 1), heading.note, faces["note"])
    _print(page, heading, paper, last + 2, len(columns))
    if data:
        _plain(book.add_worksheet(_("数据")), faces, data)
    if notes:
        _notes(book.add_worksheet(_("说明")), faces, notes)
    book.close()
    return out.getvalue()


def _faces(book: Any) -> dict[str, Any]:
    cell = {"font_name": FACE, "font_size": 10.5, "border": 1, "valign": "vcenter"}
    return {
        "title": book.add_format(
            {"font_name": FACE, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"}
        ),
        "under": book.add_format({"font_name": FACE, "font_size": 10.5}),
        "note": book.add_format({"font_name": FACE, "font_size": 9, "text_wrap": True, "valign": "top"}),
        "header": book.add_format({**cell, "bold": True, "align": "center", "text_wrap": True}),
        "text": book.add_format({**cell, "text_wrap": True}),
        "count": book.add_format({**cell, "align": "right", "num_format": "#,##0"}),
        "rate": book.add_format({**cell, "align": "right", "num_format": "0.00"}),
        "date": book.add_format({**cell, "align": "center", "num_format": "yyyy-mm-dd"}),
        "total": book.add_format({**cell, "bold": True}),
        "total_count": book.add_format({**cell, "bold": True, "align": "right", "num_format": "#,##0"}),
    }


def _head(page: Any, faces: dict[str, Any], heading: Heading, columns: Sequence[Column]) -> None:
    page.merge_range(0, 0, 0, max(1, len(columns) - 1), heading.title, faces["title"])
    page.set_row(0, 30)
    made = _("填报单位：%(unit)s　　制表人：%(maker)s　　日期：%(on)s")
    under = made % {"unit": heading.unit, "maker": heading.maker, "on": heading.on.isoformat()}
    page.write_string(1, 0, under, faces["under"])
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
        page.write_string(2, place, column.title, faces["header"])
    page.freeze_panes(3, 0)


def _cell(page: Any, faces: dict[str, Any], row: int, place: int, column: Column, value: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, place, None, faces[column.kind])
    elif column.kind == "date":
        page.write_datetime(row, place, value, faces["date"])
    elif column.kind in ("count", "rate") and not isinstance(value, str):
        page.write_number(row, place, value, faces[column.kind])
    else:
        page.write_string(row, place, str(value), faces["text"])  # never a formula, whatever it begins with


def _total(page: Any, faces: dict[str, Any], row: int, columns: Sequence[Column], sums: list[Any], count: int) -> None:
    """合计: how many rows in the first column, sums where a column adds up."""
    for place, column in enumerate(columns):
        if place == 0:
            page.write_string(row, 0, _("合计 %(n)d 条") % {"n": count}, faces["total"])
        elif column.total:
            page.write_number(row, place, sums[place], faces["total_count"])
        else:
            page.write_blank(row, place, None, faces["total"])


def _plain(page: Any, faces: dict[str, Any], data: Plain) -> None:
    last = 0
    for place, column in enumerate(data.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.title, faces["header"])
    for last, row in enumerate(data.rows, 1):
        for place, (column, value) in enumerate(zip(data.columns, row, strict=True)):
            _cell(page, faces, last, place, column, value)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(data.columns) - 1)


def _notes(page: Any, faces: dict[str, Any], notes: Sequence[tuple[str, str]]) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    for place, (what, said) in enumerate(notes):
        page.write_string(place, 0, what, faces["text"])
        page.write_string(place, 1, said, faces["text"])


def _print(page: Any, heading: Heading, paper: str, last: int, width: int) -> None:
    page.set_landscape()
    page.set_paper(PAPER[paper])
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.repeat_rows(2)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, last, width - 1)
    page.set_footer(
        _("&L%(unit)s&C第 &P 页 共 &N 页&R%(on)s") % {"unit": heading.unit.replace("&", "&&"), "on": heading.on}
    )
