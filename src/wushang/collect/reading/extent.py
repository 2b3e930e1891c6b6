"""How far the filled cells of a sheet reach: a reader allots the whole rectangle, so few cells far apart are refused before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wushang.collect.reading.sheet import refuse

AREA = 20_000_000  # cells; below this a sheet is read however empty it is
EMPTY = 50  # above it, at most so many cells of the rectangle for each filled one
REACH = 10  # letters and digits of a place: XFD1048576
LT, GT, SLASH, COLON, BLANK, C, R, QUOTE = (ord(sign) for sign in '<>/: cr"')
Bytes = NDArray[np.uint8]


@dataclass
class Extent:
    """Of one sheet: its filled cells, the last line and the last column that one of them stands in (counted from 1)."""

    filled: int = 0
    bottom: int = 0
    right: int = 0
    plain: bool = True  # False: cells do not begin with their place, or not all could be told; parse to know

    def take(self, lines: NDArray[np.int64], places: NDArray[np.int64]) -> None:
        if len(lines):
            self.filled += len(lines)
            self.bottom = max(self.bottom, int(lines.max()))
            self.right = max(self.right, int(places.max()))

    def add(self, text: bytes) -> None:
        """Whole elements of a sheet's XML."""
        signs = np.frombuffer(text + bytes(2 * REACH), dtype=np.uint8)
        at = _cells(signs)
        if not len(at):
            return
        if b"/>" in text:
            ends = np.flatnonzero(signs == GT)
            last = ends[np.minimum(np.searchsorted(ends, at), len(ends) - 1)]
            at = at[signs[last - 1] != SLASH]  # an empty one ends with />
        named = (signs[at + 2] == R) & (signs[at + 4] == QUOTE)
        self.plain = self.plain and bool(named.all())
        self.take(*_places(signs, at[named] + 5))

    def refuse_far(self, file_name: str) -> None:
        """Refused where the rectangle is large and nearly empty."""
        if self.bottom * self.right > AREA and self.bottom * self.right > EMPTY * self.filled:
            why = f"工作表里有内容散落在表格之外很远的地方（到第 {self.bottom} 行、第 {self.right} 列），读不了"
            raise refuse("vast_sheet", "文件", file_name, why, "请把表格以外零星的内容删掉，另存后再上传")


def _cells(signs: Bytes) -> NDArray[np.int64]:
    """Where `<c ` (or `<x:c `) stands: the index of its c."""
    at = np.flatnonzero(signs == C)
    at = at[(at > 0) & (at < len(signs) - 2 * REACH)]
    return at[(signs[at + 1] == BLANK) & ((signs[at - 1] == LT) | (signs[at - 1] == COLON))]


def _places(signs: Bytes, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lines and columns of places that begin at these indexes: AB12 → 12, 28."""
    line, column = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
    open_ = np.ones(len(at), bool)  # before the closing quote
    for step in range(REACH):
        sign = signs[at + step].astype(np.int64)
        open_ &= sign != QUOTE
        if not open_.any():
            break
        letter, digit = open_ & (sign >= 65), open_ & (sign < 58)
        column[letter] = column[letter] * 26 + sign[letter] - 64
        line[digit] = line[digit] * 10 + sign[digit] - 48
    return line, column
