"""A table taken away: a workbook with a sheet of notes, or a csv that no program takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.library.dictionary import Column as Described
from wushang.analyse.library.rows import UNIT
from wushang.collect.cells.harmless import harmless
from wushang.pool.sheet import Column, Heading, Kind, ledger
from wushang.terms import codes

MOST = 20_000  # rows of one file; the months can be chosen
WIDE = {"unit_name": 34, "unit_uscc": 22}
HELD: dict[str, Kind] = {"money": "rate", "rate": "rate", "decimal": "rate", "integer": "count", "hour": "count", "date": "date"}


@dataclass(frozen=True)
class Taken:
    """What leaves: its columns and rows, and what is to be known of them."""

    columns: list[Column]
    rows: Sequence[Sequence[Any]]
    notes: list[tuple[str, str]]


def columns_of(described: list[Described]) -> list[Column]:
    own = [Column(titled(one), 14, HELD.get(one.type, "text")) for one in described]
    return [*(Column(str(title), WIDE[name]) for name, title in UNIT), *own]


def as_read(described: list[Described], row: Sequence[Any]) -> list[dict[str, Any]]:
    """A row as a page shows it: figures to the right with their decimals, dates short."""
    kinds: list[Kind] = ["text", "text", *(HELD.get(one.type, "text") for one in described)]
    return [{"text": _said(kind, value), "num": kind in ("count", "rate")} for kind, value in zip(kinds, row, strict=True)]


def _said(kind: Kind, value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:,.2f}" if kind == "rate" else f"{value:,}" if kind == "count" else f"{value}"


def titled(one: Described) -> str:
    return f"{one.title}（{one.unit}）" if one.unit else one.title


def of_codes(name: str) -> tuple[list[Column], list[list[Any]]]:
    """A code list as columns and rows, of all times."""
    heads = [Column(_("代码"), 12), Column(_("名称"), 36), Column(_("上级"), 10), Column(_("有效期起"), 12, "date"),
             Column(_("有效期止"), 12, "date"), Column(_("依据"), 44), Column(_("核对日期"), 12, "date")]  # fmt: skip
    return heads, [[c.code, c.name, c.parent, c.valid_from, c.valid_to, c.source, c.checked] for c in codes.all(name)]


def workbook(taken: Taken, heading: Heading) -> bytes:
    return ledger(heading, taken.columns, taken.rows, "A3" if len(taken.columns) > 8 else "A4", notes=taken.notes)


def separated(taken: Taken) -> bytes:
    """The same rows as csv (UTF-8 with the mark by which office programs know it)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(column.title) for column in taken.columns])
    for row in taken.rows:
        writer.writerow(["" if value is None else harmless(value) if isinstance(value, str) else value for value in row])
    return out.getvalue().encode("utf-8-sig")
