"""Who stands how high, and how sure that is: P(in the top N), rank intervals, bands of firms that cannot be told apart.

Firms are ranked by rate, or by `worth` × rate − `less`: with the coming exposure as worth and the industry's expectation as less
it is the excess of cases, which a raw or shrunk rate does not rank by (`docs/topics/shrinkage.md`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.shrinkage.posterior import Posterior

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
SPARE = 6  # standard deviations by which more than N firms are drawn, so that a draw lacks one in 1e9


@dataclass(frozen=True)
class Ranks:
    """Of each firm asked for: the median of its rank (1 is the highest) and the ends of its interval."""

    median: Floats
    low: Floats
    high: Floats


def in_top(
    known: Posterior, top: int, seed: int, draws: int = 2000, worth: ArrayLike = 1.0, less: ArrayLike = 0.0
) -> Floats:
    """P(among the `top` highest), one a firm, by `draws` joint draws from all posteriors; standard error at most 0.5/√draws.

    Only values above a line that about N + 6√N firms cross are drawn at all, each from its own tail: the same distribution as
    drawing all firms, at a small part of the work.
    """
    from scipy.special import gammainccinv

    if top >= known.shape.size:
        return np.ones(known.shape.size)
    scale = np.broadcast_to(np.asarray(worth, dtype=float), known.shape.shape) / known.exposure
    offset = np.broadcast_to(np.asarray(less, dtype=float), known.shape.shape)
    random = np.random.default_rng(seed)
    chance = _crossing(known.shape, scale, offset, top + SPARE * (top**0.5 + 1))
    firm, draw = _hits(chance, draws, random)
    value = scale[firm] * gammainccinv(known.shape[firm], chance[firm] * random.random(firm.size)) - offset[firm]
    order = np.lexsort((-value, draw))
    starts = np.searchsorted(draw[order], np.arange(draws))
    place = np.arange(order.size) - starts[draw[order]]
    return np.bincount(firm[order[place < top]], minlength=chance.size) / draws


def _crossing(shape: Floats, scale: Floats, offset: Floats, wanted: float) -> Floats:
    """Each firm's chance to lie above the line which `wanted` firms are expected to cross; the line is found by bisection."""
    mean, spread = scale * shape - offset, scale * np.sqrt(shape)
    low, high = float((mean - 10 * spread).min()), float((mean + 40 * spread + 40 * scale).max())
    chance = np.ones(shape.size)
    while chance.sum() > min(wanted * 1.05, shape.size) and high - low > 1e-12 * max(1.0, abs(high)):
        middle = (low + high) / 2
        tried = _above(middle, shape, scale, offset)
        if tried.sum() >= min(wanted, shape.size):
            low, chance = middle, tried
        else:
            high = middle
    return chance


def _above(line: float, shape: Floats, scale: Floats, offset: Floats) -> Floats:
    from scipy.special import gammaincc

    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(scale > 0, (line + offset) / scale, np.where(line + offset < 0, 0, np.inf))
    return gammaincc(shape, np.maximum(needed, 0))


def _hits(chance: Floats, draws: int, random: np.random.Generator) -> tuple[Whole, Whole]:
    """(firm, draw) of all that cross the line: independent trials, taken together by the power of two of their chance, so that
    the many firms with next to none cost next to nothing."""
    found = [(np.empty(0, int), np.empty(0, int))]
    power = np.floor(-np.log2(np.maximum(chance, 1e-300))).astype(int)
    for step in range(40):  # 2⁻⁴⁰ a draw is left out
        firms = np.flatnonzero(power == step)
        place = _successes(0.5**step, firms.size * draws, random)
        firm, draw = firms[place // draws] if firms.size else place, place % draws
        kept = random.random(place.size) * 0.5**step < chance[firm]
        found.append((firm[kept], draw[kept]))
    firm, draw = (np.concatenate(part) for part in zip(*found, strict=True))
    return firm, draw


def _successes(chance: float, trials: int, random: np.random.Generator) -> Whole:
    """The places of the successes among so many trials, by the gaps between them."""
    places, last = [np.empty(0, int)], -1
    while last < trials - 1:
        due = (trials - 1 - last) * chance
        more = last + np.cumsum(random.geometric(chance, int(due + 6 * due**0.5 + 10)))
        places.append(more)
        last = int(more[-1])
    all_places = np.concatenate(places)
    return all_places[all_places < trials]


def ranks(
    known: Posterior, asked: ArrayLike, seed: int, draws: int = 1000, confidence: float = 0.90, worth: ArrayLike = 1.0,
    less: ArrayLike = 0.0,
) -> Ranks:  # fmt: skip
    """The rank among all firms of each of those asked for (their places), by `draws` joint draws of all rates."""
    of, random = np.asarray(asked, dtype=int), np.random.default_rng(seed)
    scale, offset = np.asarray(worth, dtype=float) / known.exposure, np.asarray(less, dtype=float)
    found = np.empty((draws, of.size), dtype=np.int32)
    for number in range(draws):
        value = random.standard_gamma(known.shape) * scale - offset
        found[number] = _ranks_of(value, of)
    low, median, high = np.quantile(found, [(1 - confidence) / 2, 0.5, (1 + confidence) / 2], axis=0, method="inverted_cdf")
    return Ranks(median.astype(float), low.astype(float), high.astype(float))


def _ranks_of(value: Floats, of: Whole) -> Whole:
    """1 + the number of all that are higher than each, without sorting all."""
    mine = np.sort(value[of])
    higher = np.bincount(np.searchsorted(mine, value, side="left"), minlength=of.size + 1)[::-1].cumsum()[::-1]
    return 1 + higher[np.searchsorted(mine, value[of]) + 1]


def tie_bands(known: Posterior, sure: float = 0.90) -> Whole:
    """Bands from 1, one a firm, in the order of the mean rate: a band ends before the first firm whose rate is lower than that of
    the band's head with the probability `sure`. Within a band an order means nothing."""
    order, band = np.argsort(-known.mean, kind="stable"), np.empty(known.shape.size, int)
    head, number = 0, 1
    while head < order.size:
        lower = known.higher(int(order[head]), order[head + 1 :]) >= sure
        end = head + 1 + int(lower.argmax()) if lower.any() else order.size
        band[order[head:end]] = number
        head, number = end, number + 1
    return band
