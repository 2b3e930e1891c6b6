"""Merged cells: each cell of the area says what the area says; a number over several rows is marked, it may be their sum."""

from __future__ import annotations

from typing import Any

Range = tuple[tuple[int, int], tuple[int, int]]
Mark = tuple[int, int, str, str]
AREA = 2_000_000  # cells; a larger merged area is decoration


def fill(rows: list[list[Any]], ranges: list[Range]) -> list[Mark]:
    """Fills the rows; returns the marks of areas that reach over several lines."""
    marks: list[Mark] = []
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] == "":
            continue
        bottom, right = min(bottom, len(rows) - 1), min(right, len(rows[top]) - 1)
        if (bottom - top + 1) * (right - left + 1) > AREA:
            continue
        for row in rows[top : bottom + 1]:
            for place in range(left, min(right + 1, len(row))):
                row[place] = rows[top][left]
        if bottom > top:
            said = f"{top + 1}—{bottom + 1}"
            marks += [(line, p, "merged", said) for line in range(top, bottom + 1) for p in range(left, right + 1)]
    return marks
