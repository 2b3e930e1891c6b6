"""One unit before and after: has its risk really fallen by 30 %, and how often would the plain rule say so by luck?

The exact comparison (`rates.rate_ratio`) with the mid-p interval beside it (Lancaster 1961; Berry and Armitage 1995, The
Statistician 44:417); the probability that the rate fell by so much, from gamma posteriors; and the errors of "the count fell
by 30 %" for a unit of this size. Checked: 7 → 1 (−85.7 %, exact p = 0.0703, mid-p 0.039), limits counted by hand, the chances
to pass by luck that were simulated (55 % at a mean of 1, 16 % at 16), and simulated units whose true fall is known.

A unit was warned because its count was high; part of the fall is that chance does not strike twice. With the prior of its industry
and size (`shrinkage`), the rate before is the shrunk one, and that part is taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.rates import share_to_odds
from wushang.terms.interval import Interval

Floats = NDArray[np.float64]
JEFFREYS = 0.5


def mid_p_interval(
    now: int, before: int, exposure_now: float, exposure_before: float, confidence: float = 0.95
) -> Interval:
    """Of the ratio of two rates, now ÷ before: narrower than the exact one, and right on the average rather than at the worst."""
    if exposure_now <= 0 or exposure_before <= 0:
        raise ValueError("a comparison needs two exposures above zero")
    tail, odds = (1 - confidence) / 2, exposure_before / exposure_now
    low = _share_at(now, now + before, 1 - tail) if now else 0.0
    high = _share_at(now, now + before, tail) if before else 1.0
    return Interval(odds * share_to_odds(low), odds * share_to_odds(high), confidence)


def _share_at(part: int, whole: int, level: float) -> float:
    """The share at which P(fewer) + P(as many)/2 comes to the level."""
    from scipy.optimize import brentq
    from scipy.special import bdtr

    def middle(share: float) -> float:
        return (bdtr(part, whole, share) + (bdtr(part - 1, whole, share) if part else 0)) / 2

    return float(brentq(lambda share: middle(share) - level, 0, 1, xtol=1e-12))


def chance_of_fall(
    now: ArrayLike, before: ArrayLike, exposure_now: ArrayLike, exposure_before: ArrayLike, fall: float = 0.30,
    prior_shape: ArrayLike = JEFFREYS, prior_exposure: ArrayLike = 0.0,
) -> Floats:  # fmt: skip
    """P(the rate fell by the share `fall` or more), one a unit; nan where nobody was exposed before or now.

    Before: gamma(prior_shape + cases, prior_exposure + exposure); the prior of `shrinkage` is shape and shape ÷ mean. Now: the
    rate before times an unknown factor, of which nothing is held beforehand (½ a case). Two gammas make a beta: it is exact.
    """
    from scipy.special import betainc

    x, e = np.asarray(now, dtype=float), np.asarray(exposure_now, dtype=float)
    shape = np.asarray(before, dtype=float) + np.asarray(prior_shape, dtype=float)
    held = np.asarray(exposure_before, dtype=float) + np.asarray(prior_exposure, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where((e > 0) & (held > 0), (1 - fall) * e / held, np.nan)
    return betainc(x + JEFFREYS, shape, factor / (1 + factor))


@dataclass(frozen=True)
class RuleErrors:
    """Of the rule "the rate of this year is lower than last year's by 30 % or more", where last year had a case."""

    false_pass: float  # it passes though nothing changed
    false_fail: float  # it fails though the risk did fall by `truly`


def rule_errors(mean: float, fall: float = 0.30, truly: float = 0.50, exposure: float = 1.0) -> RuleErrors:
    """How often the rule errs for a unit with this expected count before; `exposure`: this year's over last year's."""
    return RuleErrors(chance_to_pass(mean, fall, 0.0, exposure), 1 - chance_to_pass(mean, fall, truly, exposure))


def chance_to_pass(mean: float, fall: float, truly: float = 0.0, exposure: float = 1.0) -> float:
    """P(the counted fall is `fall` or more | a case before, the risk fell by `truly`); 0 where nothing is expected."""
    from scipy.stats import poisson

    if mean <= 0:
        return 0.0
    before = np.arange(1, int(mean + 12 * (mean + 1) ** 0.5) + 12)
    keep = (1 - Fraction(str(fall))) * Fraction(str(exposure))  # 0.7 × 10 is 7, and not a little less
    most = np.array([int(n) * keep.numerator // keep.denominator for n in before])
    passed = (poisson.pmf(before, mean) * poisson.cdf(most, mean * (1 - truly) * exposure)).sum()
    return float(passed / -np.expm1(-mean))


def least_mean(most: float, fall: float = 0.30, truly: float = 0.50) -> int:
    """The expected count from about which on both errors are at most `most`: a smaller unit is judged by luck, and waits longer
    or is judged by what was put right. Whole counts make the errors jump a little, so it is the first whole number in a bisection."""
    low, high = 0, 1
    while not _within(high, most, fall, truly):
        low, high = high, 2 * high
        if high > 1_000_000:
            raise ValueError("a rule whose limit is the true fall itself errs in half of the cases however large a unit is")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _within(middle, most, fall, truly) else (middle, high)
    return high


def _within(mean: int, most: float, fall: float, truly: float) -> bool:
    found = rule_errors(mean, fall, truly)
    return max(found.false_pass, found.false_fail) <= most
