"""Beside a claimed fall of one unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wushang.analyse.data_day import data_day
from wushang.evaluate.beneath import sides, words
from wushang.evaluate.window_figures import Figures, Held
from wushang.integrate.leads import KINDS, VERB, open_leads
from wushang.integrate.then import Then
from wushang.people.scope import Scope
from wushang.pool.reading import Pool
from wushang.terms.period import Period
from wushang.warn.units import place_of


def in_pool(pool: Pool, enterprise: int, periods: tuple[Period, Period], scope: str, now: Figures, before: Figures, held: Held | None) -> list[words.Line]:
    """From the snapshot, as a re-check counts it: kept with it."""
    day = data_day(pool)
    cut = sides.ripe(*periods, day) if day else None
    told = words.lines(*sides.sides(pool, cut, scope, lambda rows: rows.enterprise == enterprise)) if cut else [words.too_young()]
    if held and now.headcount:
        due = (before.events + held.events) / (float(before.headcount or 0) + held.heads) * float(now.headcount)
        told += words.unit_silent(now.events, due, before.events + held.events)
    return told


def of_rows(rows: Iterable[Any], periods: tuple[Period, Period], data_to: date) -> list[words.Line]:
    """From a unit's ledger rows (occurred, reported, severity)."""
    cut, rows = sides.ripe(*periods, data_to), list(rows)
    if cut is None:
        return [words.too_young()]
    first, second = (sides.side(_row(one) for one in rows if one.occurred in period) for period in cut)
    return words.lines(first, second)


def _row(one: Any) -> sides.Row:
    return one.severity or None, (one.reported - one.occurred).days if one.reported else None, 1


def leads(scope: Scope, enterprise: int, at: Then) -> list[words.Line]:
    """疑似未申报 of the unit, for who may see such over it; the unit never does."""
    if not scope.covers(VERB, *place_of(enterprise)):
        return []
    return list(words.leads(sum(open_leads(what, scope, at).filter(enterprise=enterprise).count() for what in KINDS)))
