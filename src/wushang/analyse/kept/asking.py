"""A kept view's question on a day: its months are fixed, this year's, or as many as it had up to the last complete one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wushang.analyse.cube import Asked
from wushang.analyse.cube.said import asked_of, pairs_of
from wushang.analyse.models import SavedView
from wushang.terms.period import Period, add_months, month_end, month_of

Pairs = list[list[str]]


def pairs(asked: Asked) -> Pairs:
    return [list(pair) for pair in pairs_of(asked)]


def question(view: SavedView, today: date) -> Asked:
    """`today` is the day to which the data reach, or the day itself. Refused where a word of it is not known any more."""
    return asked_from(view.question, view.span, today)


def asked_from(kept: Pairs, span: str, today: date) -> Asked:
    asked = asked_of(_lists(kept), today)
    if span == "fixed":
        return asked
    end = add_months(month_of(today), -1)
    first = date(end.year, 1, 1) if span == "year" else add_months(end, 1 - len(asked.period.months()))
    return replace(asked, period=Period(first, month_end(end)))


def _lists(kept: Pairs) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in kept:
        found.setdefault(name, []).append(text)
    return found
