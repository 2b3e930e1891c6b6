"""Separated text (csv, txt): encoding by strict trial, separator by the lines themselves, read slab by slab."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice, zip_longest
from typing import BinaryIO

import numpy as np
import polars as pl

from wushang.collect.ahead import ahead
from wushang.collect.cells.once import once
from wushang.collect.reading.sheet import Sheet, blanks_to_null, refuse

SEPARATORS = (",", "\t", ";")
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
BESIDE = re.compile(r"\t+(?=[,;]|$)|(?<=[,;])\t+|^\t+")
SLAB = 8_000_000  # bytes read at once: a file of any size needs the memory of one slab
LONGEST = 300_000_000  # characters of a line; more is no table
ROWS = 100_000  # rows of a slab where quotes are odd

Opens = Callable[[], BinaryIO]
Texts = Iterator[tuple[str, bool]]  # block by block, and whether it is the last


def separated(opened: Opens, file_name: str) -> Sheet:
    """The one sheet of a separated text file: its first slab, and how to read the others."""
    encoding = encoding_of(opened, file_name)
    slabs = _frames(opened, encoding, file_name)
    first, more = next(slabs, pl.DataFrame()), next(slabs, None) is not None

    def again(only: str) -> Iterator[pl.DataFrame]:
        return _column(opened, encoding, file_name, only) if only else _frames(opened, encoding, file_name)

    return Sheet(name="", cells=first, again=again if more else None)


def _frames(opened: Opens, encoding: str, file_name: str) -> Iterator[pl.DataFrame]:
    """Slab by slab all columns."""
    width = 0
    for cells in _said(opened, encoding, file_name):
        frame = blanks_to_null(cells)
        width = width or frame.width  # what the first slab has, the others have too
        lacking = [pl.lit(None, pl.String).alias(str(place)) for place in range(frame.width, width)]
        yield frame.with_columns(lacking)


def _column(opened: Opens, encoding: str, file_name: str, only: str) -> Iterator[pl.DataFrame]:
    """Slab by slab one column."""
    for cells in _said(opened, encoding, file_name, only):
        said = cells[only] if only in cells.columns else pl.Series(only, dtype=pl.String).clear(cells.height)
        yield blanks_to_null(said.to_frame())


def _said(opened: Opens, encoding: str, file_name: str, only: str = "") -> Iterator[pl.DataFrame]:
    """What the cells say, slab by slab. The signs that part cells are no part of any character of GB18030, so its bytes are
    taken apart as they are, and only cells that are not plain letters and digits are decoded."""
    if encoding != "gb18030":
        yield from _cells(_decoded(opened, encoding, file_name), file_name, only)
        return
    for cells in _cells(_decoded(opened, "latin-1", file_name), file_name, only):
        try:
            yield cells.with_columns(once(cells[name], _words)["word"].alias(name) for name in cells.columns if _wide(cells[name]))
        except UnicodeDecodeError:
            for _ in _decoded(opened, encoding, file_name):  # says in which line
                pass
            raise


def _words(cells: pl.Series) -> pl.DataFrame:
    """Cells whose letters are bytes of GB18030 → what they say. No file with a byte 0 comes here."""
    said = cells.fill_null("").str.join("\0")[0].encode("latin-1").decode("gb18030")
    return pl.DataFrame({"word": pl.Series([said]).str.split("\0").explode().set(cells.is_null(), None)})


def _wide(cells: pl.Series) -> bool:
    """Whether anything but plain letters and digits stands there."""
    return (cells.str.len_bytes() > cells.str.len_chars()).any()


def _cells(texts: Texts, file_name: str, only: str = "") -> Iterator[pl.DataFrame]:
    rest, separator, width, texts = "", "", 0, ahead(texts)
    for text, last in texts:
        rest += text
        separator = separator or separator_of(rest)
        cut = _cut(rest, separator, last)
        if cut:
            frame = _even(rest[:cut], separator, only, width)
            rest, width = rest[cut:], frame.width
            yield frame
        elif '"' in rest:
            yield from _odd(chain([rest], (more for more, _ in texts)), separator, file_name)
            return
        elif len(rest) > LONGEST:
            raise _unreadable(file_name, "文件中有一行长得不像表格")


def _cut(text: str, separator: str, last: bool) -> int:
    """Where whole lines end: behind a line end that stands outside quotes. 0 where that cannot be told."""
    cut = len(text) if last else text.rfind("\n") + 1
    for _ in range(1 if last else 20):
        if _regular(text, cut, separator):
            return cut
        cut = text.rfind("\n", 0, max(cut - 1, 0)) + 1
    return 0


def _regular(text: str, end: int, separator: str) -> bool:
    """Whether every quote opens or closes a whole cell: then any reader reads the same."""
    quotes = text.count('"', 0, end)
    if not quotes:
        return True
    opening = text.startswith('"') + text.count(f'{separator}"', 0, end) + text.count('\n"', 0, end)
    closing = text.endswith('"', 0, end) + text.count(f'"{separator}', 0, end) + text.count('"\n', 0, end)
    return opening == closing == quotes / 2 and text.find('""', 0, end) < 0


def _even(text: str, separator: str, only: str, width: int) -> pl.DataFrame:
    """As wide as the slab before (`width`), else as the longest line, or as one column that is wanted (`only`) needs."""
    content, quote = text.encode(), '"' if '"' in text else None
    if width and not only:
        with suppress(pl.exceptions.ComputeError):  # a line is longer
            return _parsed(content, separator, quote, width)
    return _parsed(content, separator, quote, int(only) + 1 if only else _width(content, separator), True, only)


def _parsed(content: bytes, separator: str, quote: str | None, width: int, cut: bool = False, only: str = "") -> pl.DataFrame:
    """A first line of our own makes the frame so wide. `cut`: what longer lines say behind that is left out."""
    lines = io.BytesIO(separator.join("x" * width).encode() + b"\n" + content)
    cells = pl.read_csv(
        lines, separator=separator, quote_char=quote, has_header=False,
        schema={str(place): pl.String for place in range(width)}, truncate_ragged_lines=cut,
        columns=[int(only)] if only else None,
    )  # fmt: skip
    return cells.slice(1)


def _width(content: bytes, separator: str) -> int:
    """One more than the separators of the line that has most."""
    signs = np.frombuffer(content, dtype=np.uint8)
    ends = np.append(np.flatnonzero(signs == ord("\n")), len(signs))
    before = np.searchsorted(np.flatnonzero(signs == ord(separator)), ends)
    return int(np.diff(before, prepend=0).max()) + 1


def _odd(texts: Iterable[str], separator: str, file_name: str) -> Iterator[pl.DataFrame]:
    """Text whose quotes stand within cells, are doubled, or whose cells go over many lines: Python's own reader."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(_lines(texts), delimiter=separator, strict=False)
    try:
        while rows := list(islice(reader, ROWS)):
            columns = {str(i): column for i, column in enumerate(zip_longest(*rows, fillvalue=""))}
            yield pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    except csv.Error as wrong:
        raise _unreadable(file_name, f"文件中有读不出的分隔：{wrong}") from wrong


