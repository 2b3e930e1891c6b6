"""Spreadsheets (xlsx, xls, ods) through calamine; numbers become the text a clerk would see."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from wushang.collect.reading.sheet import Sheet, blanks_to_null, refuse
from wushang.collect.reading.vast import refuse_vast

MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
DIGITS_KEPT = 15  # a spreadsheet keeps this many digits of a number


def is_spreadsheet(content: bytes) -> bool:
    """Whether the bytes begin as a zip (xlsx, ods) or an OLE file (xls)."""
    return content.startswith(MAGIC)


def spreadsheet(content: bytes, file_name: str) -> list[Sheet]:
    """Every sheet that has a filled cell."""
    refuse_vast(content, file_name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        read = [_sheet(book.get_sheet_by_name(name)) for name in _worksheets(book)]
    except (CalamineError, OSError, ValueError) as wrong:
        why = "文件打不开：可能已损坏、加了密码或不是表格"
        raise refuse(
            "unreadable_file", "文件", file_name, why, "请去掉密码，用 WPS 或 Excel 另存为 xlsx 后重新上传"
        ) from wrong
    return [sheet for sheet in read if sheet.cells.height]


def _worksheets(book: CalamineWorkbook) -> list[str]:
    return [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]


def _sheet(sheet: CalamineSheet) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    columns = {str(i): as_text(cells) for i, cells in enumerate(zip_longest(*rows, fillvalue=""))}
    return Sheet(name=sheet.name, cells=blanks_to_null(pl.DataFrame(columns)))


def _fill_merged(rows: list[list[Any]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Each cell of a merged area says what the area says."""
    for (top, left), (bottom, right) in ranges:
        for row in rows[top : bottom + 1]:
            for place in range(left, min(right + 1, len(row))):
                row[place] = rows[top][left]


def as_text(cells: tuple[Any, ...]) -> pl.Series:
    """A column of mixed cells as text; a number that lost digits keeps its E+, so that it is seen later."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return pl.Series(cells, dtype=pl.String)
    text = pl.Series([c if type(c) is str else None for c in cells], dtype=pl.String)
    if kinds & {int, float}:
        text = text.fill_null(_numbers([float(c) if type(c) in (int, float) else None for c in cells]))
    if rest := kinds - {str, int, float}:
        text = text.fill_null(pl.Series([_spoken(c) if type(c) in rest else None for c in cells], dtype=pl.String))
    return text


def _numbers(cells: list[float | None]) -> pl.Series:
    number = pl.Series(cells, dtype=pl.Float64)
    rounded = number.round_sig_figs(DIGITS_KEPT)
    whole = number.set(number.abs() >= 10**DIGITS_KEPT, None).cast(pl.Int64, strict=False)
    plain = rounded.cast(pl.String).set((rounded == rounded.floor()) & whole.is_not_null(), None)
    lost = pl.Series(
        [f"{c:.5E}" if c is not None and abs(c) >= 10**DIGITS_KEPT else None for c in cells], dtype=pl.String
    )
    return lost.fill_null(plain.fill_null(whole.cast(pl.String)))


def _spoken(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.isoformat("seconds") if isinstance(cell, time) else str(cell)
