"""A sheet: its name and its cells as text, line by line as the file has them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wushang.terms.problem import Problem, Refused


@dataclass(frozen=True)
class Sheet:
    """Row i of `cells` is line i+1 of the file; columns are named "0", "1", …; a blank cell is null."""

    name: str
    cells: pl.DataFrame

    def line(self, index: int) -> list[str]:
        """The cells of one line, blanks as empty text."""
        return [cell or "" for cell in self.cells.row(index)]


def refuse(code: str, what: str, value: str, why: str, remedy: str) -> Refused:
    """A whole file that cannot be used: what, where, what to do."""
    return Refused(Problem(code=code, column=what, value=value, why=why, remedy=remedy))


def blanks_to_null(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with nothing but blanks become null."""
    text = pl.all().cast(pl.String)
    return cells.select(pl.when(text.str.strip_chars() != "").then(text))
