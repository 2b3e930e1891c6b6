"""A file of contacts (csv in UTF-8 or GB18030, xlsx, xls) → raw rows with their number in the file."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from wushang.people.deed import refuse

COLUMNS = {  # our name: as files write it
    "name": ("单位名称", "企业名称", "单位", "企业", "enterprise"),
    "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "uscc"),
    "role": ("角色", "联系人角色", "类别", "role"),
    "person": ("姓名", "联系人", "联系人姓名", "name"),
    "phone": ("手机", "手机号", "手机号码", "联系电话", "电话", "phone"),
    "source": ("来源", "source"),
    "verified": ("核实日期", "verified"),
}
NEEDED = ("role", "person", "phone")
TITLE_ROWS = 10


@dataclass(frozen=True)
class Raw:
    """One row as it stands in the file; `number` counts as a spreadsheet does."""

    number: int
    cells: dict[str, str]


def read(data: bytes, file_name: str) -> list[Raw]:
    """Rows below the header; empty rows and the 合计 line are left out. Raises Refused when it is no such file."""
    grid = _grid(data, file_name)
    for at, row in enumerate(grid[:TITLE_ROWS]):
        places = _header(row)
        if all(name in places for name in NEEDED) and ("name" in places or "uscc" in places):
            return [
                Raw(number, {name: row[place] if place < len(row) else "" for name, place in places.items()})
                for number, row in enumerate(grid[at + 1 :], at + 2)
                if any(row) and not row[0].startswith("合计")
            ]
    raise refuse(
        "header", _("前%(n)d行里没有找到表头。") % {"n": TITLE_ROWS},
        _("表头要有：单位名称或统一社会信用代码、角色、姓名、手机；来源、核实日期可以没有。可以下载样表照填。"),
        value=file_name,
    )  # fmt: skip


def _header(row: list[str]) -> dict[str, int]:
    """Our column names → place in the row. '单位名称 *' and '单位名称（必填）' are 单位名称."""
    plain = [cell.split("（")[0].split("(")[0].rstrip("*＊ ").casefold() for cell in row]
    found: dict[str, int] = {}
    for name, words in COLUMNS.items():
        place = next((plain.index(word) for word in words if word in plain), None)
        if place is not None:
            found[name] = place
    return found


def _grid(data: bytes, file_name: str) -> list[list[str]]:
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        return _spreadsheet(data, file_name)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise refuse("encoding", _("文件打不开，不是 xlsx、xls 或 csv。"), _("请另存为 xlsx 再上传。"), value=file_name)
    try:
        return [[_text(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as broken:  # an unclosed quotation mark swallowed the rest of the file
        raise refuse("broken", _("文件的行和列分不清，可能损坏。"), _("请用表格软件打开后另存为 xlsx 再上传。"), value=file_name) from broken


def _spreadsheet(data: bytes, file_name: str) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    except (CalamineError, OSError, IndexError, ValueError) as broken:
        raise refuse("broken", _("表格文件打不开，可能损坏或加了密码。"), _("请用表格软件打开后另存再上传。"), value=file_name) from broken
    return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _text(cell: Any) -> str:
    """A cell as text: 13800001111.0 is a number column's way to write a telephone."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFKC", str(cell)).strip().lstrip("'")
