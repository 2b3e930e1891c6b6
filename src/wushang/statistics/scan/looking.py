"""All cylinders at once, and what they come to when all is chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.scan.zones import NOBODY

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
BATCH = 2_000_000  # cylinders of one batch of drawn ledgers


@dataclass(frozen=True)
class Cluster:
    """Townships (places in the arrays) and periods (first and last) with more cases than chance puts together anywhere."""

    regions: tuple[int, ...]
    start: int
    end: int
    cases: int
    expected: float
    ratio: float  # log likelihood ratio
    p: float

    @property
    def times(self) -> float:
        """Cases over expected."""
        return self.cases / self.expected


@dataclass(frozen=True)
class Cylinders:
    """What does not depend on the cases: zones, windows (start, end), and expected counts by centre × size × window."""

    zones: Whole
    windows: Whole
    expected: Floats
    total: int

    def cases(self, ledgers: Whole) -> Whole:
        """Ledgers × regions × periods → ledgers × centre × size × window."""
        return _in_zones(_in_windows(ledgers, self.windows), self.zones)

    def ratios(self, cases: Whole) -> Floats:
        return log_likelihood_ratio(cases, self.expected, self.total)


def scan(
    cases: ArrayLike, expected: ArrayLike, zones: Whole, longest: int, seed: int, draws: int = 999, alive: bool = True,
    most: int = 5, dispersion: float = 1.0,
) -> list[Cluster]:  # fmt: skip
    """The clusters, the strongest first, that share no township; at most `most`. [] where nothing stands out at all.

    A cylinder lasts up to `longest` periods and goes on until the last one (`alive`), or ended some time before. p of each is
    its rank among the strongest cylinders of the drawn ledgers: at least 1 ÷ (draws + 1). `dispersion`: variance over mean of a
    cell where nothing happens, such as φ of Farrington's fit; 1 is Poisson.
    """
    y = np.asarray(cases, dtype=np.int64)
    looked = _cylinders(y, np.asarray(expected, dtype=float), zones, longest, alive)
    found = looked.cases(y[None])[0]
    null = _strongest_by_chance(looked, expected, dispersion, draws, seed)
    return [_cluster(looked, at, found, null) for at in _apart(looked.ratios(found), zones, most)]


def _apart(ratio: Floats, zones: Whole, most: int) -> list[tuple[int, ...]]:
    """The places (centre, size, window) of the strongest, then of the strongest that shares no township with it, and so on."""
    left, found = ratio.copy(), []
    while len(found) < most and left.max() > 0:
        at = tuple(int(part) for part in np.unravel_index(left.argmax(), left.shape))
        found.append(at)
        taken = np.isin(zones, [region for region in zones[at[0], : at[1] + 1] if region != NOBODY])
        left[taken.cumsum(axis=1) > 0] = 0
    return found


def _cluster(looked: Cylinders, at: tuple[int, ...], found: Whole, null: Floats) -> Cluster:
    ratio = float(log_likelihood_ratio(found[at], looked.expected[at], looked.total))
    regions = sorted(int(region) for region in looked.zones[at[0], : at[1] + 1] if region != NOBODY)
    start, end = (int(edge) for edge in looked.windows[at[2]])
    p = (1 + int((null >= ratio - 1e-9).sum())) / (null.size + 1)
    return Cluster(tuple(regions), start, end, int(found[at]), float(looked.expected[at]), ratio, p)


def _cylinders(y: Whole, expected: Floats, zones: Whole, longest: int, alive: bool) -> Cylinders:
    """ValueError where cases stand in a cell in which none can be, or there are none at all."""
    if y.shape != expected.shape or np.any(expected < 0) or np.any(y[expected == 0] > 0):
        raise ValueError("each region and period with a case needs an expected count above zero")
    total, last = int(y.sum()), y.shape[1] - 1
    if not total:
        raise ValueError("no case at all: there is nothing to look for")
    ends = [last] if alive else range(last + 1)
    windows = np.array([(start, end) for end in ends for start in range(max(0, end - longest + 1), end + 1)])
    due = _in_zones(_in_windows(expected[None] * (total / expected.sum()), windows), zones)[0]
    return Cylinders(zones, windows, due, total)


def _in_windows(ledgers: NDArray, windows: Whole) -> NDArray:
    """Sums over each window, by differences of running sums."""
    running = np.concatenate([np.zeros_like(ledgers[..., :1]), ledgers.cumsum(axis=2)], axis=2)
    return running[..., windows[:, 1] + 1] - running[..., windows[:, 0]]


def _in_zones(ledgers: NDArray, zones: Whole) -> NDArray:
    """Running sums along each row of zones; the row of noughts at the end is what NOBODY (-1) points at."""
    with_nobody = np.concatenate([ledgers, np.zeros_like(ledgers[:, :1])], axis=1)
    return with_nobody[:, zones].cumsum(axis=2)


def log_likelihood_ratio(cases: ArrayLike, expected: ArrayLike, total: int) -> Floats:
    """Of cases inside against expected inside, given `total` cases in all; 0 where there are no more than expected."""
    from scipy.special import xlogy

    c, due = np.asarray(cases), np.asarray(expected, dtype=float)
    logs = xlogy(np.arange(total + 1), np.arange(total + 1))  # n log n, once for each n
    ratio = logs[c] - c * _log(due) + logs[total - c] - (total - c) * _log(total - due)
    return np.where(c > due, ratio, 0.0)


def _log(of: Floats) -> Floats:
    """Of nought (where nothing can be, so that it is never asked) nought."""
    return np.log(np.where(of > 1e-9, of, 1.0))


def _strongest_by_chance(looked: Cylinders, expected: ArrayLike, dispersion: float, draws: int, seed: int) -> Floats:
    """The greatest ratio of each drawn ledger: the same number of cases, thrown on the cells as expected."""
    due = np.asarray(expected, dtype=float)
    random, found = np.random.default_rng(seed), np.empty(draws)
    step = max(1, BATCH // looked.expected.size)
    for first in range(0, draws, step):
        size = min(step, draws - first)
        ledgers = random.multinomial(looked.total, _chances(due, looked.total, dispersion, size, random), size)
        found[first : first + size] = looked.ratios(looked.cases(ledgers.reshape(size, *due.shape))).max(axis=(1, 2, 3))
    return found


def _chances(due: Floats, total: int, dispersion: float, size: int, random: np.random.Generator) -> Floats:
    """Each cell's chance to get a case: as expected, or drawn about it (gamma with mean μ and variance (φ − 1) μ)."""
    mean = due.ravel() * (total / due.sum())
    if dispersion <= 1:
        return mean / mean.sum()
    drawn = random.standard_gamma(mean / (dispersion - 1), (size, mean.size))
    return drawn / drawn.sum(axis=1, keepdims=True)
