"""Spreadsheets (xlsx, xls, et, ods) through calamine; numbers become the text a clerk would see, errors stay errors."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from wushang.collect.reading import biff, box, merged, ods, ole, parcel, xlsx
from wushang.collect.reading.oddities import Anatomy, Oddities, letters, several
from wushang.collect.reading.sheet import MARKS, Sheet, blanks_to_null, refuse
from wushang.terms.problem import Refused

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", ole.MAGIC)
BLOCK = 5_000  # cells of a column that are looked at together
DIGITS_KEPT = 15  # a spreadsheet keeps this many digits of a number


def is_spreadsheet(content: bytes) -> bool:
    """Whether the bytes begin as a zip (xlsx, ods) or an OLE file (xls, et)."""
    return content.startswith(MAGIC)


def sheet_names(content: bytes) -> list[str]:
    """The worksheets of a workbook; none where it cannot be opened."""
    try:
        with _told(""):
            return [meta.name for meta in _worksheets(CalamineWorkbook.from_filelike(io.BytesIO(content)))]
    except Refused:
        return []


def spreadsheet(content: bytes, file_name: str) -> list[Sheet]:
    """Every sheet that has a filled cell."""
    anatomy = _anatomy(content, file_name)
    with _told(file_name):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        read = [_sheet(book.get_sheet_by_name(meta.name), meta, anatomy) for meta in _worksheets(book)]
    return [sheet for sheet in read if sheet.cells.height]


@contextmanager
def _told(file_name: str) -> Iterator[None]:
    """A file that the reader cannot open, or stumbles over (its panics are no Exception), is refused with a sentence."""
    try:
        yield
    except (CalamineError, OSError, ValueError):
        raise box.torn(file_name) from None
    except BaseException as broken:
        if type(broken).__name__ != "PanicException":
            raise
        raise box.torn(file_name) from None


def _anatomy(content: bytes, file_name: str) -> Anatomy:
    if not box.is_zip(content):
        return biff.anatomy(content, file_name)
    if parcel.is_parcel(content, file_name):
        names = "、".join(name for name, _ in parcel.unpacked(content, file_name).files[:5])
        why = f"这是压缩包，里面有：{names}" if names else "这是压缩包，里面没有文件"
        raise refuse("parcel", "文件", file_name, why, "请在网页上传，会按文件各登记一批；或解压后分别上传")
    if ods.is_ods(content, file_name):
        return ods.anatomy(content, file_name)
    return xlsx.anatomy(content, file_name)


def _worksheets(book: CalamineWorkbook) -> list[SheetMetadata]:
    return [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]


def _sheet(sheet: CalamineSheet, meta: SheetMetadata, anatomy: Anatomy) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    odd = anatomy.sheets.get(meta.name, Oddities())
    _put_back(rows, odd)
    marks = merged.fill(rows, sheet.merged_cell_ranges or [])
    columns = {str(i): as_text(cells) for i, cells in enumerate(zip_longest(*rows, fillvalue=""))}
    cells = blanks_to_null(pl.DataFrame(columns))
    hidden = meta.visible != SheetVisibleEnum.Visible
    notes = (*_notes(odd, cells), *_book_notes(anatomy))
    frame = pl.DataFrame(marks, schema=MARKS, orient="row")
    return Sheet(meta.name, cells, notes, frame, hidden, anatomy.since_1904)


def _put_back(rows: list[list[Any]], odd: Oddities) -> None:
    """Write into the rows what the reader leaves out: errors, formulas without result, percents as they are shown."""
    said = odd.bare | odd.errors
    if said:
        height, width = max(line for line, _ in said) + 1, max(place for _, place in said) + 1
        rows += [[] for _ in range(height - len(rows))]
        for row in rows:
            row += [""] * (width - len(row))
    for (line, place), text in said.items():
        rows[line][place] = text
    for line, place in odd.percents:
        if line < len(rows) and place < len(rows[line]) and type(rows[line][place]) in (int, float):
            shown = round(rows[line][place] * 100, 10)
            rows[line][place] = f"{as_text((shown,))[0]}%"


def _notes(odd: Oddities, cells: pl.DataFrame) -> list[str]:
    """Sentences on one sheet."""
    notes = []
    if rows := {line for line in odd.hidden_rows if line < cells.height and any(cells.row(line))}:
        notes.append(f"第 {several(rows)} 行在原表中是隐藏的，也已读取")
    shown = {p for p in odd.hidden_columns if str(p) in cells.columns and cells[str(p)].is_not_null().any()}
    if shown:
        named = "、".join(letters(place) for place in sorted(shown)[:8])
        notes.append(f"{named} 列在原表中是隐藏的，也已读取")
    if odd.formulas:
        notes.append(f"有 {odd.formulas} 个公式单元格，按文件里存着的计算结果读取")
    return notes


def _book_notes(anatomy: Anatomy) -> list[str]:
    """Sentences on the whole workbook."""
    notes = []
    if anatomy.macros:
        notes.append("文件里有宏，没有运行，只读了单元格")
    if anatomy.hidden:
        notes.append("原文件里有隐藏的行或列，也已读取")
    if anatomy.links:
        notes.append("文件里有连到别的工作簿的链接，没有打开，按文件里存着的数读取")
    if anatomy.since_1904:
        notes.append("工作簿的日期从 1904 年起算，已照此换算")
    return notes


def as_text(cells: tuple[Any, ...]) -> pl.Series:
    """A column of mixed cells as text; a number that lost digits keeps its E+, so that it is seen later. Block by block: below
    its header a column is mostly of one kind, and such a block needs no look at each cell."""
    blocks = [_block(cells[start : start + BLOCK]) for start in range(0, len(cells), BLOCK)]
    return pl.concat(blocks) if blocks else pl.Series(dtype=pl.String)


def _block(cells: tuple[Any, ...]) -> pl.Series:
    kinds = set(map(type, cells))
    if kinds == {str}:
        return pl.Series(cells, dtype=pl.String)
    if kinds == {float}:
        return _numbers(pl.Series(cells, dtype=pl.Float64))
    text = pl.Series([c if type(c) is str else None for c in cells], dtype=pl.String)
    if kinds & {int, float}:
        numbers = [float(c) if type(c) in (int, float) else None for c in cells]
        text = text.fill_null(_numbers(pl.Series(numbers, dtype=pl.Float64)))
    if rest := kinds - {str, int, float}:
        text = text.fill_null(pl.Series([_spoken(c) if type(c) in rest else None for c in cells], dtype=pl.String))
    return text


def _numbers(number: pl.Series) -> pl.Series:
    large = (number.abs() >= 10**DIGITS_KEPT).fill_null(False)
    whole = number.set(large, None).cast(pl.Int64, strict=False)
    text = whole.cast(pl.String)
    broken = (number != whole).fill_null(True) & number.is_not_null()
    if broken.any():
        rounded = number.round_sig_figs(DIGITS_KEPT)
        plain = rounded.cast(pl.String).set((rounded == rounded.floor()) & whole.is_not_null(), None)
        text = plain.fill_null(text)
    if large.any():
        lost = [f"{c:.5E}" if big else None for c, big in zip(number, large, strict=True)]
        text = pl.Series(lost, dtype=pl.String).fill_null(text)
    return text


def _spoken(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.isoformat("seconds") if isinstance(cell, time) else str(cell)
