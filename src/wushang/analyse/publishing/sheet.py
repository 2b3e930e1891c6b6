"""A publication as the workbook that is put on the web site: one sheet, its tables under each other, texts as they were published."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from wushang.analyse.publishing.shown import Drawn
from wushang.pool.sheet import FACE


def workbook(title: str, under: str, tables: Sequence[Drawn], note: str) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page, faces = book.add_worksheet(), _faces(book)
    page.set_column(0, 0, 28)
    page.set_column(1, max(len(table.heads) for table in tables), 14)
    page.write_string(0, 0, title, faces["title"])
    page.write_string(1, 0, under, faces["plain"])
    line = 3
    for table in tables:
        line = _table(page, faces, line, table)
    page.write_string(line, 0, note, faces["plain"])
    book.close()
    return out.getvalue()


def _table(page: Any, faces: dict[str, Any], line: int, table: Drawn) -> int:
    """Writes it from a line on; the line after it."""
    page.write_string(line, 0, table.title, faces["plain"])
    for place, (title, unit) in enumerate(table.heads):
        page.write_string(line + 1, place, f"{title}（{unit}）" if unit else title, faces["head"])
    for n, row in enumerate(table.rows, line + 2):
        for place, text in enumerate(row):
            page.write_string(n, place, text, faces["figure"] if place else faces["text"])
    page.write_string(line + 2 + len(table.rows), 0, table.basis, faces["plain"])
    return line + 4 + len(table.rows)


def _faces(book: Any) -> dict[str, Any]:
    cell = {"font_name": FACE, "font_size": 10.5, "border": 1, "valign": "vcenter"}
    return {
        "title": book.add_format({"font_name": FACE, "font_size": 16, "bold": True}),
        "plain": book.add_format({"font_name": FACE, "font_size": 10.5}),
        "head": book.add_format({**cell, "bold": True, "align": "center", "text_wrap": True}),
        "text": book.add_format(cell),
        "figure": book.add_format({**cell, "align": "right"}),
    }
