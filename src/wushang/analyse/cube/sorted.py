"""The heads of a table, by which its rows are ordered: names upward first, figures the greatest first; a second click turns it round."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from wushang.analyse.cube.asked import LABEL, Asked
from wushang.analyse.cube.said import pairs_of


@dataclass(frozen=True)
class Sort:
    by: str  # a measure, or LABEL
    asked: Asked

    @property
    def now(self) -> str:
        """ascending, descending; '' where the rows are ordered by something else. As aria-sort says it."""
        order = self.asked.rows_by
        if not order or order.removeprefix("-") != self.by:
            return ""
        return "descending" if order.startswith("-") else "ascending"

    @property
    def query(self) -> str:
        """The question with the rows so ordered, as the end of an address."""
        backwards = self.now == "ascending" if self.now else self.by != LABEL
        return urlencode(list(pairs_of(replace(self.asked, order=f"-{self.by}" if backwards else self.by))))
