"""From outcomes to pieces (件): a unit makes one when its outcome becomes graver, or when it is referred once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from wushang.judge.backtest.clock import ordinals
from wushang.judge.backtest.cube import Cube
from wushang.judge.backtest.states import States
from wushang.judge.pack import Pack
from wushang.terms.period import Period


@dataclass(frozen=True)
class Lines:
    """States one under the other: the unit's row, the day (since 1970), the outcome's place (0 none), what was measured."""

    at: np.ndarray
    day: np.ndarray
    outcome: np.ndarray
    values: np.ndarray  # line × measure, of rules that refer; no column else


@dataclass(frozen=True)
class Pieces:
    """What would have been sent, by day and unit; `outcome` is the place in the policy, the gravest 1."""

    at: np.ndarray
    day: np.ndarray
    outcome: np.ndarray

    def __len__(self) -> int:
        return len(self.at)

    def months(self, period: Period) -> np.ndarray:
        """In which month of the period each piece falls, 0 the first."""
        month = self.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return month - ((period.start.year - 1970) * 12 + period.start.month - 1)

    def by_month(self, period: Period) -> np.ndarray:
        return np.bincount(self.months(period), minlength=len(period.months()))


def lines(cube: Cube, found: States, where: np.ndarray | None = None, rows: np.ndarray | None = None) -> Lines:
    """The cells of a cube that were judged (of `where`, if told); `rows`: the places of its units in the whole cube."""
    at, k = np.nonzero(cube.there if where is None else cube.there & where)
    values = np.stack([column[at, k] for column in found.values.values()], axis=1) if found.values else np.empty((len(at), 0))
    return Lines(at if rows is None else rows[at], ordinals(cube.clock.days)[k], found.outcome[at, k], values)


def joined(parts: Iterable[Lines]) -> Lines:
    """By unit and day; of a day that is told twice the first counts."""
    several = list(parts)
    if len(several) == 1:
        return several[0]
    at, day, outcome = (np.concatenate([getattr(one, name) for one in several]) for name in ("at", "day", "outcome"))
    values = np.concatenate([one.values for one in several])
    order = np.lexsort([day, at])
    once = np.append(True, (at[order][1:] != at[order][:-1]) | (day[order][1:] != day[order][:-1]))
    order = order[once]
    return Lines(at[order], day[order], outcome[order], values[order])


def pieces(pack: Pack, of: Lines, period: Period) -> Pieces:
    """The lines on which an outcome became graver, within the period. A unit's first line is compared with nothing."""
    if not len(of.at):
        return Pieces(of.at, of.day, of.outcome)
    before = np.append(0, of.outcome[:-1])
    same = np.append(False, of.at[1:] == of.at[:-1])
    before[~same] = 0
    referral = np.array([False, *(outcome.kind == "referral" for outcome in pack.outcomes)])[of.outcome]
    more = np.zeros(len(of.at), bool)
    if of.values.shape[1]:
        now = np.nan_to_num(of.values)
        more[1:] = (now[1:] > now[:-1]).any(axis=1)
    graver = (of.outcome > 0) & ((before == 0) | (of.outcome < before) | (referral & more & (of.outcome == before)))
    start, end = ordinals([period.start, period.end])
    which = np.flatnonzero(graver & (of.day >= start) & (of.day <= end))
    order = which[np.lexsort([of.at[which], of.day[which]])]
    return Pieces(of.at[order], of.day[order], of.outcome[order])
