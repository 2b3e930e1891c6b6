"""Merged cells: each cell of the area says what the area says; a number over several rows is marked, it may be their sum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Range = tuple[tuple[int, int], tuple[int, int]]
Mark = tuple[int, int, str, str]
AREA = 2_000_000  # cells; a larger merged area is decoration


class Areas:
    """The merged areas of one sheet, whose rows come block by block; `marks` are those that reach over several lines."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self.marks: list[Mark] = []
        self._waiting = sorted(ranges, reverse=True)  # the topmost last
        self._open: list[tuple[Range, Any]] = []  # areas that have begun, and what each says

    def fill(self, block: list[list[Any]], first: int, height: int) -> None:
        """Fill the rows from line `first` on, of a sheet of so many lines (counted from 0)."""
        end = first + len(block)
        while self._waiting and self._waiting[-1][0][0] < end:
            self._begin(self._waiting.pop(), block, first, height)
        for ((top, left), (bottom, right)), says in self._open:
            for row in block[max(top - first, 0) : bottom + 1 - first]:
                row[left : right + 1] = [says] * (right + 1 - left)
        self._open = [area for area in self._open if area[0][1][0] >= end]

    def _begin(self, area: Range, block: list[list[Any]], first: int, height: int) -> None:
        """An area whose first line is here; one that says nothing, or is decoration, is left as it is."""
        (top, left), (bottom, right) = area
        row = block[top - first]
        bottom, right = min(bottom, height - 1), min(right, len(row) - 1)
        if left >= len(row) or row[left] == "" or (bottom - top + 1) * (right - left + 1) > AREA:
            return
        self._open.append((((top, left), (bottom, right)), row[left]))
        if bottom > top:
            said = f"{top + 1}—{bottom + 1}"
            self.marks += [(line, p, "merged", said) for line in range(top, bottom + 1) for p in range(left, right + 1)]
