"""One day of the line: what was known of every unit at the end of a month, and the injuries that came afterwards."""

from __future__ import annotations

import numpy as np

from wushang.judge.risk.columns import columns
from wushang.judge.risk.facts import Facts, counted, filled
from wushang.statistics.risk import Day, Past

WHOLE, RECENT = 36, 12  # months of the past
LEAST, ENOUGH = 6, 12  # months of past without which nothing is learnt; with less than a whole year only where there is no more
RIPE = 3  # months after which hardly any injury is told any more
STEP = 3  # months between two days of the line
YEAR = 12
SIZES = (10, 30, 100, 300)  # people; from the list of 与同行业、同规模比
HORIZONS = (3, 12)  # months


def day(facts: Facts, origin: int, horizon: int, ahead: bool = False) -> Day:
    """As known at the end of month `origin` − 1, of the units that had people then; `ahead`: what comes is not known yet."""
    heads = filled(facts.heads[:, :origin])
    kept = np.flatnonzero(heads[:, -1] > 0)
    told = heads * shares_told(facts, origin)
    now = heads[kept, -1]
    division = np.array([code[:3] for code in facts.industry[kept]], dtype=object).astype(str)
    size = np.searchsorted(SIZES, now, side="right").astype(str)
    return Day(
        facts.units[kept], _past(facts, told, origin, WHOLE, kept), _past(facts, told, origin, RECENT, kept),
        (division, np.char.add(np.char.add(division, "|"), size)), now * horizon / YEAR,
        {name: of[kept] for name, of in columns(facts, heads, origin).items()},
        None if ahead else counted(facts, origin, origin + horizon, facts.months)[kept],
    )  # fmt: skip


def _past(facts: Facts, told: np.ndarray, origin: int, months: int, kept: np.ndarray) -> Past:
    start = max(0, origin - months)
    return Past(counted(facts, start, origin, origin)[kept], told[kept, start:].sum(axis=1) / YEAR)


def shares_told(facts: Facts, origin: int) -> np.ndarray:
    """By month up to the origin: the share of its injuries that is told by then, from how late older ones were told. A young month
    counts with that share of its exposure, so that few reports are not taken for few injuries."""
    of, age = facts.hurt, origin - 1 - np.arange(origin)
    old = (of.month < origin - RIPE) & (of.told < origin)
    late = np.sort(of.told[old] - of.month[old])
    if not late.size:
        return np.ones(origin)
    return np.maximum(np.searchsorted(late, age, side="right") / late.size, 1e-3)


def line(facts: Facts, horizon: int) -> list[int]:
    """The months at whose beginning something can be learnt: enough past behind, and all that came is told. Three months' sums are
    learnt at the same season only, so that the level needs no season."""
    last = facts.months - horizon - RIPE
    step = STEP if horizon == YEAR else YEAR
    newest = last if horizon == YEAR else facts.months - YEAR
    newest = min(newest, last)
    return sorted(range(newest, (ENOUGH if newest >= ENOUGH else LEAST) - 1, -step))


def ends(horizon: int) -> int:
    """How many days of the line later all that came of a day is told."""
    return -(-(horizon + RIPE) // (STEP if horizon == YEAR else YEAR))
