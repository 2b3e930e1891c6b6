"""From counts and person-years to a ranking that says how sure it is: posterior rate, P(above k times the reference), P(in the top N),
rank interval, bands in which the order means nothing, and where the plain count lies in the funnel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wushang.judge.ranking.units import Units
from wushang.statistics.funnel import dispersion, poisson_p, root_scores, widened_limits, winsorised
from wushang.statistics.shrinkage import Posterior, Prior, fit, in_top, posterior, ranks, tie_bands

Floats = NDArray[np.float64]
TIMES = 2.0  # k: of the reference
TOP = {"unit": 20, "town": 3, "division": 3}
SMALL = 5.0  # person-years: a unit below is told with the others of its trade
SEED = 7  # the same data give the same answer
DRAWS, MANY = 1000, 20_000  # joint draws; a fifth of them where so many units are ranked
FUNNEL = (0.025, 0.001)  # one-sided: outside of 95 % and of 99.8 %


@dataclass(frozen=True)
class Ranked:
    """One a unit (or township, or trade), the most likely in the top first. `at`: its place in the arrays that came in; rates in
    accidents a person-year; `reference`: its trade's, or the whole area's; `funnel`: −2 … 2, outside of 99.8 or 95 % below or above."""

    at: NDArray[np.int64]
    rate: Floats
    mean: Floats
    low: Floats
    high: Floats
    reference: Floats
    above: Floats
    top: Floats
    rank: Floats
    rank_low: Floats
    rank_high: Floats
    band: NDArray[np.int64]
    funnel: NDArray[np.int64]


def of_units(units: Units, shown: int) -> Ranked | None:
    """Units by excess over their trade's rate: a rank by rate puts the smallest first, one by count the largest. None where there are
    too few to learn from."""
    prior = units.prior()
    if prior is None:
        return None
    known = posterior(units.events, units.years, prior)
    reference = _pooled(units.events, units.years, units.division)
    return _ranked(units.events, units.years, known, reference, TOP["unit"], shown, units.years, reference * units.years)


def of_groups(events: NDArray[np.int64], years: Floats, top: int) -> Ranked | None:
    """Townships or trades by rate, beside the whole area's. None below three, or without any accident."""
    if events.size < 3 or not events.sum():
        return None
    prior: Prior = fit(events, years)
    known = posterior(events, years, prior)
    reference = np.full(events.size, events.sum() / years.sum())
    return _ranked(events, years, known, reference, min(top, events.size - 1), events.size, np.ones(events.size), np.zeros(events.size), wide=True)


def _pooled(events: NDArray[np.int64], years: Floats, kind: NDArray[np.str_]) -> Floats:
    """The rate of each unit's trade, its own cases among them."""
    _labels, place = np.unique(kind, return_inverse=True)
    return (np.bincount(place, events) / np.bincount(place, years))[place]


def _ranked(
    events: NDArray[np.int64], years: Floats, known: Posterior, reference: Floats, top: int, shown: int, worth: Floats, less: Floats,
    wide: bool = False,
) -> Ranked:  # fmt: skip
    draws = DRAWS if events.size <= MANY else DRAWS // 5
    chance = in_top(known, top, SEED, worth=worth, less=less)
    order = np.lexsort((-(known.mean * worth - less), -chance))[:shown]
    place = ranks(known, order, SEED, draws, worth=worth, less=less)
    low, high = known.interval(0.90)
    above, funnel, band = known.above(TIMES * reference), _funnel(events, reference * years, wide), tie_bands(known)
    return Ranked(
        at=order, rate=(events / years)[order], mean=known.mean[order], low=low[order], high=high[order], reference=reference[order],
        above=above[order], top=chance[order], rank=place.median, rank_low=place.low, rank_high=place.high, band=band[order], funnel=funnel[order],
    )  # fmt: skip


def _funnel(events: NDArray[np.int64], expected: Floats, wide: bool) -> NDArray[np.int64]:
    """Units by the exact Poisson tail; townships and trades, which differ by more than chance, by limits widened by τ²."""
    due = np.maximum(expected, 1e-9)
    found = np.zeros(events.size, dtype=int)
    if wide:
        tau2 = dispersion(*_scores(events, due)).tau2
        for tail in FUNNEL:
            limits = widened_limits(due, tau2=tau2, share=1 - 2 * tail)
            found += (events > limits.high).astype(int) - (events < limits.low).astype(int)
        return found
    more = poisson_p(events, due)[0]
    fewer = 1 - poisson_p(events + 1, due)[0]
    for tail in FUNNEL:
        found += (more < tail).astype(int) - (fewer < tail).astype(int)
    return found


def _scores(events: NDArray[np.int64], due: Floats) -> tuple[Floats, Floats]:
    z, error = root_scores(events, due)
    return winsorised(z), error
