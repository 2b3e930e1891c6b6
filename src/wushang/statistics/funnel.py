"""Funnel limits: between which values a unit of a given size lies by chance, also where units differ more than chance allows.

Source: Spiegelhalter (2005) Statistics in Medicine 24:1185: exact limits interpolated between whole counts (its appendix A.1),
over-dispersion φ of winsorised z-scores, or additive random effects τ² (DerSimonian and Laird 1986); for counts on the square-root
scale, z = 2 (√O − √E) (Spiegelhalter et al. 2012, JRSS A 175:1). Mid-p: Lancaster (1961). Checked: Poisson probabilities
counted by hand; φ = 2.948033 of the six groups in the tests of R's FunnelPlotR (its log scale, by `dispersion` on the same z); a
simulated τ² found again. All arguments are arrays of one shape, or one value for all; a share is 0.95 or 0.998.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """Lower and upper limit, one a unit: counts (Poisson), or shares (binomial)."""

    low: Floats
    high: Floats


@dataclass(frozen=True)
class Dispersion:
    """φ: mean square of the z-scores, 1 where all is chance. `tau2`: variance between units beyond chance, on the scale of z."""

    phi: float
    tau2: float


def poisson_limits(expected: ArrayLike, share: float = 0.95) -> Limits:
    """Expected counts → the exact limits between which a Poisson count lies, interpolated so that the curve is smooth in size.
    They are the lines of a picture; whether one unit stands outside is said by `poisson_p`."""
    from scipy.stats import poisson

    mu = np.asarray(expected, dtype=float)
    low, high = (_interpolated(poisson, tail, (mu,)) for tail in _tails(share))
    return Limits(low, high)


def binomial_limits(size: ArrayLike, target: ArrayLike, share: float = 0.95) -> Limits:
    """Numbers of persons and the target share (such as the whole area's) → the limits of a unit's share."""
    from scipy.stats import binom

    n, p = np.broadcast_arrays(np.asarray(size, dtype=float), np.asarray(target, dtype=float))
    low, high = (_interpolated(binom, tail, (n, p)) / n for tail in _tails(share))
    return Limits(low, np.minimum(high, 1.0))


def _tails(share: float) -> tuple[float, float]:
    return (1 - share) / 2, (1 + share) / 2


def _interpolated(law, tail: float, of: tuple[Floats, ...]) -> Floats:
    """r − α with r the quantile and α the part of its probability that is not needed; 0 at the least."""
    r = law.ppf(tail, *of)
    over, weight = law.cdf(r, *of) - tail, law.pmf(r, *of)
    return np.maximum(r - np.divide(over, weight, out=np.zeros_like(over), where=weight > 0), 0)


def poisson_p(counts: ArrayLike, expected: ArrayLike) -> tuple[Floats, Floats]:
    """P(so many or more) of each unit, exact and mid-p; expected 0 has 1 for no case."""
    from scipy.stats import poisson

    x, mu = np.asarray(counts, dtype=float), np.asarray(expected, dtype=float)
    exact = poisson.sf(x - 1, mu)
    return exact, exact - poisson.pmf(x, mu) / 2


def binomial_p(counts: ArrayLike, size: ArrayLike, target: ArrayLike) -> tuple[Floats, Floats]:
    """P(so many or more among so many persons), exact and mid-p."""
    from scipy.stats import binom

    x, n, p = (np.asarray(of, dtype=float) for of in (counts, size, target))
    exact = binom.sf(x - 1, n, p)
    return exact, exact - binom.pmf(x, n, p) / 2


def root_scores(counts: ArrayLike, expected: ArrayLike) -> tuple[Floats, Floats]:
    """z = 2 (√O − √E), and the standard error 1/(2√E) of √(O/E); expected must be above zero."""
    x, mu = np.asarray(counts, dtype=float), np.asarray(expected, dtype=float)
    if np.any(mu <= 0):
        raise ValueError("a unit in a funnel needs an expected count above zero")
    return 2 * (np.sqrt(x) - np.sqrt(mu)), 0.5 / np.sqrt(mu)


def winsorised(z: ArrayLike, each_end: float = 0.10) -> Floats:
    """The z-scores with both ends drawn in to their quantiles, so that the odd units do not hide themselves in φ."""
    scores = np.asarray(z, dtype=float)
    return np.clip(scores, *np.quantile(scores, [each_end, 1 - each_end]))


def dispersion(z: ArrayLike, error: ArrayLike) -> Dispersion:
    """(Winsorised) z-scores and standard errors → φ and τ², the latter by moments; τ² = 0 where φ is within chance."""
    scores, weight = np.asarray(z, dtype=float), np.asarray(error, dtype=float) ** -2.0
    units, phi = scores.size, float((scores**2).mean())
    tau2 = (units * phi - (units - 1)) / (weight.sum() - (weight**2).sum() / weight.sum()) if units > 1 else 0.0
    return Dispersion(phi, max(0.0, float(tau2)))


def widened_limits(expected: ArrayLike, phi: float = 1.0, tau2: float = 0.0, share: float = 0.95) -> Limits:
    """Limits of counts whose units differ by more than chance: with φ every unit's are wider by √φ; with τ² (what Spiegelhalter
    prefers) those of large units most, and they never come nearer to the middle than √τ² lets them. One of the two at a time."""
    from scipy.stats import norm

    mu = np.asarray(expected, dtype=float)
    half = norm.isf((1 - share) / 2) * np.sqrt(max(phi, 1.0) * 0.25 / mu + tau2)
    return Limits(mu * np.maximum(1 - half, 0) ** 2, mu * (1 + half) ** 2)
