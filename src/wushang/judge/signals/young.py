"""最近几周还会增加: the weeks whose reports are not in yet, with what they will come to, so that nobody reads a quiet last week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wushang.judge.signals.choosing import DELAYS, OLDEST, PERIODS, RIPE
from wushang.judge.signals.series import Facts
from wushang.statistics.nowcast import Nowcast, nowcast

TOLD = 0.3  # of a week's reports that should be in, for its total to be foretold
LEAST = 30  # accidents of the weeks that are learnt from; with fewer nothing is foretold


@dataclass(frozen=True)
class Young:
    """One week from a Monday on: accidents accepted so far, the share that should be in (%), the total to come to with its 90 % interval."""

    monday: date
    seen: int
    share: int
    total: int | None  # None where so little should be in that it tells nothing
    low: int
    high: int

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def young(facts: Facts) -> list[Young]:
    """The unripe weeks of all that the facts hold, the newest first; [] where too few reports tell how late they come."""
    periods = min(PERIODS, facts.weeks)
    table = facts.delays(periods, min(DELAYS, periods))
    if periods < OLDEST or table.sum() < LEAST:
        return []
    found = nowcast(table, seed=facts.weeks, ripe=RIPE)
    ages = [age for age in range(min(OLDEST, periods)) if not found.ripe[-1 - age]]
    return [_week(facts, found, age) for age in ages if np.isfinite(found.total[-1 - age])]


def _week(facts: Facts, found: Nowcast, age: int) -> Young:
    at, monday = -1 - age, facts.monday(facts.weeks - 1 - age)
    seen, low = int(found.seen[at]), int(found.low[at])
    share = float(found.completion[at])
    total = max(seen, round(float(found.total[at]))) if share >= TOLD else None
    return Young(monday, seen, round(100 * share), total, low, int(found.high[at]))
