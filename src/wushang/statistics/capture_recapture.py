"""How many there are in all when two or more lists each show a part: capture–recapture (捕获—再捕获).

Two lists: Chapman (1951), interval by the transformed logit of Sadinle (2009). Ten turtles marked, fifteen caught, five of
them marked: 28, interval 22 to 65, as published there. More lists: the log-linear model of Fienberg (1972); on the hepatitis
outbreak of a college in northern Taiwan (Chao et al. 2001: lists of 135, 122 and 126, 271 persons in all) the independent
model gives 388 and the one with all pairs of lists dependent 1,313, as published.
All assume that the lists are of one closed population and are linked without error; `with_linkage_errors` loosens the latter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from wushang.terms.interval import Interval


@dataclass(frozen=True)
class Total:
    """The estimated number of all, its interval, and how many stand on at least one list."""

    estimate: float
    interval: Interval
    seen: int

    @property
    def unseen(self) -> float:
        return max(0.0, self.estimate - self.seen)


def chapman(first: int, second: int, both: int, confidence: float = 0.95) -> Total:
    """Sizes of two lists and how many stand on both → the total; nearly without bias, and finite where none is on both."""
    if not 0 <= both <= min(first, second):
        raise ValueError("as many on both lists as on the shorter one at most")
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    return Total(estimate, _logit_interval(first, second, both, confidence), first + second - both)


def _logit_interval(first: int, second: int, both: int, confidence: float) -> Interval:
    """Sadinle's interval: half an observation is added to each cell; it never falls below what was seen."""
    m, only_first, only_second = both + 0.5, first - both + 0.5, second - both + 0.5
    spread = _z(confidence) * math.sqrt(1 / m + 1 / only_first + 1 / only_second + m / (only_first * only_second))
    seen, unseen = first + second - both - 0.5, only_first * only_second / m
    return Interval(seen + unseen * math.exp(-spread), seen + unseen * math.exp(spread), confidence)


def stratified(strata: Iterable[tuple[int, int, int]], confidence: float = 0.95) -> Total:
    """Chapman in each stratum (town, industry), added up: right where chances differ between strata.

    The variance is Seber's (1982, 3.4); the interval is log-normal on the number unseen.
    """
    found = list(strata)
    total = sum(chapman(*one).estimate for one in found)
    variance = sum(_variance(*one) for one in found)
    seen = sum(first + second - both for first, second, both in found)
    return Total(total, _unseen_interval(total, variance, seen, confidence), seen)


def _variance(first: int, second: int, both: int) -> float:
    return (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))


def with_linkage_errors(first: int, second: int, linked: int, precision: float, recall: float, confidence: float = 0.95) -> Total:
    """Chapman with the links that were missed put back and the wrong ones taken away (Ding and Fienberg 1994)."""
    if not (0 < recall <= 1 and 0 <= precision <= 1):
        raise ValueError("precision and recall are shares, recall above zero")
    return chapman(first, second, min(round(linked * precision / recall), first, second), confidence)


def log_linear(cells: Mapping[tuple[int, ...], int], dependent: Iterable[tuple[int, int]] = (), confidence: float = 0.95) -> Total:
    """Counts by pattern of lists ({(1, 0, 1): 17}) → the total; `dependent`: pairs of lists that may attract or shun each other."""
    lists = len(next(iter(cells)))
    patterns = [p for p in product((1, 0), repeat=lists) if any(p)]
    counts = np.array([cells.get(p, 0) for p in patterns], float)
    pairs = list(dependent)
    design = np.array([_terms(p, pairs) for p in patterns])
    beta, covariance = _poisson(design, counts)
    unseen = math.exp(beta[0])  # the pattern of no list has the constant alone
    seen = int(counts.sum())
    variance = unseen + unseen**2 * covariance[0, 0]
    return Total(seen + unseen, _unseen_interval(seen + unseen, variance, seen, confidence), seen)


def all_pairs(lists: int) -> list[tuple[int, int]]:
    return list(combinations(range(lists), 2))


def _terms(pattern: tuple[int, ...], pairs: list[tuple[int, int]]) -> list[float]:
    return [1.0, *map(float, pattern), *(float(pattern[a] * pattern[b]) for a, b in pairs)]


def _poisson(design: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Log-linear Poisson fit by iteratively weighted least squares: coefficients and their covariance."""
    mean = counts + 0.5
    for _step in range(100):
        working = np.log(mean) + (counts - mean) / mean
        information = design.T @ (mean[:, None] * design)
        beta = np.linalg.solve(information, design.T @ (mean * working))
        before, mean = mean, np.exp(np.clip(design @ beta, -30, 30))
        if np.allclose(before, mean, rtol=1e-10):
            break
    return beta, np.linalg.inv(design.T @ (mean[:, None] * design))


def _unseen_interval(total: float, variance: float, seen: int, confidence: float) -> Interval:
    """Log-normal on the number unseen (Chao 1987): never below what was seen."""
    unseen = total - seen
    if unseen <= 0:
        return Interval(float(seen), float(seen), confidence)
    factor = math.exp(_z(confidence) * math.sqrt(math.log1p(variance / unseen**2)))
    return Interval(seen + unseen / factor, seen + unseen * factor, confidence)


def _z(confidence: float) -> float:
    from scipy.stats import norm

    return float(norm.ppf((1 + confidence) / 2))
