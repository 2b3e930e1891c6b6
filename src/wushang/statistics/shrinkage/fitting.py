"""The prior of each firm's rate, by marginal likelihood from all firms: one shape, one mean for each cell of the hierarchy.

The plain maximum says "all alike" whenever few firms cannot show otherwise, and takes the cells' means for known. Two terms mend
that and vanish with many firms: the adjustment for density maximisation of Morris and Tang (2011) Statistical Science 26:271, and
the adjusted profile likelihood of Cox and Reid (1987) JRSS B 49:1. With 90 firms in 30 industries the 90 % interval then holds
the truth in 90 % instead of 77 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
LOG_SHAPES = (-7.0, 14.0)  # looked through: from "a few firms have all the cases" to "all firms are alike"
ROUNDS, CLOSE = 40, 1e-6


@dataclass(frozen=True)
class Cells:
    """One level: the cell each firm is in, and how alike its cells are (shape of their ratio to the level above)."""

    of: NDArray[np.int64]
    strength: float = 1.0


@dataclass(frozen=True)
class Prior:
    """One a firm: the mean of its rate, and the shape of the gamma about it (1 ÷ squared coefficient of variation), in which
    stands also how little a thin cell tells of its own mean. `between` is the shape between firms of one cell, for all."""

    mean: Floats
    shape: Floats
    between: float


def fit(counts: ArrayLike, exposure: ArrayLike, levels: Sequence[ArrayLike] = ()) -> Prior:
    """Counts, exposures and labels of all firms → the prior of each. `levels` go from coarse to fine, each within the one before:
    (industry, industry × size). A firm without exposure gets its cell's prior. ValueError: cases without exposure, no case."""
    x, e = np.asarray(counts, dtype=float), np.asarray(exposure, dtype=float)
    _refuse(x, e)
    cells = [Cells(np.unique(np.asarray(labels), return_inverse=True)[1]) for labels in levels]
    mean, shape = np.full(x.shape, x.sum() / e.sum()), 1.0
    for _round in range(ROUNDS):
        before, shape = shape, shape_of(x, mean * e, cells)
        mean, doubt, cells = _means(x, e, mean, shape, cells)
        if abs(np.log(shape / before)) < CLOSE:
            break
    return Prior(mean, 1 / (1 / shape + (1 + 1 / shape) * doubt), shape)


def _refuse(x: Floats, e: Floats) -> None:
    if np.any(x[e <= 0] > 0) or np.any(e < 0):
        raise ValueError("cases without an exposure above zero: leave such firms out of the fit")
    if not x.sum():
        raise ValueError("not one case among all firms: there is no rate to shrink to")


def shape_of(counts: Floats, expected: Floats, cells: Sequence[Cells] = ()) -> float:
    """The shape r of negative binomial counts with these means (variance μ + μ²/r), from the adjusted likelihood."""
    from scipy.optimize import minimize_scalar

    values, times = np.unique(counts, return_counts=True)

    def unlikely(log_r: float) -> float:
        r = float(np.exp(log_r))
        known = expected / (1 + expected / r)  # information about the logarithm of a mean
        unsure = sum(np.log(sums(level.of, known) + level.strength).sum() / 2 for level in cells)
        return minus_log_likelihood(counts, expected, r, values, times) + float(unsure) + log_r

    return float(np.exp(minimize_scalar(unlikely, bounds=LOG_SHAPES, method="bounded", options={"xatol": 1e-6}).x))


def minus_log_likelihood(counts: Floats, expected: Floats, r: float, values: Floats, times: NDArray[np.int64]) -> float:
    """Of negative binomial counts but for what does not depend on r; `values` and `times`: which counts there are, how often."""
    from scipy.special import gammaln

    ways = (times * (gammaln(values + r) - gammaln(r))).sum()
    return float(((counts + r) * np.log1p(expected / r)).sum() + counts.sum() * np.log(r) - ways)


def _means(
    x: Floats, e: Floats, mean: Floats, shape: float, cells: Sequence[Cells]
) -> tuple[Floats, Floats, list[Cells]]:  # fmt: skip
    """Each firm's prior mean, and the squared coefficient of variation it is known with: the whole first, then level by level.

    A case counts with weight 1/(1 + μ/r), the score of the negative binomial; so weighted sums have about the variance of a
    Poisson, and a cell's ratio to the level above is gamma–Poisson again, with the strength that the cells show between them.
    """
    weight, found = 1 / (1 + mean * e / shape), []
    whole = (weight * x).sum() / (weight * e).sum()
    mean, doubt = np.full(x.shape, whole), np.full(x.shape, 1 / (weight * x).sum())
    for level in cells:
        weight = 1 / (1 + mean * e / shape)
        seen, due = sums(level.of, weight * x), sums(level.of, weight * mean * e)
        k = shape_of(seen, due)
        mean = mean * ((seen + k) / (due + k))[level.of]
        doubt = (1 / (seen + k))[level.of] + ((k / (due + k)) ** 2)[level.of] * doubt
        found.append(Cells(level.of, k))
    return mean, doubt, found


def sums(cell: NDArray[np.int64], values: Floats) -> Floats:
    """Values added up by cell."""
    return np.bincount(cell, values).astype(float)
