"""A sheet: its name and its cells as text, line by line as the file has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import polars as pl

from wushang.terms.problem import Problem, Refused

ROWS = 100_000  # lines of a workbook's sheet that are checked together, as a slab of a text is
# Cells that need a word: `what` is merged (over several lines, `said` is which). Line and place count from 0.
MARKS = {"line": pl.UInt32, "place": pl.UInt32, "what": pl.String, "said": pl.String}


@dataclass(frozen=True)
class Sheet:
    """Row i of `cells` is line i+1 of the file; columns are named "0", "1", …; a blank cell is null."""

    name: str
    cells: pl.DataFrame
    notes: tuple[str, ...] = ()  # what a person should know of the sheet itself
    marks: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=MARKS))
    hidden: bool = False  # the whole sheet is hidden in the workbook
    since_1904: bool = False  # its day numbers count from 1904, not from 1900
    again: Callable[[str], Iterator[pl.DataFrame]] | None = None  # reads all lines, where `cells` holds but the first ones

    def slabs(self, only: str = "") -> Iterator[tuple[int, pl.DataFrame]]:
        """All lines in turn: the index of a slab's first line, and its cells, or those of one column only."""
        first = 0
        for cells in self.again(only) if self.again else self.cells.iter_slices(ROWS):
            yield first, cells
            first += cells.height

    def line(self, index: int) -> list[str]:
        """The cells of one line, blanks as empty text; one below the first slab is looked for as the file is read."""
        if index < self.cells.height or not self.again:
            return [cell or "" for cell in self.cells.row(index)]
        first, cells = next((first, cells) for first, cells in self.slabs() if index < first + cells.height)
        return [cell or "" for cell in cells.row(index - first)]


def refuse(code: str, what: str, value: str, why: str, remedy: str) -> Refused:
    """A whole file that cannot be used: what, where, what to do."""
    return Refused(Problem(code=code, column=what, value=value, why=why, remedy=remedy))


def blanks_to_null(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with nothing but blanks become null."""
    text = pl.all().cast(pl.String)
    return cells.select(pl.when(text.str.strip_chars() != "").then(text))
