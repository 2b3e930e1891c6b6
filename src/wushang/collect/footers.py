"""Footers kept as evidence: what the file says it adds up to, beside what its rows add up to."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, TypeVar

import polars as pl

from wushang.collect.cells import numbers, text
from wushang.collect.reading.lines import COUNT, SIGNS, SUMS
from wushang.collect.table import Table
from wushang.terms.money import percent, yuan

K = TypeVar("K")
ROWS = "行数"  # the “column” of a footer that counts lines


@dataclass(frozen=True)
class Footer:
    """One figure of a footer line. `equal` is None where it cannot be compared, with the reason."""

    row: int
    label: str
    column: str
    said: str
    ours: str
    equal: bool | None
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


@dataclass
class Sums:
    """What a run of data lines adds up to."""

    rows: int = 0
    totals: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    standing: dict[str, dict[date, int]] = field(default_factory=dict)  # 期末数 and 累计 by month: months do not add up

    def __add__(self, other: Sums) -> Sums:
        pairs = [(self.standing.get(name, {}), other.standing.get(name, {}), name) for name in {*self.standing, *other.standing}]
        standing = {name: _added(a, b) for a, b, name in pairs}
        return Sums(self.rows + other.rows, _added(self.totals, other.totals), _added(self.unread, other.unread), standing)

    def __sub__(self, other: Sums) -> Sums:
        standing = {name: _added(months, _negative(other.standing.get(name, {}))) for name, months in self.standing.items()}
        totals, unread = (_added(a, _negative(b)) for a, b in ((self.totals, other.totals), (self.unread, other.unread)))
        return Sums(self.rows - other.rows, totals, unread, standing)

    def last(self, name: str) -> int:
        """The figure as it stood in the last month; of a figure of the period itself, what all months add up to."""
        months = self.standing.get(name)
        return months[max(months)] if months else self.totals.get(name, 0)


def _added(a: dict[K, int], b: dict[K, int]) -> dict[K, int]:
    return {key: a.get(key, 0) + b.get(key, 0) for key in {*a, *b}}


def _negative(a: dict[K, int]) -> dict[K, int]:
    return {key: -value for key, value in a.items()}


@dataclass
class Tally:
    """Adds up data lines between footer lines, slab by slab: 小计 covers those since the last one, 合计 all of the file."""

    whole: Sums = field(default_factory=Sums)
    brought: Sums = field(default_factory=Sums)  # of it, what an earlier delivery brought already: in the file's total, or not
    _since: Sums = field(default_factory=Sums)
    _said: list[tuple[int, str, list[str], Sums | None]] = field(default_factory=list)  # line, label, cells, what it covers

    def add(self, cells: pl.DataFrame, first: int, footers: list[int], table: Table) -> None:
        """A slab: its cells, the index of its first line, its footer lines, and its data lines as a table."""
        start = 0
        for index in [*footers, first + cells.height]:
            end = int((table.row <= index).sum())
            run = sums(table, start, end)
            start, self.whole, self._since = end, self.whole + run, self._since + run
            if index < first + cells.height:
                self._footer(index, ["".join((cell or "").split()) for cell in cells.row(index - first)], table)

    def _footer(self, index: int, cells: list[str], table: Table) -> None:
        label = _label(cells, table)
        if re.search(SIGNS, label):
            return
        part = "小计" in label or "本页" in label
        self._said.append((index + 1, label, cells, self._since if part else None))
        if part:
            self._since = Sums()

    def compared(self, table: Table) -> list[Footer]:
        """Each total line beside what it covers. `table` tells the columns; any slab's will do."""
        return [footer for row, label, cells, part in self._said for footer in self._compared(row, label, cells, table, part)]

    def _compared(self, row: int, label: str, cells: list[str], table: Table, part: Sums | None) -> list[Footer]:
        found = _line(row, label, cells, table, part or self.whole)
        if part or not self.brought.rows or all(footer.equal is not False for footer in found):
            return found
        own = _line(row, label, cells, table, self.whole - self.brought)
        return own if all(footer.equal is not False for footer in own) else found


def sums(table: Table, start: int, end: int) -> Sums:
    """What the lines `start` to `end` of a table add up to."""
    names = [name for name in table.source.totals if name in table.header.places]
    values, troubles = (f.select(names).slice(start, end - start) for f in (table.values, table.troubles))
    totals = {name: int(values[name].sum() or 0) for name in names}
    unread = {name: int(troubles[name].is_not_null().sum()) for name in names}
    return Sums(end - start, totals, unread, _standing(table, names, start, end))


def _standing(table: Table, names: list[str], start: int, end: int) -> dict[str, dict[date, int]]:
    """Columns declared 期末数 or 从年初累计, month by month."""
    source, period = table.source, table.source.period
    stocks = [name for name in names if source.columns[name].sums]
    if not stocks or not period or source.columns[period].type != "month":
        return {}
    rows = table.values.select(period, *stocks).slice(start, end - start).drop_nulls(period)
    months = rows.group_by(period).agg(pl.col(*stocks).sum())
    return {name: dict(months.select(period, name).rows()) for name in stocks}


def _label(cells: list[str], table: Table) -> str:
    """What the line calls itself: in the column of sums where the source has one, else its first word."""
    place = table.header.places.get(table.source.subtotal_in)
    said = cells[place] if place is not None else ""
    return said if re.search(SUMS, said) else next((cell for cell in cells if cell), "")


def _line(row: int, label: str, cells: list[str], table: Table, covered: Sums) -> list[Footer]:
    why = "累计数含以前各期，不与本表相比" if "累计" in label else ""
    found = []
    rows = covered.rows
    if (said := _count(label, cells, table)) is not None:
        equal = None if why else said == rows
        found.append(Footer(row, label, ROWS, f"{said:,}", f"{rows:,}", equal, why))
    for name in table.source.totals:
        place = table.header.places.get(name)
        if place is not None and cells[place]:
            found.append(_total(row, label, name, cells[place], table, covered, why))
    return found


def _count(label: str, cells: list[str], table: Table) -> int | None:
    """The number of rows a footer states: in its label (合计 812), or bare in a column that holds no figures."""
    if found := COUNT.search(label):
        return int((found[1] or found[2]).replace(",", ""))
    figures = {table.header.places[name] for name in table.of_type("integer", "money", "rate")}
    named = set(table.header.places.values())
    for place, cell in enumerate(cells):
        if (
            place in named - figures
            and cell != label
            and re.fullmatch(r"共?\d[\d,]*(?:行|条|件|起|户|家|人次|人)?", cell)
        ):
            return int(re.sub(r"\D", "", cell))
    return None


def _total(row: int, label: str, name: str, cell: str, table: Table, covered: Sums, why: str) -> Footer:
    column, unit = table.source.columns[name], table.header.units.get(name, "")
    said = numbers.number(text.clean(pl.Series([cell])), column.type, unit).row(0)[0]
    ours, unread = _ours(covered, name, said), covered.unread.get(name, 0)
    why = why or ("合计数读不出" if said is None else f"有 {unread} 行读不出，不能相比" if unread else "")
    shown = _shown(ours, column.type)
    return Footer(row, label, table.title(name), cell, shown, None if why else said == ours, why)


def _ours(covered: Sums, name: str, said: int | None) -> int:
    """What the rows make: of a 期末数 its last month, or, where the file added its months up all the same, their sum."""
    return said if said is not None and said == covered.totals.get(name) else covered.last(name)


def _shown(value: int, kind: str) -> str:
    if kind == "money":
        return yuan(value)
    return percent(value, 2) if kind == "rate" else f"{value:,}"
