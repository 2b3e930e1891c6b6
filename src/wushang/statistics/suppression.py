"""What a fall may hide (瞒报): light cases that vanish while grave ones do not, filings that come later, silence after a letter.

Sources: Fisher (1935) for two shares in a table; Lancaster (1961) for its mid-p; Mann and Whitney (1947) for two sets of lags; Hong
(2013) Comput. Stat. Data Anal. 59:41 for the number of silent units. Checked: Fisher's lady and her tea (17/70), lags and
silences counted by hand. No figure here accuses anybody: it says where to look, and stands beside every claimed fall.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ShareShift:
    """Share of the light cases before and now, and P(so great a fall of it or greater) if nothing changed: exact and mid-p.
    A share is None where there was no case."""

    before: float | None
    now: float | None
    p: float
    mid_p: float


def share_shift(light_before: int, grave_before: int, light_now: int, grave_now: int) -> ShareShift:
    """Counts of light and grave cases in two periods → whether the light ones are a smaller part of all (one-sided, Fisher)."""
    from scipy.stats import hypergeom

    before, now = light_before + grave_before, light_now + grave_now
    law = hypergeom(before + now, light_before + light_now, now)
    p = float(law.cdf(light_now))
    share_before, share_now = light_before / before if before else None, light_now / now if now else None
    return ShareShift(share_before, share_now, min(1.0, p), min(1.0, p - float(law.pmf(light_now)) / 2))


@dataclass(frozen=True)
class LagShift:
    """Days from accident to filing: medians, shares of late ones, and P(so much later or more) by ranks if nothing changed."""

    median_before: float
    median_now: float
    late_before: float
    late_now: float
    p: float


def lag_shift(before: ArrayLike, now: ArrayLike, late: int, longest: int) -> LagShift:
    """Lags in days of two groups of accidents → whether filings come later; over `late` days is late (30 by law).

    Both groups must be accidents older than `longest` days, and longer lags are left out of both: else the young group looks fast,
    since its slow filings have not come yet. ValueError where a group is empty.
    """
    from scipy.stats import mannwhitneyu

    first, second = (np.asarray(lags, dtype=float) for lags in (before, now))
    first, second = first[first <= longest], second[second <= longest]
    if not first.size or not second.size:
        raise ValueError("filing lags need a case in both groups")
    p = float(mannwhitneyu(second, first, alternative="greater").pvalue)
    median_before, median_now = (float(np.median(of)) for of in (first, second))
    late_before, late_now = (float((of > late).mean()) for of in (first, second))
    return LagShift(median_before, median_now, late_before, late_now, p)


def silence_chance(expected: ArrayLike, shape: ArrayLike = np.inf) -> Floats:
    """P(no case at all | so many expected), one a unit: Poisson; with the gamma shape of a shrunk rate the negative binomial.

    The expected count is the shrunk one: with the count for which the unit was warned, every silence would look odd.
    """
    due, known = np.asarray(expected, dtype=float), np.asarray(shape, dtype=float)
    with np.errstate(invalid="ignore"):
        return np.where(np.isinf(known), np.exp(-due), np.exp(-known * np.log1p(due / known)))


def so_many_silent(chance: ArrayLike, silent: int) -> float:
    """P(so many units silent or more) from the chance of each: exact, by adding one unit after another (Poisson binomial)."""
    ways = np.ones(1)
    for one in np.asarray(chance, dtype=float).ravel():
        ways = np.convolve(ways, (1 - one, one))
    return float(min(1.0, ways[silent:].sum()))
