"""What happened to a group that was chosen because its counts were high, beside all the others: the effect without the luck.

A group with high counts falls by itself (regression to the mean). Empirical Bayes, as in the evaluation of treated accident
sites (Hauer 1997, Observational Before–After Studies in Road Safety): each unit's expected count afterwards is its shrunk one, by
a prior fitted to ALL units of the time before, the chosen included, because they were chosen by what the posterior knows; the
trend is that of the others, against their shrunk counts too. The variance of the logarithm adds up four doubts: Poisson, posterior,
the prior's two parameters (delta method), and how much units drift by themselves.

Checked: 6,000 units of which the 262 with the largest counts are chosen: with no effect the ratio is 1.00 and the 95 % interval
holds it as often as is said; the plain comparison says 0.75.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.shrinkage import Posterior, Prior, fit, posterior
from wushang.statistics.shrinkage.fitting import minus_log_likelihood
from wushang.terms.interval import Interval

Floats = NDArray[np.float64]
STEP = 1e-3  # of the logarithms of shape and mean, for derivatives


@dataclass(frozen=True)
class GroupEffect:
    """`ratio`: cases of the chosen over those to be expected of them; `trend`: of the others over theirs; `drift`: variance of the
    units' own changes beyond chance (squared coefficient of variation), which the interval contains."""

    ratio: float
    interval: Interval
    trend: float
    expected: float
    cases: int
    drift: float


@dataclass(frozen=True)
class Known:
    """Counts and exposures of all units, and which were chosen."""

    before: Floats
    after: Floats
    exposure_before: Floats
    exposure_after: Floats
    chosen: NDArray[np.bool_]

    def to_come(self, prior: Prior) -> tuple[Floats, Floats]:
        """Each unit's expected count afterwards, were its rate still the same, and the variance with which that is known."""
        held: Posterior = posterior(self.before, self.exposure_before, prior)
        return held.mean * self.exposure_after, held.shape * (self.exposure_after / held.exposure) ** 2


def group_effect(
    before: ArrayLike, after: ArrayLike, exposure_before: ArrayLike, exposure_after: ArrayLike, chosen: ArrayLike,
    levels: Sequence[ArrayLike] = (), confidence: float = 0.95,
) -> GroupEffect:  # fmt: skip
    """All units in, chosen or not; `levels` as in `shrinkage.fit`. ValueError where a group has no case afterwards."""
    from scipy.stats import norm

    x, y, e, later = (np.asarray(part, dtype=float) for part in (before, after, exposure_before, exposure_after))
    of = Known(x, y, e, later, np.asarray(chosen, dtype=bool))
    cases, others = of.after[of.chosen].sum(), of.after[~of.chosen].sum()
    if not cases or not others:
        raise ValueError("an effect needs a case afterwards among the chosen and among the others")
    prior = fit(of.before, of.exposure_before, levels)
    due, variance = of.to_come(prior)
    trend = others / due[~of.chosen].sum()
    drift = _drift(of, due, variance, trend)
    spread = sum(_part(of.after, due, variance + drift * due**2, group) for group in (of.chosen, ~of.chosen))
    spread += _doubt_of_the_prior(of, prior)
    expected = trend * due[of.chosen].sum()
    ratio, half = cases / expected, norm.isf((1 - confidence) / 2) * spread**0.5
    ends = Interval(float(ratio * np.exp(-half)), float(ratio * np.exp(half)), confidence)
    return GroupEffect(float(ratio), ends, float(trend), float(expected), int(cases), drift)


def _part(after: Floats, due: Floats, variance: Floats, group: NDArray[np.bool_]) -> float:
    """Of the variance of a logarithm: Poisson, and what is not known of the units' rates."""
    return float(1 / after[group].sum() + variance[group].sum() / due[group].sum() ** 2)


def _drift(of: Known, due: Floats, variance: Floats, trend: float) -> float:
    """From the others: how much more their counts vary about the expected than chance and posterior allow, by moments; the
    larger a unit the less it may say alone."""
    y, mean, spread = of.after[~of.chosen], trend * due[~of.chosen], trend**2 * variance[~of.chosen]
    weight = 1 / (mean + spread + 0.1 * mean**2) ** 2
    return max(0.0, float((weight * mean**2 * ((y - mean) ** 2 - mean - spread)).sum() / (weight * mean**4).sum()))


def _doubt_of_the_prior(of: Known, prior: Prior) -> float:
    """d'Sd: d the gradient of log (due of the chosen ÷ due of the others) in the logarithms of shape and mean, S their covariance."""
    values, times = np.unique(of.before, return_counts=True)

    def unlikely(at: Floats) -> float:
        mean = prior.mean * np.exp(at[1]) * of.exposure_before
        told = minus_log_likelihood(of.before, mean, float(prior.between * np.exp(at[0])), values, times)
        return told - float(of.before.sum() * at[1])

    def share(at: Floats) -> float:
        due, _variance = of.to_come(Prior(prior.mean * np.exp(at[1]), prior.shape * np.exp(at[0]), prior.between))
        return float(np.log(due[of.chosen].sum() / due[~of.chosen].sum()))

    slope = np.array([(share(step) - share(-step)) / (2 * STEP) for step in np.eye(2) * STEP])
    return float(slope @ np.linalg.pinv(_curvature(unlikely)) @ slope)


def _curvature(of: Callable[[Floats], float]) -> Floats:
    """Second derivatives at nought."""
    a, b = np.eye(2) * STEP * 10
    mixed = (of(a + b) - of(a - b) - of(b - a) + of(-a - b)) / 4
    middle = of(np.zeros(2))
    return np.array([[of(a) - 2 * middle + of(-a), mixed], [mixed, of(b) - 2 * middle + of(-b)]]) / (STEP * 10) ** 2