def _lines(texts: Iterable[str]) -> Iterator[str]:
    rest = ""
    for text in texts:
        *lines, rest = (rest + text).split("\n")
        yield from (line + "\n" for line in lines)
    if rest:
        yield rest


def _decoded(opened: Opens, encoding: str, file_name: str) -> Texts:
    """The text block by block, and whether it is the last; a wrong byte is not guessed over."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    line = 1
    for block, last in _blocks(opened):
        try:
            text = decoder.decode(block, last)
        except UnicodeDecodeError as wrong:
            line += wrong.object.count(b"\n", 0, wrong.start)
            line = max(line, _first_bad_line(opened, "utf-8") if encoding == "gb18030" else 0)
            why = f"第 {line} 行附近有既不是 UTF-8 也不是 GB18030 的字节"
            raise _unreadable(file_name, why) from wrong
        line += block.count(b"\n")
        yield text, last


def _first_bad_line(opened: Opens, encoding: str) -> int:
    """Where another encoding ends: of two that fail, the one that reads further was meant."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    for block, last in _blocks(opened):
        try:
            decoder.decode(block, last)
        except UnicodeDecodeError as wrong:
            return line + wrong.object.count(b"\n", 0, wrong.start)
        line += block.count(b"\n")
    return line


def _blocks(opened: Opens) -> Iterator[tuple[bytes, bool]]:
    """The bytes of a file in turn, and whether these are the last."""
    with opened() as file:
        block = file.read(SLAB)
        while block:
            after = file.read(SLAB)
            yield block, not after
            block = after


def encoding_of(opened: Opens, file_name: str) -> str:
    """By its mark, else UTF-8 where every byte allows it, else GB18030."""
    decoder, utf8 = codecs.getincrementaldecoder("utf-8")(), True
    for number, (block, last) in enumerate(_blocks(opened)):
        marked = next((encoding for mark, encoding in BOMS if not number and block.startswith(mark)), "")
        if marked:
            return marked
        if b"\x00" in block:
            why = "这不是表格文件：内容含二进制字节"
            raise refuse("not_a_table", "文件", file_name, why, "请上传 xlsx、xls 或 csv 文件")
        try:
            utf8 = utf8 and decoder.decode(block, last) is not None
        except UnicodeDecodeError:
            utf8 = False
    return "utf-8" if utf8 else "gb18030"


def _unreadable(file_name: str, why: str) -> Exception:
    return refuse("unreadable_file", "文件", file_name, why, "请用 WPS 或 Excel 打开后另存为 xlsx，再上传")


def separator_of(text: str) -> str:
    """The separator that divides most of the first lines into most cells; one line full of semicolons decides nothing.
    Tabs beside another separator are blanks that keep a number a text."""
    head = [BESIDE.sub("", line) for line in text[:20_000].split("\n")[:40]] or [""]
    counts = {mark: sorted(line.count(mark) for line in head) for mark in SEPARATORS}
    return max(SEPARATORS, key=lambda mark: (counts[mark][len(head) // 2], counts[mark][-1]))
