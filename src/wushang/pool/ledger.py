"""A 台账 before it is put on paper: its heading, columns, rows, total; the page, the print and the xlsx are drawn from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from wushang.pool.sheet import Column, Heading, ledger

Paper = Literal["A4", "A3"]
WIDE_MM: dict[Paper, int] = {"A4": 297 - 20, "A3": 420 - 20}  # landscape, without the margins
POINTS_A_MM = 72 / 25.4
EM_A_UNIT = 0.53  # a column's width counts half-width characters
FULL = 10.5  # 五号
LEAST = 6.0
BROKEN = 0.6  # how far a column of words may shrink, its text breaking into two lines


@dataclass(frozen=True)
class Ledger:
    """`rows` are those shown, all or a page of them; `count` and `sums` are of all."""

    heading: Heading
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    count: int
    sums: Sequence[Any]  # under each column; None where nothing adds up

    @classmethod
    def of(cls, heading: Heading, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Ledger:
        """All rows, counted and added up."""
        every = list(rows)
        sums = [sum(row[n] or 0 for row in every) if column.total else None for n, column in enumerate(columns)]
        return cls(heading, columns, every, len(every), sums)

    def part(self, window: slice) -> Ledger:
        """A page of the rows under the same total."""
        return replace(self, rows=self.rows[window])

    def xlsx(self, paper: Paper = "A3") -> bytes:
        """All rows as a workbook that prints on this paper, landscape."""
        columns, _size = fitted(self.columns, paper)
        return ledger(self.heading, columns, self.rows, paper)


def fitted(columns: Sequence[Column], paper: Paper) -> tuple[list[Column], float]:
    """Columns and the letter size (pt) with which they fill the paper: 10.5 where it fits; columns of words give way first,
    a date, a figure, a 文号 never breaks."""
    there = WIDE_MM[paper] * POINTS_A_MM / EM_A_UNIT
    least = sum(_least(column) for column in columns)
    size = max(LEAST, min(FULL, int(there / least * 2) / 2))
    spare = there / size - least
    give = sum(column.width - _least(column) for column in columns)
    share = min(1.0, max(0.0, spare / give)) if give else 0.0
    return [replace(column, width=_least(column) + share * (column.width - _least(column))) for column in columns], size


def _least(column: Column) -> float:
    return column.width if column.unbroken or column.kind != "text" else max(5.0, column.width * BROKEN)
