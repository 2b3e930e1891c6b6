"""Rows with the columns `down` and `across`, which name their group."""

from __future__ import annotations

import ibis

from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.cube import Key
from wushang.analyse.dimensions import dimensions
from wushang.terms.period import Period

SIDES = ("down", "across")


def keyed(rows: ibis.Table, asked: Asked, key: str) -> ibis.Table:
    """The rows that the filters keep, with the columns `down` and `across`. A side that rows of this table do not say
    (a headcount knows no cause) is left out."""
    for code, kept in asked.filters.items():
        of = getattr(dimensions()[code], key)
        rows = rows.filter(of(rows).isin(list(kept))) if of else rows
    sides = {name: getattr(dimensions()[getattr(asked, name)], key) for name in SIDES if getattr(asked, name)}
    return rows.mutate(**{name: of(rows).fill_null("") for name, of in sides.items() if of})


def own_days(asked: Asked, sides: tuple[Key, Key]) -> Period | None:
    """The part of the period that a group's keys of time leave."""
    left: Period | None = asked.period
    for code, key in zip((asked.down, asked.across), sides, strict=True):
        span = dimensions()[code].span if code and key else None
        left = left.overlap(span(str(key))) if left and span else left
    return left
