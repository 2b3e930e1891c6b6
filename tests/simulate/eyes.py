"""Eyes that read a city's files without any code of ours."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

TWO_LEVELS = {
    "中止起止起": "中止起",
    "中止起止止": "中止止",
    "参保人数月末": "参保人数(月末)",
    "参保人数其中:农民工": "其中农民工",
}


def lines(path: Path, encoding: str = "utf-8") -> list[list[Any]]:
    """All lines of a file as a reader sees them, empty cells as empty texts."""
    if path.suffix == ".xlsx":
        return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


def columns(path: Path, header_row: int, levels: int, encoding: str = "utf-8") -> list[str]:
    """Column names; of two levels the upper one is carried to the right and joined."""
    table = lines(path, encoding)
    top = [str(c) for c in table[header_row - 1]]
    if levels == 1:
        return top
    names, upper = [], ""
    for first, second in zip(top, table[header_row], strict=True):
        upper = first or upper
        names.append(TWO_LEVELS.get(upper + str(second), upper + str(second)) if second else first)
    return names
