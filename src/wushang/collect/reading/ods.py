"""OpenDocument sheets (ods): a few bytes there may stand for millions of repeated cells."""

from __future__ import annotations

import re

from wushang.collect.reading import box
from wushang.collect.reading.oddities import Anatomy
from wushang.collect.reading.sheet import refuse

REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
LINES = 1_048_576
EVERY = (16_384, 1_024)  # a whole line of empty cells, as the programs write it
MANY = 2_000  # equal filled lines or cells in a row; more is no table
FAMILY = b"application/vnd.oasis.opendocument.spreadsheet"


def is_ods(content: bytes, file_name: str) -> bool:
    """Whether the zip calls itself an OpenDocument sheet."""
    parts = box.parts(content, file_name)
    return "mimetype" in parts and FAMILY in box.whole(content, parts["mimetype"], file_name)


def anatomy(content: bytes, file_name: str) -> Anatomy:
    """Refused where cells with something in them are repeated without end."""
    parts = box.parts(content, file_name)
    text = box.whole(content, parts["content.xml"], file_name) if "content.xml" in parts else b""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise box.torn(file_name)
    for piece in re.finditer(rb"<table:table-(?:row|cell)\b[^>]*>(?:(?!</table:table-row>).){0,400}", text, re.S):
        times = [int(n) for n in REPEATED.findall(piece[0])]
        if times and max(times) > MANY and b"<text:p" in piece[0]:
            why = "工作表里有成千上万个重复的单元格，读不了"
            raise refuse("vast_sheet", "文件", file_name, why, "请另存为 xlsx 后再上传")
    hidden = bool(re.search(rb'table:visibility="(?:collapse|filter)"', text))
    return Anatomy(hidden=hidden, macros=any(name.startswith("Basic/") and name.count("/") > 1 for name in parts))
