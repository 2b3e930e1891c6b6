"""The rows of a table in somebody's own scope: how many, of which months, and the newest of them in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.analyse.library.board import Listed
from wushang.analyse.library.dictionary import Column
from wushang.people.models import Department, Region
from wushang.pool.reading import Pool
from wushang.terms import codes
from wushang.terms.period import Period

NAMES = "pool.see"  # who may open a unit's dossier may read its name here
UNIT = (("unit_name", gettext_lazy("单位名称")), ("unit_uscc", gettext_lazy("统一社会信用代码")))


@dataclass(frozen=True)
class Counted:
    """How many rows there are, and the first and last day among them (none for a register)."""

    rows: int
    first: date | None
    last: date | None


def counted(pool: Pool, listed: Listed, period: Period | None = None) -> Counted:
    rows = _rows(pool, listed, period)
    rows = rows.select(day=rows[listed.by] if listed.by else ibis.null("date"))
    found = pool.fetch(rows.agg(rows=rows.count(), first=rows.day.min(), last=rows.day.max())).to_pylist()[0]
    return Counted(found["rows"], found["first"], found["last"])


def newest(pool: Pool, listed: Listed, columns: list[Column], most: int, period: Period | None = None) -> list[list[Any]]:
    """At most so many rows, the newest first: unit and code where the reader may see them, then the columns in words."""
    rows = _named(pool, _rows(pool, listed, period))
    order = [ibis.desc(rows[listed.by])] if listed.by else []
    order += [rows.enterprise, *(rows[column.name] for column in columns if column.name != listed.by)]
    found = pool.fetch(rows.order_by(order).limit(most).select("unit_name", "unit_uscc", *(c.name for c in columns)))
    return list(_in_words(found.to_pylist(), columns))


def _rows(pool: Pool, listed: Listed, period: Period | None) -> ibis.Table:
    rows = pool.table(listed.name)
    if listed.without:
        rows = rows.filter(rows[listed.without].isnull())
    if period and listed.by:
        rows = rows.filter(rows[listed.by].between(ibis.literal(period.start), ibis.literal(period.end)))
    return rows


def _named(pool: Pool, rows: ibis.Table) -> ibis.Table:
    """The rows with their unit's name and code, empty where the scope does not open that unit's dossier."""
    units = pool.scope.where(NAMES, pool.table("enterprises"))
    units = units.select(unit="enterprise", unit_name="name", unit_uscc="uscc")
    return rows.left_join(units, rows.enterprise == units.unit)


def _in_words(rows: list[dict[str, Any]], columns: list[Column]) -> Iterator[list[Any]]:
    places = dict(Region.objects.values_list("code", "name"))
    places |= dict(Department.objects.values_list("code", "short_name"))
    say = [(column.name, _sayer(column, places)) for column in columns]
    for row in rows:
        own = [None if row[name] in (None, "") else word(row[name]) for name, word in say]
        yield [row["unit_name"], row["unit_uscc"], *own]


def _sayer(column: Column, places: dict[str, str]) -> Callable[[Any], Any]:
    """How a stored value of the column is written: fen as yuan, a code by its name."""
    if column.words:
        return lambda value: column.words.get(value, value)
    if column.codes:
        return lambda value: _coded(column.codes, value)
    words: dict[str, Callable[[Any], Any]] = {
        "money": lambda value: value / 100, "rate": lambda value: value / 10_000, "decimal": lambda value: value / 1_000_000,
        "region": lambda value: places.get(value, value), "department": lambda value: places.get(value, value),
        "yes_no": lambda value: _("是") if value else _("否"),
        "month": lambda value: f"{value:%Y-%m}", "text": str, "code": str,
    }  # fmt: skip
    return words.get(column.type, lambda value: value)


def _coded(listed: str, code: Any) -> str:
    """A code and its name; of trades the code too, since the name alone does not tell the level."""
    name = codes.name(listed, str(code)) or str(code)
    return f"{code} {name}" if listed == "industry" and name != code else name
