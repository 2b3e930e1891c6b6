"""Separated text (csv, txt): encoding by strict trial, separator by the lines themselves."""

from __future__ import annotations

import codecs
import csv
import io
from itertools import zip_longest

import polars as pl

from wushang.collect.reading.sheet import Sheet, blanks_to_null, refuse

SEPARATORS = (",", "\t", ";")
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def separated(content: bytes, file_name: str) -> Sheet:
    """The one sheet of a separated text file."""
    text = decode(content, file_name)
    separator = separator_of(text)
    cells = _quoted(text, separator, file_name) if '"' in text else _plain(text, separator)
    return Sheet(name="", cells=blanks_to_null(cells))


def _plain(text: str, separator: str) -> pl.DataFrame:
    """Text without quotes: a line is a line and a separator separates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    parts = pl.Series("line", lines, dtype=pl.String).str.split(separator)
    width = max(parts.list.len().to_list(), default=0)
    return parts.list.to_struct(fields=[str(place) for place in range(width)]).struct.unnest()


def _quoted(text: str, separator: str, file_name: str) -> pl.DataFrame:
    """Text with quotes, where a cell may hold separators and line ends."""
    csv.field_size_limit(10_000_000)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False))
    except csv.Error as wrong:
        why = f"文件中有读不出的分隔：{wrong}"
        raise refuse(
            "unreadable_file", "文件", file_name, why, "请另存为 xlsx 或 UTF-8 编码的 csv 后重新上传"
        ) from wrong
    columns = {str(i): column for i, column in enumerate(zip_longest(*lines, fillvalue=""))}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def decode(content: bytes, file_name: str) -> str:
    """Text of the bytes: by its mark, else UTF-8, else GB18030, each strictly; a wrong byte is not guessed over."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _strict(content, encoding, file_name)
    if b"\x00" in content:
        why = "这不是表格文件：内容含二进制字节"
        raise refuse("not_a_table", "文件", file_name, why, "请上传 xlsx、xls 或 csv 文件")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(content, "gb18030", file_name)


def _strict(content: bytes, encoding: str, file_name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        why = f"第 {line} 行附近有既不是 UTF-8 也不是 GB18030 的字节"
        raise refuse(
            "unreadable_file", "文件", file_name, why, "请用 WPS 或 Excel 打开后另存为 xlsx，再上传"
        ) from wrong


def separator_of(text: str) -> str:
    """The separator that divides the first lines into most cells."""
    head = text[:20_000].splitlines()[:40]
    return max(SEPARATORS, key=lambda mark: max((line.count(mark) for line in head), default=0))
