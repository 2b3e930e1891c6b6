"""One file as a department sends it: a table with its layout, written as csv or xlsx, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

Cell = str | int | float | date | None


@dataclass
class Layout:
    """What stands around the rows: titles, header of one or two levels, pages, merged and hidden rows, foot lines."""

    titles: list[str] = field(default_factory=list)
    groups: dict[str, tuple[str, str]] = field(default_factory=dict)  # column -> (upper, lower) header cell
    page: int = 0  # rows a printed page, the header is repeated after each; 0: never
    merged: str = ""  # column whose equal neighbours are merged
    hidden: frozenset[int] = frozenset()
    sheet: str = "Sheet1"
    encoding: str = "utf-8"
    makers: str = ""


@dataclass
class Sheet:
    """A table to be written. `cells` holds what stands in place of the clean value: (row, column) -> cell."""

    path: str
    frame: pl.DataFrame
    fen: tuple[str, ...] = ()  # columns that hold fen and are written as yuan with two decimals
    myriad: frozenset[str] = frozenset()  # of these the ones written as 万元 with six decimals
    totals: dict[str, int | str] | None = None
    layout: Layout = field(default_factory=Layout)
    cells: dict[tuple[int, str], Cell] = field(default_factory=dict)

    @property
    def is_xlsx(self) -> bool:
        return self.path.endswith(".xlsx")

    def levels(self) -> int:
        """Rows of the header."""
        return 2 if self.layout.groups and self.is_xlsx else 1

    def header_row(self) -> int:
        """Number (from 1) of the first header row in the file."""
        return len(self.layout.titles) + 1

    def line(self, row: int) -> int:
        """Number (from 1) of a data row in the file; row counts from 0. In csv it is the number of the record."""
        pages = row // self.layout.page if self.layout.page else 0
        return len(self.layout.titles) + self.levels() * (1 + pages) + row + 1

    def header(self, column: str) -> str:
        """The header cell of a column, with its unit where it is not yuan."""
        return f"{column}(万元)" if column in self.myriad else column

    def write(self, directory: Path) -> None:
        """Write the file below the directory."""
        target = directory / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_xlsx(self) if self.is_xlsx else _csv(self))


def money(fen: int, myriad: bool = False) -> str:
    """Fen as yuan with two decimals, or as 万元 with six."""
    unit, digits = (1_000_000, 6) if myriad else (100, 2)
    return f"{fen // unit}.{fen % unit:0{digits}d}"


def _text(sheet: Sheet) -> pl.DataFrame:
    """All cells as text, dates as 2026-03-05, money with its decimals, replaced cells in place."""
    columns = []
    for name in sheet.frame.columns:
        series = sheet.frame[name]
        if name in sheet.fen:
            many = name in sheet.myriad
            series = pl.Series(name, [None if v is None else money(v, many) for v in series.to_list()], dtype=pl.String)
        columns.append(series.cast(pl.String).alias(name))
    table = pl.DataFrame(columns)
    by_column: dict[str, list[tuple[int, Cell]]] = {}
    for (row, column), cell in sheet.cells.items():
        by_column.setdefault(column, []).append((row, cell))
    for column, changes in by_column.items():
        values = table[column].to_list()
        for row, cell in changes:
            values[row] = _as_csv(cell)
        table = table.with_columns(pl.Series(column, values, dtype=pl.String))
    return table


def _as_csv(cell: Cell) -> str | None:
    """A cell as a spreadsheet program saves it to csv: a long number loses its digits."""
    if isinstance(cell, float):
        return f"{cell:.5E}" if abs(cell) >= 1e11 else f"{cell:g}"
    return None if cell is None else str(cell)


def _csv(sheet: Sheet) -> bytes:
    table = _text(sheet)
    width = len(table.columns)
    head = [[title] + [""] * (width - 1) for title in sheet.layout.titles]
    head.append([sheet.header(c) for c in table.columns])
    foot = [[_as_csv(c) or "" for c in row] for row in _footer(sheet, as_text=True)]
    text = _lines(head) + table.write_csv(include_header=False, line_terminator="\r\n") + _lines(foot)
    return text.encode(sheet.layout.encoding)


def _lines(rows: list[list[str]]) -> str:
    if not rows:
        return ""
    table = pl.DataFrame(rows, schema=[f"c{i}" for i in range(len(rows[0]))], orient="row")
    return table.write_csv(include_header=False, line_terminator="\r\n")


def _footer(sheet: Sheet, as_text: bool) -> list[list[Cell]]:
    """The rows below the table: 合计 with its sums, then who made it."""
    names = sheet.frame.columns
    rows: list[list[Cell]] = []
    if sheet.totals is not None:
        row: list[Cell] = ["合计"] + [""] * (len(names) - 1)
        for column, total in sheet.totals.items():
            row[names.index(column)] = _total(sheet, column, total, as_text)
        rows.append(row)
    if sheet.layout.makers:
        rows.append([sheet.layout.makers] + [""] * (len(names) - 1))
    return rows


def _total(sheet: Sheet, column: str, total: int | str, as_text: bool) -> Cell:
    if isinstance(total, str) or column not in sheet.fen:
        return total
    many = column in sheet.myriad
    return money(total, many) if as_text else total / (1_000_000 if many else 100)


def _xlsx(sheet: Sheet) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2020, 1, 1), "author": "", "title": ""})
    page = book.add_worksheet(sheet.layout.sheet)
    formats = {"myriad": book.add_format({"num_format": "0.000000"}), "date": book.add_format({"num_format": "yyyy-mm-dd"}), "money": book.add_format({"num_format": "0.00"}),
               "bold": book.add_format({"bold": True, "align": "center", "valign": "vcenter"})}  # fmt: skip
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
    for number, values in enumerate(_footer(sheet, as_text=False)):
        for place, name in enumerate(names):
            if values[place] != "":
                put(after + number, place, name, values[place])
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
            page.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), formats["date"])
        elif name in sheet.fen and isinstance(cell, int):
            many = name in sheet.myriad
            page.write_number(row, place, cell / (1_000_000 if many else 100), formats["myriad" if many else "money"])
        else:
            page.write_number(row, place, cell)

    return put


def merged_runs(sheet: Sheet) -> list[tuple[int, int]]:
    """First and last row of each run of equal names that is merged; runs stop at page ends and at replaced cells."""
    if not sheet.layout.merged or not sheet.is_xlsx:
        return []
    values = sheet.frame[sheet.layout.merged].to_list()
    runs, start = [], 0
    for row in range(1, len(values) + 1):
        page_end = sheet.layout.page and row % sheet.layout.page == 0
        dirty = (row, sheet.layout.merged) in sheet.cells or (start, sheet.layout.merged) in sheet.cells
        if row == len(values) or values[row] != values[start] or page_end or dirty:
            if row - 1 > start:
                runs.append((start, row - 1))
            start = row
    return runs


def _merge(page: Any, sheet: Sheet, bold: Any) -> None:
    column = sheet.layout.merged
    for first, last in merged_runs(sheet):
        place = sheet.frame.columns.index(column)
        page.merge_range(sheet.line(first) - 1, place, sheet.line(last) - 1, place, sheet.frame[column][first], bold)
