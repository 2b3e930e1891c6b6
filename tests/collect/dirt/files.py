"""Files with dirt in them, and what the real door makes of them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

import xlsxwriter

from wushang.collect.checking import Checked, check_file
from wushang.collect.source import shipped

AS_OF = date(2026, 4, 15)
MONTHLY = ["所属期", "单位编号", "单位名称", "参保人数"]
CLAIM = ["受理编号", "单位名称", "姓名", "事故时间", "申请日期"]
ROW = ["202603", "0001", "恒岳杯业有限公司", "58"]
CASE = ["工〔2026〕1号", "恒岳杯业有限公司", "张三", "2026-03-05", "2026-03-09"]


@dataclass
class Formula:
    """A formula with the result that the file holds; None: the file holds none."""

    text: str
    result: Any = None


@dataclass
class Shown:
    """A number and the format it is shown in."""

    value: Any
    form: str


def check(content: bytes, name: str = "a.xlsx", source: str = "insurance_monthly", **more: Any) -> Checked:
    """The file through the real door; the four numbers add up, whatever it is."""
    checked = check_file(content, name, shipped()[source], AS_OF, **more)
    seen = [*checked.accepted["row"], *checked.duplicates["row"], *(w.row for w in checked.quarantined)]
    assert len(seen) == len(set(seen)) == checked.rows
    return checked


def claims(content: bytes, name: str = "a.xlsx") -> Checked:
    return check(content, name, "injury_recognition")


def waits(checked: Checked) -> dict[int, list[str]]:
    """File row → codes of what keeps it out."""
    return {w.row: [r.problem.code for r in w.remarks if r.severity == "reject"] for w in checked.quarantined}


def csv_of(*lines: list[str], encoding: str = "utf-8", separator: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(lines)
    return out.getvalue().encode(encoding)


def xlsx_of(*lines: list, merged=(), hidden_rows=(), hidden_columns=(), sheet="Sheet1", more=(), hidden=(), **options) -> bytes:
    """`more` are further sheets: (name, lines); `hidden` are names of sheets; cells as Python values, Formula or Shown."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    book.set_properties({"created": datetime(2026, 1, 1)})  # the same cells are the same bytes
    for name, rows in [(sheet, lines), *more]:
        page = book.add_worksheet(name)
        for r, line in enumerate(rows):
            for c, cell in enumerate(line):
                _write(book, page, r, c, cell)
        if name == sheet:
            for area in merged:
                page.merge_range(*area)
            for row in hidden_rows:
                page.set_row(row, None, None, {"hidden": True})
            for place in hidden_columns:
                page.set_column(place, place, None, None, {"hidden": True})
        if name in hidden:
            page.hide()
    book.close()
    return _without_results(out.getvalue())


def _write(book: Any, page: Any, r: int, c: int, cell: Any) -> None:
    if isinstance(cell, Formula):
        page.write_formula(r, c, cell.text, None, "NONE" if cell.result is None else cell.result)
    elif isinstance(cell, Shown) and isinstance(cell.value, (date, datetime)):
        page.write_datetime(r, c, cell.value, book.add_format({"num_format": cell.form}))
    elif isinstance(cell, Shown):
        page.write(r, c, cell.value, book.add_format({"num_format": cell.form}))
    elif isinstance(cell, (date, datetime)):
        page.write_datetime(r, c, cell, book.add_format({"num_format": "yyyy-mm-dd"}))
    elif isinstance(cell, str):
        page.write_string(r, c, cell) if cell else None
    else:
        page.write(r, c, cell)


def _without_results(content: bytes) -> bytes:
    """Formulas written as programs write them that do not reckon: without a result."""
    bare = re.compile(rb'<c ([^>]*?) t="str"><f>([^<]*)</f><v>NONE</v></c>')
    sheets = [n for n in zipfile.ZipFile(io.BytesIO(content)).namelist() if n.startswith("xl/worksheets/sheet")]
    for name in sheets:
        content = changed(content, name, lambda xml: bare.sub(rb"<c \1><f>\2</f></c>", xml))
    return content


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one part written anew (or added)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part, change(old.read(part)) if part.filename == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


def html_of(*lines: list[str]) -> bytes:
    """A page with one table, as systems export it under the name of xls."""
    rows = ["".join(f"<td>{escape(str(cell))}</td>" for cell in line) for line in lines]
    return f"<meta charset=utf-8><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>".encode()


def zip_of(files: dict[str | bytes, bytes]) -> bytes:
    """A zip; a name given as bytes is written as these bytes, as the Chinese Windows does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files.items():
            box.writestr(name if isinstance(name, str) else _Unmarked(name.decode("cp437")), content)
    return out.getvalue()


class _Unmarked(zipfile.ZipInfo):
    """A part whose name is written as bytes without saying in which letters."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("cp437"), 0
