"""Intervals of the means behind many Poisson counts at once: exact, mid-p, Byar.

Sources: Garwood (1936), the exact one, which holds the truth at least as often as is said; Lancaster (1961), Cohen and Yang (1994)
Statistics in Medicine 13:2189, the mid-p one, which does so on the average; Byar in Breslow and Day (1987) Statistical Methods in
Cancer Research II, p. 69, a formula that nearly is the exact one. For a single rate on a page see `rates`, which is exact.
Checked: no case (−ln 0.025; −ln 0.05), ten cases (4.80–18.39 exact, 4.79–18.39 Byar), and coverage summed over all counts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
HALVINGS = 80


def exact_intervals(counts: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Low and high ends, one a count."""
    from scipy.special import gammaincinv

    x, tail = np.asarray(counts, dtype=float), (1 - confidence) / 2
    low = np.where(x > 0, gammaincinv(np.maximum(x, 1), tail), 0.0)
    return low, gammaincinv(x + 1, 1 - tail)


def mid_p_intervals(counts: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """The same with half of the probability of the count itself: the ends are found between those of the exact one."""
    x, tail = np.asarray(counts, dtype=float), (1 - confidence) / 2
    low, high = exact_intervals(x, confidence)
    return np.where(x > 0, _mean_at(x, tail, low, high), 0.0), _mean_at(x, 1 - tail, low, high)


def _mean_at(x: Floats, level: float, low: Floats, high: Floats) -> Floats:
    """The mean at which P(more) + P(as many)/2 comes to the level."""
    from scipy.special import gammainc

    for _step in range(HALVINGS):
        middle = (low + high) / 2
        as_many_or_more = np.where(x > 0, gammainc(np.maximum(x, 1), middle), 1.0)
        below = (as_many_or_more + gammainc(x + 1, middle)) / 2 < level
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def byar_intervals(counts: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """By the cube root, nearly normal: no table and no search needed, so that anybody can reckon it again by hand."""
    from scipy.stats import norm

    x, z = np.asarray(counts, dtype=float), norm.isf((1 - confidence) / 2)
    some, more = np.maximum(x, 1), x + 1
    low = np.where(x > 0, some * np.maximum(1 - 1 / (9 * some) - z / (3 * np.sqrt(some)), 0) ** 3, 0.0)
    return low, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
