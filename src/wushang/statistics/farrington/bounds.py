"""From the fit to the upper bound of a usual count and the probability of what was counted."""

from __future__ import annotations

import numpy as np

from wushang.statistics.farrington.asked import Farrington
from wushang.statistics.farrington.fitting import Fit
from wushang.statistics.farrington.model import Floats


def bound(fit: Fit, asked: Farrington) -> Floats:
    """The upper bound of a usual count: the 1 − α quantile."""
    from scipy.stats import nbinom, norm, poisson

    if asked.method == "delta":
        centre, spread = _transformed(fit)
        return (centre + norm.isf(asked.alpha) * spread) ** 1.5
    mu = _mean(fit, asked)
    return _discrete(mu, fit.phi, lambda m: poisson.isf(asked.alpha, m), lambda n, q: nbinom.isf(asked.alpha, n, q))


def p_value(now: Floats, fit: Fit, asked: Farrington) -> Floats:
    from scipy.stats import norm

    if asked.method == "delta":
        centre, spread = _transformed(fit)
        return norm.sf((now ** (2 / 3) - centre) / spread)
    return tail(now, _mean(fit, asked), fit.phi)


def tail(counts: Floats, mu: Floats, phi: Floats) -> Floats:
    """P(so many or more): Poisson where φ is 1, else negative binomial with variance φμ."""
    from scipy.stats import nbinom, poisson

    known, over = np.isfinite(mu) & np.isfinite(phi), phi > 1
    less = {name: counts[some] - 1 for name, some in (("one", known & ~over), ("over", known & over))}
    return _discrete(mu, phi, lambda m: poisson.sf(less["one"], m), lambda n, q: nbinom.sf(less["over"], n, q))


def _transformed(fit: Fit) -> tuple[Floats, Floats]:
    """Mean and standard error of the 2/3 power, in which counts are nearly symmetrical; with the uncertainty of the mean."""
    mu = np.exp(fit.eta)
    tau = fit.phi + (fit.se * mu) ** 2 / mu
    return mu ** (2 / 3), np.sqrt(4 / 9 * mu ** (1 / 3) * tau)


def _mean(fit: Fit, asked: Farrington) -> Floats:
    """The plug-in mean, or (muan) its upper bound: the uncertainty of the mean stands in the mean itself."""
    from scipy.stats import norm

    return np.exp(fit.eta + norm.isf(asked.alpha) * fit.se) if asked.method == "muan" else np.exp(fit.eta)


def _discrete(mu: Floats, phi: Floats, poisson, negative_binomial) -> Floats:
    """One function of a Poisson where φ is 1, another of a negative binomial with variance φμ elsewhere."""
    found = np.full(mu.shape, np.nan)
    known, over = np.isfinite(mu) & np.isfinite(phi), phi > 1
    some = known & ~over
    found[some] = poisson(mu[some])
    some = known & over
    found[some] = negative_binomial(mu[some] / (phi[some] - 1), 1 / phi[some])
    return found
