"""Spreadsheets (xlsx, xls, et, ods) through calamine; numbers become the text a clerk would see, errors stay errors."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
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
BLOCK = 5_000  # rows, and cells of a column, that are looked at together
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
    odd = anatomy.sheets.get(meta.name, Oddities())
    areas = merged.Areas(sheet.merged_cell_ranges or [])
    blocks = [_texts(block) for block in _blocks(sheet, odd, areas)]
    cells = blanks_to_null(pl.concat(blocks)) if blocks else pl.DataFrame()
    hidden = meta.visible != SheetVisibleEnum.Visible
    notes = (*_notes(odd, cells), *_book_notes(anatomy))
    frame = pl.DataFrame(areas.marks, schema=MARKS, orient="row")
    return Sheet(meta.name, cells, notes, frame, hidden, anatomy.since_1904)


def _blocks(sheet: CalamineSheet, odd: Oddities, areas: merged.Areas) -> Iterator[list[list[Any]]]:
    """The rows from the first line on, BLOCK by BLOCK: of a sheet of a million rows only these are Python values at once."""
    said = odd.bare | odd.errors
    left, ends = sheet.start[1] if sheet.start else 0, [sheet.end] if sheet.end else []
    height = max((line + 1 for line, _ in (*ends, *said)), default=0)
    width = max((place + 1 for _, place in (*ends, *said)), default=0)
    spoken, shown = _by_block(said), _by_block(odd.percents)
    before, rows = [""] * left, iter(sheet.iter_rows())
    for first in range(0, height, BLOCK):
        block = [_wide(before + row if before else row, width) for row in islice(rows, BLOCK)]
        block += [[""] * width for _ in range(min(height - first, BLOCK) - len(block))]
        for line, place in spoken.get(first // BLOCK, ()):
            block[line - first][place] = said[line, place]
        _as_shown(block, first, shown.get(first // BLOCK, ()))
        areas.fill(block, first, height)
        yield block


def _by_block(places: Iterable[tuple[int, int]]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for line, place in places:
        found[line // BLOCK].append((line, place))
    return found


def _wide(row: list[Any], width: int) -> list[Any]:
    return row if len(row) == width else row[:width] + [""] * (width - len(row))


def _as_shown(block: list[list[Any]], first: int, percents: Iterable[tuple[int, int]]) -> None:
    """Numbers that the sheet shows as percents, as it shows them."""
    for line, place in percents:
        row = block[line - first] if line - first < len(block) else []
        if place < len(row) and type(row[place]) in (int, float):
            row[place] = f"{as_text((round(row[place] * 100, 10),))[0]}%"


def _texts(block: list[list[Any]]) -> pl.DataFrame:
    return pl.DataFrame({str(place): _block(cells) for place, cells in enumerate(zip(*block, strict=True))})


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
