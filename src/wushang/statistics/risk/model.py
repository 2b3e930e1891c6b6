"""A model that was learnt: plain numbers, kept as they are, and what they say of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.risk.factors import Factor
from wushang.statistics.risk.known import Day
from wushang.statistics.shrinkage import Posterior, in_top

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Foretold:
    """The expected cases of each firm: gamma with this mean and shape. `usual` is what its industry and size expect of its
    exposure; mean = usual × the product of `parts` (own past, then the factors)."""

    mean: Floats
    shape: Floats
    usual: Floats
    parts: Mapping[str, Floats]
    burst: float = 0.0

    @property
    def counted(self) -> Floats:
        """The shape of the negative binomial with the variance of the count that will come: (1 + burst) × mean + mean²/shape."""
        return counted_shape(self.mean, self.shape, self.burst)

    def interval(self, confidence: float = 0.90) -> tuple[Floats, Floats]:
        """Low and high end of the expected number, with equal tails."""
        return self._known().interval(confidence)

    def counts(self, confidence: float = 0.90) -> tuple[Floats, Floats]:
        """The least and the most of the number that will be counted: what at least `confidence` of all ends between."""
        from scipy.stats import nbinom

        tail, k = (1 - confidence) / 2, self.counted
        share = k / (k + self.mean)
        return nbinom.ppf(tail, k, share), nbinom.ppf(1 - tail, k, share)

    def top(self, number: int, seed: int, beyond: bool = True) -> Floats:
        """P(among the first `number`) by expected cases beyond the usual ones, or by expected cases alone."""
        return in_top(self._known(), number, seed, less=self.usual if beyond else 0.0)

    def _known(self) -> Posterior:
        return Posterior(self.shape, self.shape / self.mean)


@dataclass(frozen=True)
class Model:
    """`blend`: weight of the last year beside all years; `drift`: how long a year's rate lasts (`known.settled`); `level`: what
    came for each case due; `spread`: squared coefficient of variation by which a firm's coming rate differs from its past one;
    `burst`: by how much counts vary more than Poisson ones because one accident may hurt several."""

    blend: float = 0.0
    drift: float = 1e9
    level: float = 1.0
    spread: float = 0.0
    burst: float = 0.0
    factors: tuple[Factor, ...] = ()

    def foretell(self, day: Day) -> Foretold:
        """Needs the columns that the factors were learnt from; KeyError names one that is not there."""
        base, own = self.base(day)
        parts = {"own": own} | {one.name: one.of(np.asarray(day.columns[one.name])) for one in self.factors}
        usual = base.prior.mean * day.ahead * self.level
        shape = known_shape(base.known.shape, self.spread, self.burst)
        return Foretold(np.maximum(usual * np.prod(list(parts.values()), axis=0), 1e-12), shape, usual, parts, self.burst)

    def base(self, day: Day):
        """The baseline of the day, and each firm's own past as a multiple of its kind's rate."""
        base = day.shrunk
        own = base.known.mean / base.prior.mean
        if self.blend:
            own = own * (day.lately(self.drift) / base.known.mean) ** self.blend
        return base, own

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Model:
        factors = tuple(Factor(f["name"], tuple(f["cuts"]), tuple(f["effect"]), f["unknown"]) for f in plain["factors"])
        return cls(**{**plain, "factors": factors})


def known_shape(shape: ArrayLike, spread: float, burst: float) -> Floats:
    """The shape of what is to come where the past one is known with `shape`, rates move with `spread`, and cases that come together
    tell less than as many that come alone."""
    return 1 / ((1 + burst) / np.asarray(shape, dtype=float) + spread)


def counted_shape(mean: ArrayLike, shape: ArrayLike, burst: float) -> Floats:
    """See `Foretold.counted`."""
    m, k = np.asarray(mean, dtype=float), np.asarray(shape, dtype=float)
    return m / (burst + m / k)
