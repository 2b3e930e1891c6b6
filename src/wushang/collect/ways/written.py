"""Rows that no file brought, written as the file a department would have sent: kept like any other, read like any other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from wushang.collect.cells.harmless import harmless
from wushang.collect.reading.separated import separator_of

MARKS = (",", "\t", ";")


def write(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[bytes, str]:
    """Text cells → a file and how its name ends. Line 1 holds the titles, row n stands in line n + 1."""
    lines = [list(titles), *rows]
    for mark in MARKS:
        text = _separated(lines, mark)
        if separator_of(text) == mark:
            return text.encode(), "csv"
    return _workbook(lines), "xlsx"  # cells so full of separators that a reader could mistake them


def _separated(lines: list[Sequence[str]], mark: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(
        [harmless(cell) for cell in line] for line in lines
    )
    return out.getvalue()


def _workbook(lines: list[Sequence[str]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("报送")
        for place, line in enumerate(lines):
            for column, cell in enumerate(line):
                sheet.write_string(place, column, cell)
    return out.getvalue()
