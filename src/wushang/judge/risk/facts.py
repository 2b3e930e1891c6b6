"""What the model may know, as plain arrays by unit and month: no names, no worker, nothing that tells of one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wushang.terms.period import add_months

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
NEVER = 10**6  # a month that does not come
FILLED = 3  # months for which the last headcount stands in for one that was not delivered


@dataclass(frozen=True)
class Hurt:
    """Injuries at work (生产经营性, 人次): place of the unit, month in which it happened and in which it was told, whether serious or
    fatal, whether within three months of hiring (nan: not known)."""

    unit: Whole
    month: Whole
    told: Whole
    serious: NDArray[np.bool_]
    new: Floats


@dataclass(frozen=True)
class Dated:
    """Things of a unit that begin in one month and end in another (NEVER: still open), with a weight each."""

    unit: Whole
    start: Whole
    end: Whole
    weight: Floats


@dataclass(frozen=True)
class Facts:
    """Units in the order of `units`; months are counted from `first`, `months` of them are over. `things` holds only the tables
    that somebody fills: what is not there is not known, and not zero."""

    units: Whole
    industry: NDArray[np.str_]
    first: date
    months: int
    heads: Floats  # units × months, 0 where not insured
    hurt: Hurt
    things: Mapping[str, Dated]

    def month(self, place: int) -> date:
        return add_months(self.first, place)

    def until(self, months: int) -> Facts:
        """As they were when so many months were over."""
        kept, of = self.hurt.told < months, self.hurt
        hurt = Hurt(of.unit[kept], of.month[kept], of.told[kept], of.serious[kept], of.new[kept])
        return replace(self, months=months, heads=self.heads[:, :months], hurt=hurt)


def filled(heads: Floats) -> Floats:
    """A month that was not delivered has the headcount of the one before, for three months at the most."""
    found = heads.copy()
    for step in range(1, heads.shape[1]):
        lately = heads[:, max(0, step - FILLED) : step].any(axis=1)
        found[:, step] = np.where((heads[:, step] == 0) & lately, found[:, step - 1], heads[:, step])
    return found


def counted(facts: Facts, start: int, end: int, known: int, weight: NDArray | None = None) -> Floats:
    """Injuries of the months from `start` up to `end` (not included) that had been told before month `known`, by unit."""
    of = facts.hurt
    kept = (of.month >= start) & (of.month < end) & (of.told < known)
    values = np.ones(kept.sum()) if weight is None else np.asarray(weight, dtype=float)[kept]
    return np.bincount(of.unit[kept], values, minlength=facts.units.size).astype(float)
