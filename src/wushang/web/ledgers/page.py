"""A ledger's rows as words of a page or a print: a figure with its thousands, a date, a dash where nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wushang.pool.ledger import Ledger
from wushang.pool.sheet import Column
from wushang.web import figures

NOTHING = "—"
SHORT, LONG = 6, 10  # characters that stay on one line; that want a wide column


@dataclass(frozen=True)
class Sheet:
    """title, the line under it, header and rows of (text, num | fix (on one line) | unit | wide | ''), total row, note."""

    title: str
    under: str
    head: list[tuple[str, str]]
    rows: list[list[tuple[str, str]]]
    total: list[str]
    note: str


def sheet(ledger: Ledger) -> Sheet:
    """The rows shown, under the total of all."""
    head = ledger.heading
    under = _("填报单位：%(unit)s　　制表人：%(maker)s　　日期：%(on)s")
    total = ["" if value is None else figures.count(value) for value in ledger.sums]
    total[0] = _("合计 %(n)d 条") % {"n": ledger.count}
    rows = [[_cell(column, value) for column, value in zip(ledger.columns, row, strict=True)] for row in ledger.rows]
    return Sheet(
        head.title, under % {"unit": head.unit, "maker": head.maker, "on": head.on.isoformat()},
        [(column.title, _of(column)) for column in ledger.columns], rows, total, head.note + _("“—”：没有这一项，或还没有办到。"),
    )  # fmt: skip


def _of(column: Column) -> str:
    return "num" if column.kind in ("count", "rate") else "unit" if column.title.startswith(_("单位")) else ""


def _cell(column: Column, value: Any) -> tuple[str, str]:
    kind = _of(column)
    if value is None or value == "":
        return NOTHING, kind
    if column.kind == "date" or column.unbroken:
        return str(value), "fix"
    if kind == "num" and not isinstance(value, str):
        return figures.count(value) if column.kind == "count" else figures.rate(value), kind
    text = str(value)
    return text, kind or ("fix" if len(text) <= SHORT else "wide" if len(text) > LONG else "")
