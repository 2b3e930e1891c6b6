"""A sheet as xlsx: titles, header of one or two levels, pages, merged and hidden rows; no clock in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from wushang.simulate.sheet import Cell, Sheet, footer, merged_runs


def written(sheet: Sheet) -> bytes:
    """The bytes of the workbook. In memory, because files on disk would bring their time and mode into the zip."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC), "author": "", "title": ""})
    page = book.add_worksheet(sheet.layout.sheet)
    shown = {"date": "yyyy-mm-dd", "money": "0.00", "myriad": "0.000000"}
    formats = {name: book.add_format({"num_format": form}) for name, form in shown.items()}
    formats["bold"] = book.add_format({"bold": True, "align": "center", "valign": "vcenter"})
    names = sheet.frame.columns
    for number, title in enumerate(sheet.layout.titles):
        page.merge_range(number, 0, number, len(names) - 1, title, formats["bold"])
    _header(page, sheet, sheet.header_row() - 1, formats["bold"])
    put = _writer(page, sheet, formats)
    rows = list(zip(*[sheet.frame[n].to_list() for n in names], strict=True))
    for number, values in enumerate(rows):
        if sheet.layout.page and number and number % sheet.layout.page == 0:
            _header(page, sheet, sheet.line(number) - 1 - sheet.levels(), formats["bold"])
        for place, name in enumerate(names):
            put(sheet.line(number) - 1, place, name, sheet.cells.get((number, name), values[place]))
        if number in sheet.layout.hidden:
            page.set_row(sheet.line(number) - 1, None, None, {"hidden": True})
    _merge(page, sheet, formats["bold"])
    after = sheet.line(len(rows) - 1) if rows else sheet.header_row() - 1 + sheet.levels()
    for number, foot in enumerate(footer(sheet, as_text=False)):
        for place, name in enumerate(names):
            put(after + number, place, name, foot[place])
    book.close()
    return out.getvalue()


def _header(page: Any, sheet: Sheet, at: int, bold: Any) -> None:
    """One or two header rows; columns of one group share a merged upper cell."""
    names = sheet.frame.columns
    groups = sheet.layout.groups
    for place, name in enumerate(names):
        if sheet.levels() == 1:
            page.write_string(at, place, sheet.header(name), bold)
        elif name in groups:
            page.write_string(at + 1, place, groups[name][1], bold)
        else:
            page.merge_range(at, place, at + 1, place, sheet.header(name), bold)
    for upper in dict.fromkeys(g for g, _ in groups.values()) if sheet.levels() == 2 else ():
        places = [i for i, n in enumerate(names) if n in groups and groups[n][0] == upper]
        if len(places) == 1:
            page.write_string(at, places[0], upper, bold)
        else:
            page.merge_range(at, places[0], at, places[-1], upper, bold)


def _writer(page: Any, sheet: Sheet, formats: dict[str, Any]) -> Callable[[int, int, str, Cell], None]:
    """A function that puts one cell: text stays text, dates and money get their format."""

    def put(row: int, place: int, name: str, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            page.write_string(row, place, cell)
        elif isinstance(cell, date):
            page.write_datetime(row, place, cell, formats["date"])
        elif name in sheet.fen and isinstance(cell, int):
            many = name in sheet.myriad
            page.write_number(row, place, cell / (1_000_000 if many else 100), formats["myriad" if many else "money"])
        else:
            page.write_number(row, place, cell)

    return put


def _merge(page: Any, sheet: Sheet, bold: Any) -> None:
    column = sheet.layout.merged
    for first, last in merged_runs(sheet):
        place = sheet.frame.columns.index(column)
        page.merge_range(sheet.line(first) - 1, place, sheet.line(last) - 1, place, sheet.frame[column][first], bold)
