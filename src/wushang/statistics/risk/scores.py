"""How good an expectation was, once the cases have come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.risk.known import deviance
from wushang.statistics.risk.model import Foretold
from wushang.terms.interval import Interval

Floats = NDArray[np.float64]
Z = 1.959964


@dataclass(frozen=True)
class Gain:
    """Mean fall of the deviance a firm against the baseline, with its 95 % interval; above zero: better."""

    mean: float
    interval: Interval


def gain(came: ArrayLike, due: ArrayLike, baseline: ArrayLike, firm: ArrayLike | None = None) -> Gain:
    """Paired by row; where firms come several times (`firm`: which one a row is of), by firm."""
    fall = deviance(came, baseline) - deviance(came, due)
    mean = float(fall.mean())
    rest = fall - mean
    of = np.arange(fall.size) if firm is None else np.unique(np.asarray(firm), return_inverse=True)[1]
    error = float(np.sqrt((np.bincount(of, rest) ** 2).sum())) / fall.size
    return Gain(mean, Interval(mean - Z * error, mean + Z * error))


def caught(came: ArrayLike, usual: ArrayLike, order: ArrayLike, share: float = 0.01) -> float:
    """Net excess of cases over the usual ones in the first `share` of an order (highest first), of all positive excess."""
    excess = np.asarray(came, dtype=float) - np.asarray(usual, dtype=float)
    first = np.argsort(-np.asarray(order, dtype=float), kind="stable")[: max(1, round(share * excess.size))]
    return float(excess[first].sum() / np.maximum(excess, 0).sum())


def held(said: Foretold, came: ArrayLike, seed: int, confidence: float = 0.90) -> float:
    """Share of the counts that lie between the ends of their `confidence` interval. A count is whole and an interval of whole
    numbers holds too many; so each count is put at a random place of its own step (randomised probability integral transform:
    Czado, Gneiting and Held 2009, Biometrics 65:1254), and the share is `confidence` exactly where the distribution is right."""
    from scipy.stats import nbinom

    y, k = np.asarray(came, dtype=float), said.counted
    below, upto = nbinom.cdf(y - 1, k, k / (k + said.mean)), nbinom.cdf(y, k, k / (k + said.mean))
    place = below + np.random.default_rng(seed).random(y.size) * (upto - below)
    tail = (1 - confidence) / 2
    return float(((place >= tail) & (place <= 1 - tail)).mean())


def said_and_true(chance: ArrayLike, true: ArrayLike, edges: ArrayLike) -> list[tuple[int, float, float]]:
    """Per class of the probabilities said: how many, the mean of what was said, the share of which it was true."""
    p, came = np.asarray(chance, dtype=float), np.asarray(true, dtype=bool)
    place = np.digitize(p, np.asarray(edges))
    return [(int((place == n).sum()), float(p[place == n].mean()), float(came[place == n].mean())) for n in np.unique(place)]


def stability(before: ArrayLike, now: ArrayLike, classes: int = 10) -> float:
    """Population stability index of a figure of the firms, then and now, over tenths of what it was then. Rule of thumb of
    credit scoring (Siddiqi 2006): under 0.1 as it was, above 0.25 another population."""
    old, new = np.asarray(before, dtype=float), np.asarray(now, dtype=float)
    edges = np.unique(np.quantile(old, np.arange(1, classes) / classes))
    share = [(np.bincount(np.digitize(of, edges), minlength=edges.size + 1) + 0.5) / (of.size + 0.5 * (edges.size + 1)) for of in (old, new)]
    return float(((share[1] - share[0]) * np.log(share[1] / share[0])).sum())


def came_range(said: Foretold, confidence: float = 0.90) -> Interval:
    """Where the number of all firms together is to be expected (a normal with the summed variance)."""
    from scipy.stats import norm

    mean, error = float(said.mean.sum()), float(np.sqrt((said.mean + said.mean**2 / said.counted).sum()))
    z = float(norm.ppf((1 + confidence) / 2))
    return Interval(max(0.0, mean - z * error), mean + z * error)
