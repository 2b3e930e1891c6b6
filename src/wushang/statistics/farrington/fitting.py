"""The fit of the past weeks: once plainly, once with less weight on weeks that stand out; with the trend where it holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wushang.statistics.farrington.asked import Farrington
from wushang.statistics.farrington.model import Floats, Groups, State, irls


@dataclass(frozen=True)
class Fit:
    """What a prediction needs: η and its standard error at the present week, dispersion, slope and its p-value."""

    eta: Floats
    se: Floats
    phi: Floats
    p: Floats

    def where(self, mask: NDArray[np.bool_], other: Fit) -> Fit:
        """This fit where the mask is true, the other elsewhere."""
        return Fit(*(np.where(mask, mine, its) for mine, its in zip(vars(self).values(), vars(other).values(), strict=True)))


def with_or_without_trend(past: Floats, groups: Groups, asked: Farrington) -> tuple[Fit, NDArray[np.bool_], Floats]:
    """The trend is kept where three years are there, it is significant, and it foretells no more than was ever seen."""
    if not asked.trend:
        plain = _fit(past, groups, False, asked)
        return plain, np.zeros(len(past), bool), np.full(len(past), np.nan)
    trended = _fit(past, groups, True, asked)
    with np.errstate(invalid="ignore", over="ignore"):
        kept = (asked.b >= 3) & (trended.p < asked.p_trend) & (np.exp(trended.eta) <= past.max(axis=1))
    without = np.flatnonzero(~kept)
    plain = _fit(past[without], groups, False, asked)
    full = Fit(*(_placed(each, without, len(past)) for each in vars(plain).values()))
    return trended.where(kept, full), kept, trended.p


def _placed(values: Floats, places: NDArray[np.int64], size: int) -> Floats:
    found = np.full(size, np.nan)
    found[places] = values
    return found


def _fit(y: Floats, groups: Groups, trend: bool, asked: Farrington) -> Fit:
    """Fit, weigh down what stands out by its Anscombe residual, fit again."""
    if not len(y):
        return Fit(*(np.empty(0) for _ in range(4)))
    weights = np.ones_like(y)
    df = y.shape[1] - groups.starts.size - trend
    state = irls(y, weights, groups, trend)
    if asked.reweight:
        weights = _outliers_weighed_down(y, state, np.maximum(1, state.dispersion(df)), groups, asked.threshold)
        state = irls(y, weights, groups, trend)
    phi = np.maximum(1, state.dispersion(df))
    said = (weights * state.residual**2).sum(axis=1) / df if asked.reweight else state.dispersion(df)
    eta, leverage = state.at_present(groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        t = state.slope / np.sqrt(said / state.stt) if trend else np.full(len(y), np.nan)
    p = _two_sided(t, df)
    bad = ~state.ended
    return Fit(*(np.where(bad, np.nan, each) for each in (eta, np.sqrt(said * leverage), phi, p)))


def _two_sided(t: Floats, df: int) -> Floats:
    from scipy.stats import t as student

    return 2 * student.sf(np.abs(t), df)


def _outliers_weighed_down(y: Floats, state: State, phi: Floats, groups: Groups, threshold: float) -> Floats:
    """Weights by Anscombe residuals s: s⁻² above the threshold, else 1, scaled to add up to the number of weeks."""
    mu = state.mu
    with np.errstate(invalid="ignore", divide="ignore"):
        s = 1.5 * (y ** (2 / 3) * mu ** (-1 / 6) - mu**0.5) / np.sqrt(phi[:, None] * (1 - state.hat(groups)))
        weights = np.where(s > threshold, s**-2.0, 1.0)
    return weights * (y.shape[1] / weights.sum(axis=1))[:, None]
