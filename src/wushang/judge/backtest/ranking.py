"""The same number of letters by statistics: each month to the units with the highest excess, by what was known then.

Excess is (shrunk rate − the mean of the unit's industry and size) × person-years, the order that `docs/topics/shrinkage.md` found
best. The prior is fitted anew each calendar year, the counts are those of two years; a unit that got a letter gets none for the
half year after, as a unit that stands at a level gets none again.
"""

from __future__ import annotations

import numpy as np

from wushang.analyse.injuries import REACHED
from wushang.judge.backtest.clock import ordinals
from wushang.judge.backtest.cube import Cube, summed, whole
from wushang.judge.backtest.later import WITHIN
from wushang.judge.backtest.pieces import Pieces
from wushang.judge.backtest.staff import Heads, during, years
from wushang.pool.reading import Pool
from wushang.pool.tables import declared
from wushang.statistics.shrinkage import Prior, fit, posterior
from wushang.terms.period import Period, month_end

LOOK_BACK = "last_24_months"
FITTED, THIN = 10_000, 200  # units that a prior is fitted on, about; units of a cell that are all taken


def ranked(pool: Pool, cube: Cube, heads: Heads, period: Period, letters: np.ndarray) -> Pieces:
    """letters: how many in each month of the period. None are drawn where nothing was known that can be ranked."""
    counts, exposure = cases(pool, cube), years(heads, cube, LOOK_BACK)
    levels = _levels(cube)
    rested, prior, of_year = np.full(len(cube.units), -WITHIN), None, 0
    drawn: list[tuple[np.ndarray, int]] = []
    for n, month in enumerate(period.months()):
        k = cube.clock.days.index(month_end(month))
        x, e = counts[:, k], exposure[:, k]
        if letters[n] and month.year != of_year:
            prior, of_year = _prior(x, e, levels), month.year
        if letters[n] and prior is not None:
            free = np.flatnonzero(cube.there[:, k] & (e > 0) & (rested + WITHIN <= n))
            worth = _excess(x, e, prior)[free]
            chosen = free[np.lexsort([free, -worth])][: int(letters[n])]
            rested[chosen] = n
            drawn.append((np.sort(chosen), int(ordinals([month_end(month)])[0])))
    at = np.concatenate([rows for rows, _day in drawn]) if drawn else np.zeros(0, np.int64)
    day = np.concatenate([np.full(len(rows), day) for rows, day in drawn]) if drawn else np.zeros(0, np.int64)
    return Pieces(at, day, np.ones(len(at), np.int8))


def _levels(cube: Cube) -> list[np.ndarray]:
    """Industry, and industry × size, as numbers."""
    division = np.unique(np.array([code[:3] for code in cube.industry.tolist()], dtype=str), return_inverse=True)[1]
    size = np.unique(cube.size, return_inverse=True)[1]
    return [division, division * (size.max(initial=0) + 1) + size]


def _prior(counts: np.ndarray, exposure: np.ndarray, levels: list[np.ndarray]) -> Prior | None:
    """The prior of every unit, fitted on some of them: the whole of a thin cell, every n-th of a full one by its exposure."""
    counts = np.where(exposure > 0, counts, 0)
    some = _some(exposure, levels[-1])
    if not counts[some].sum():
        return None
    found = fit(counts[some], exposure[some], [level[some] for level in levels])
    cells, at = np.unique(levels[-1][some], return_index=True)
    place = at[np.searchsorted(cells, levels[-1])]
    return Prior(found.mean[place], found.shape[place], found.between)


def _some(exposure: np.ndarray, cell: np.ndarray) -> np.ndarray:
    step = -(-len(cell) // FITTED)
    order = np.lexsort([exposure, cell])
    first = np.searchsorted(cell[order], cell[order], "left")
    thin = np.bincount(cell)[cell[order]] <= THIN
    return np.sort(order[thin | ((np.arange(len(order)) - first) % step == 0)])


def _excess(counts: np.ndarray, exposure: np.ndarray, prior: Prior) -> np.ndarray:
    return (posterior(counts, exposure, prior).mean - prior.mean) * exposure


def cases(pool: Pool, cube: Cube) -> np.ndarray:
    """Injuries at work of the two years that end on each day, as known then, for unit × day."""
    rows = pool.source(declared()["injuries"])
    rows = rows.filter(
        rows.recorded <= pool.commit, rows.status.isin(REACHED["reported"]), rows.at_work, rows.enterprise.notnull(), rows.occurred.notnull()
    )  # fmt: skip
    found = pool.fetch(rows.select("enterprise", "occurred", "recorded", "superseded", told=rows.reported.fill_null(rows.occurred)))
    at = cube.places(whole(found["enterprise"]))
    occurred = whole(found["occurred"]).astype("datetime64[D]")
    since, until = cube.clock.known(whole(found["recorded"]), whole(found["superseded"]), np.maximum(whole(found["told"]), whole(found["occurred"])))
    begins, ends = during(cube, LOOK_BACK, occurred.astype("datetime64[M]").astype(np.int64))
    since = np.maximum(since, np.maximum(begins, cube.clock.by_day(whole(found["occurred"]))))
    mine = at >= 0
    return summed(cube.shape, at[mine], since[mine], np.minimum(until, ends)[mine])
