"""Accidents with an accepted injury as weekly series (起: one that hurt five is one): township, township × division, township ×
division × kind of accident; and for the whole county each division and each kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import numpy as np
from numpy.typing import NDArray

from wushang.analyse.dimensions import UNKNOWN, dimensions
from wushang.analyse.injuries import days_between
from wushang.analyse.measures import Ask
from wushang.analyse.placed import placed_rows
from wushang.pool.reading import Pool
from wushang.terms.period import Period

Key = tuple[str, str, str]  # region, division, kind; '' is all of them
Whole = NDArray[np.int64]
MONDAY = date(1990, 1, 1)  # weeks are counted from this Monday
CUTS = ((9, False, False), (9, True, False), (9, True, True), (6, True, False), (6, False, True))  # digits, by trade, by cause
STRAY = 0.2  # a week with less than this share of the usual total does not begin the history: single rows of long ago


@dataclass(frozen=True)
class Facts:
    """Accidents by leaf (township, division, kind), week of occurrence and weeks until accepted; week 0 begins on `first`."""

    leaves: tuple[Key, ...]
    first: date
    weeks: int
    leaf: Whole
    week: Whole
    delay: Whole
    cases: Whole

    def monday(self, week: int) -> date:
        return self.first + timedelta(weeks=week)

    def series(self) -> dict[Key, Whole]:
        """Each series and the leaves it adds up."""
        found: dict[Key, list[int]] = {}
        for place, leaf in enumerate(self.leaves):
            for key in _keys(leaf):
                found.setdefault(key, []).append(place)
        return {key: np.array(found[key]) for key in sorted(found)}

    def counts(self, age: int) -> Whole:
        """Leaves × weeks: what was accepted within so many weeks, of the weeks that are so old."""
        table = np.zeros((len(self.leaves), self.weeks), dtype=int)
        told = self.delay <= age
        np.add.at(table, (self.leaf[told], self.week[told]), self.cases[told])
        return table[:, : self.weeks - age]

    def delays(self, periods: int, columns: int) -> Whole:
        """The table of `statistics.nowcast` over all leaves, of the last periods."""
        table = np.zeros((self.weeks, columns), dtype=int)
        near = self.delay < columns
        np.add.at(table, (self.week[near], self.delay[near]), self.cases[near])
        return table[-periods:]


def _keys(leaf: Key) -> Iterator[Key]:
    """The series that a leaf counts in; what is not known is not a series of its own."""
    town, division, kind = leaf
    for digits, by_trade, by_cause in CUTS:
        if len(town) >= digits and not (by_trade and division == UNKNOWN) and not (by_cause and kind == UNKNOWN):
            yield town[:digits], division if by_trade else "", kind if by_cause else ""


def read(pool: Pool, data_to: date) -> Facts | None:
    """All accepted injuries that occurred and were accepted until the last Sunday of the data; None where there is none."""
    end = data_to - timedelta(days=(data_to.weekday() + 1) % 7)
    rows = pool.fetch(_grouped(pool, end)).to_pydict()
    if not rows["week"]:
        return None
    last, week = _week(end), np.array(rows["week"])
    start = _start(week, np.array(rows["cases"]), last)
    kept = week >= start
    triples = list(zip(rows["town"], rows["division"], rows["kind"], strict=True))
    leaves = tuple(sorted({triple for triple, one in zip(triples, kept, strict=True) if one}))
    places = {triple: place for place, triple in enumerate(leaves)}
    leaf = np.array([places[triple] for triple, one in zip(triples, kept, strict=True) if one])
    first = MONDAY + timedelta(weeks=start)
    delay = np.array(rows["told"])[kept] - week[kept]
    return Facts(leaves, first, last - start + 1, leaf, week[kept] - start, delay, np.array(rows["cases"])[kept])


def _week(day: date) -> int:
    return (day - MONDAY).days // 7


def _grouped(pool: Pool, end: date) -> ibis.Table:
    ask = Ask(end, basis="occurred", scope="all", status="accepted", span=Period(MONDAY, end))
    rows = placed_rows(pool, "injuries", ask)
    rows = rows.mutate(told=ibis.greatest(ibis.coalesce(rows.accepted, rows.recognised, rows.reported, rows.occurred), rows.occurred))
    rows = rows.filter(rows.told <= ibis.literal(end))
    begin, of = ibis.literal(MONDAY), dimensions()
    keyed = rows.select(
        event=ibis.coalesce(rows.event, rows.injury.cast("string")),
        town=of["town"].of(rows).fill_null(""), division=of["division"].of(rows).fill_null(""), kind=of["kind"].of(rows).fill_null(""),
        week=days_between(begin, rows.occurred) // 7, told=days_between(begin, rows.told) // 7,
    )  # fmt: skip
    once = keyed.group_by("event", "town", "division", "kind").agg(week=keyed.week.min(), told=keyed.told.min())
    return once.group_by("town", "division", "kind", "week", "told").agg(cases=once.count())


def _start(week: Whole, cases: Whole, last: int) -> int:
    """The first week of the history: the first that is no stray."""
    first = int(week.min())
    totals = np.bincount(week - first, cases, last - first + 1)
    usual = float(np.median(totals[totals > 0]))
    return first + int(np.argmax(totals >= STRAY * usual))
