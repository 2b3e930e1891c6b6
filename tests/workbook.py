"""A ledger's xlsx read back, as an office program shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

HEAD_LINE = 2  # title, made by, header


@dataclass(frozen=True)
class Workbook:
    title: str
    under: str
    head: list[str]
    rows: list[list[str]]
    total: list[str]
    note: str


def read(data: bytes) -> Workbook:
    """Title, the line under it, header, rows, total row, note."""
    lines = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    total = next(n for n, line in enumerate(lines) if n > HEAD_LINE and str(line[0]).startswith("合计"))
    note = str(lines[total + 1][0]) if len(lines) > total + 1 else ""
    told = [[_text(cell) for cell in line] for line in lines[HEAD_LINE : total + 1]]
    return Workbook(str(lines[0][0]), str(lines[1][0]), told[0], told[1:-1], told[-1], note)


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell == int(cell) else f"{cell:,.2f}"
    return cell.isoformat()[:10] if isinstance(cell, date | datetime) else str(cell)
