"""Workbooks that would fill the memory: refused before they are opened (a reader allots the whole rectangle of a sheet)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from wushang.collect.reading.sheet import refuse

UNPACKED = 2_000_000_000  # bytes; a file of 300 MB that is a table stays below
AREA = 20_000_000  # cells; below this a sheet is read however empty it is
EMPTY = 50  # above it, at most so many cells of the rectangle for each filled one
CHUNK = 4_000_000
CELL = re.compile(rb'<c (?:[^>]*? )?r="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^/])?>')  # an empty one ends with />


def refuse_vast(content: bytes, file_name: str) -> None:
    """Refused where an xlsx unpacks to too much, or its few cells lie too far apart; other files pass."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            if sum(part.file_size for part in box.infolist()) > UNPACKED:
                why = "文件解压后超过 2 GB，不像一张报送表"
                raise refuse("large_file", "文件", file_name, why, "请按月份拆成几份，另存为 xlsx 或 csv 后再上传")
            for part in box.infolist():
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _refuse_sparse(box, part, file_name)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError):
        return  # torn or locked: the reader says so


def _refuse_sparse(box: zipfile.ZipFile, part: zipfile.ZipInfo, file_name: str) -> None:
    filled, bottom, letters = 0, 0, set()
    with box.open(part) as stream:
        rest = b""
        while chunk := stream.read(CHUNK):
            text = rest + chunk
            whole = text.rfind(b">") + 1
            text, rest = text[:whole], text[whole:]
            found = CELL.findall(text)
            filled += len(found)
            letters.update(letter for letter, _ in found)
            bottom = max(bottom, max((int(row) for _, row in found), default=0))
    right = max((column(letter) for letter in letters), default=0)
    if bottom * right > AREA and bottom * right > EMPTY * filled:
        why = f"工作表里有内容散落在表格之外很远的地方（到第 {bottom} 行、第 {right} 列），读不了"
        raise refuse("vast_sheet", "文件", file_name, why, "请把表格以外零星的内容删掉，另存后再上传")


def column(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
