"""Headcounts added up for every unit and day at once: each row counts from the day it was known, in the windows that hold its
month; so running sums over the days answer for all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from wushang.judge.backtest.clock import touched
from wushang.judge.backtest.cube import Cube, summed, whole
from wushang.pool.reading import Pool
from wushang.pool.tables import declared


@dataclass(frozen=True)
class Heads:
    """Rows of insured headcounts: unit's place, month (1970-01 is 0), people, known from and until which day."""

    at: np.ndarray
    month: np.ndarray
    insured: np.ndarray
    since: np.ndarray
    until: np.ndarray


def heads(pool: Pool, cube: Cube) -> Heads:
    """The headcounts of the cube's units in every version of the data."""
    rows = pool.source(declared()["headcounts"])
    rows = rows.filter(rows.recorded <= pool.commit, rows.enterprise.notnull(), rows.month.notnull())
    asked = pool.fetch(rows.select("enterprise", "month", "insured", "recorded", "superseded"))
    at = cube.places(whole(asked["enterprise"]))
    days = whole(asked["month"])
    month = days.astype("datetime64[D]").astype("datetime64[M]")
    ends = ((month + 1).astype("datetime64[D]") - 1).astype(np.int64)
    since, until = cube.clock.known(whole(asked["recorded"]), whole(asked["superseded"]), ends)
    mine = (at >= 0) & (until > since)
    return Heads(at[mine], month.astype(np.int64)[mine], whole(asked["insured"])[mine], since[mine], until[mine])


def staff(found: Heads, cube: Cube, window: str) -> tuple[np.ndarray, np.ndarray]:
    """(headcounts summed, months delivered) of a window that ends on each day, for unit × day."""
    begins, ends = during(cube, window, found.month)
    inside = ends > begins
    at, month, insured = found.at[inside], found.month[inside], found.insured[inside]
    since, until = np.maximum(found.since[inside], begins[inside]), np.minimum(found.until[inside], ends[inside])
    low = int(month.min()) if len(month) else 0
    return summed(cube.shape, at, since, until, insured), summed(cube.shape, *once(at * (int(month.max(initial=low)) - low + 1) + month - low, at, since, until))


def during(cube: Cube, window: str, months: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From which day on, and until before which, a window touches each month (1970-01 is 0); 0 and 0 where it never does."""
    first, last = months_of(window, cube)
    low, high = min(first), max(first)
    begins, ends = (np.array([of.get(m, 0) for m in range(low, high + 1)], dtype=np.int64) for of in (first, last))
    inside = (months >= low) & (months <= high)
    place = np.where(inside, months - low, 0)
    return np.where(inside, begins[place], 0), np.where(inside, ends[place], 0)


def months_of(window: str, cube: Cube) -> tuple[dict[int, int], dict[int, int]]:
    """Month → from which day on, and until before which day, the window touches it. A window's months follow each other."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for k, month, _period in sorted(touched(window, cube.clock.days), key=lambda one: (one[1], one[0])):
        number = (month.year - 1970) * 12 + month.month - 1
        assert last.get(number, k) == k, f"{window} leaves {month} and comes back"
        first.setdefault(number, k)
        last[number] = k + 1
    return first, last


def once(key: np.ndarray, at: np.ndarray, since: np.ndarray, until: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A unit may pay in two modes: of rows with the same key (unit and month) the days that several cover count once."""
    many = np.bincount(key)[key] > 1 if len(key) else np.zeros(0, bool)
    order = np.flatnonzero(many)
    order = order[np.lexsort([since[order], key[order]])]
    wide = int(until.max(initial=0)) + 1
    reach = np.maximum.accumulate(key[order] * wide + until[order]) if len(order) else order
    same = np.append(False, key[order][1:] == key[order][:-1]) if len(order) else many[:0]
    before = np.append(0, reach[:-1])[: len(order)] - key[order] * wide
    since = since.copy()
    since[order] = np.where(same, np.maximum(since[order], before), since[order])
    return at, since, until


def table(where: np.ndarray, sums: tuple[np.ndarray, np.ndarray]) -> pa.Table:
    """unit (the moment's number), staff, months: what `analyse.each_unit.workers` answers, for the moments asked about."""
    insured, months = (of.ravel() for of in sums)
    some = np.flatnonzero((months > 0) & where.ravel())
    return pa.table({"unit": some, "staff": insured[some].astype(np.int64), "months": months[some].astype(np.int64)})


def years(found: Heads, cube: Cube, window: str) -> np.ndarray:
    """Person-years insured in the window that ends on each day."""
    return staff(found, cube, window)[0] / 12

