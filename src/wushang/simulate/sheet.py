"""One file as a department sends it: a table with its layout, not yet csv or xlsx."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

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


def money(fen: int, myriad: bool = False) -> str:
    """Fen as yuan with two decimals, or as 万元 with six."""
    unit, digits = (1_000_000, 6) if myriad else (100, 2)
    return f"{'-' * (fen < 0)}{abs(fen) // unit}.{abs(fen) % unit:0{digits}d}"


def footer(sheet: Sheet, as_text: bool) -> list[list[Cell]]:
    """The rows below the table: 合计 with its sums, then who made it."""
    names = sheet.frame.columns
    rows: list[list[Cell]] = []
    if sheet.totals is not None:
        row: list[Cell] = ["合计", *[""] * (len(names) - 1)]
        for column, total in sheet.totals.items():
            row[names.index(column)] = _total(sheet, column, total, as_text)
        rows.append(row)
    if sheet.layout.makers:
        rows.append([sheet.layout.makers, *[""] * (len(names) - 1)])
    return rows


def _total(sheet: Sheet, column: str, total: int | str, as_text: bool) -> Cell:
    if isinstance(total, str) or column not in sheet.fen:
        return total
    many = column in sheet.myriad
    return money(total, many) if as_text else total / (1_000_000 if many else 100)


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
