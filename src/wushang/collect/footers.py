"""Footers kept as evidence: what the file says it adds up to, beside what its rows add up to."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from wushang.collect.cells import numbers, text
from wushang.collect.reading.lines import COUNT, SIGNS, Lines
from wushang.collect.reading.sheet import Sheet
from wushang.collect.table import Table
from wushang.terms.money import percent, yuan


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


def compare_footers(sheet: Sheet, lines: Lines, table: Table) -> list[Footer]:
    """Each total line against the data lines it covers: 小计 those since the last one, 合计 all."""
    found: list[Footer] = []
    since = 0
    for index in lines.at("footer"):
        cells = ["".join(cell.split()) for cell in sheet.line(index)]
        label = next((cell for cell in cells if cell), "")
        if re.search(SIGNS, label):
            continue
        part = "小计" in label or "本页" in label
        covered = (table.row > since if part else table.row > 0) & (table.row <= index if part else table.row > 0)
        found += _line(index + 1, label, cells, table, covered)
        since = index + 1 if part else since
    return found


def _line(row: int, label: str, cells: list[str], table: Table, covered: pl.Series) -> list[Footer]:
    why = "累计数含以前各期，不与本表相比" if "累计" in label else ""
    found = []
    rows = int(covered.sum())
    if (said := _count(label, cells, table)) is not None:
        equal = None if why else said == rows
        found.append(Footer(row, label, "行数", f"{said:,}", f"{rows:,}", equal, why))
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


def _total(row: int, label: str, name: str, cell: str, table: Table, covered: pl.Series, why: str) -> Footer:
    column, unit = table.source.columns[name], table.header.units.get(name, "")
    said = numbers.number(text.clean(pl.Series([cell])), column.type, unit).row(0)[0]
    ours = int(table.values[name].filter(covered).sum() or 0)
    unread = int(table.troubles[name].filter(covered).is_not_null().sum())
    why = why or ("合计数读不出" if said is None else f"有 {unread} 行读不出，不能相比" if unread else "")
    shown = _shown(ours, column.type)
    return Footer(row, label, table.title(name), cell, shown, None if why else said == ours, why)


def _shown(value: int, kind: str) -> str:
    if kind == "money":
        return yuan(value)
    return percent(value, 2) if kind == "rate" else f"{value:,}"
