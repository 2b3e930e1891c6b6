"""What is known of all firms on one day, and what came afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.shrinkage import Posterior, Prior, fit, posterior

Floats = NDArray[np.float64]
ROUNDS = 12  # of the weights, which settle to 1e-3 in less


@dataclass(frozen=True)
class Past:
    """Cases and exposure of a span that is over, one a firm."""

    counts: Floats
    exposure: Floats


@dataclass(frozen=True)
class Day:
    """One day: all that is known then. `levels` go from coarse to fine (industry, industry × size), `columns` are what factors may
    be learnt from (nan: not known), `ahead` the exposure foreseen, `came` the cases that came of it (None: still to come).
    `firms` numbers the firms, so that one is known again on another day."""

    firms: NDArray[np.int64]
    whole: Past
    recent: Past
    levels: tuple[NDArray, ...]
    ahead: Floats
    columns: Mapping[str, Floats] = field(default_factory=dict)
    came: Floats | None = None

    @property
    def cases(self) -> Floats:
        """What came. ValueError: it is still to come, and teaches nothing."""
        if self.came is None:
            raise ValueError("a day whose cases are still to come teaches nothing")
        return self.came

    @cached_property
    def shrunk(self) -> Shrunk:
        """The baseline: prior and posterior of all years."""
        prior = fit(self.whole.counts, self.whole.exposure, self.levels)
        return Shrunk(prior, posterior(self.whole.counts, self.whole.exposure, prior))

    def lately(self, drift: float) -> Floats:
        """The rates of the last year alone."""
        return settled(self.recent, self._recent_prior, drift)

    @cached_property
    def _recent_prior(self) -> Prior:
        return fit(self.recent.counts, self.recent.exposure, self.levels)


@dataclass(frozen=True)
class Shrunk:
    prior: Prior
    known: Posterior


def settled(past: Past, prior: Prior, drift: float) -> Floats:
    """Shrunk rates where the rate of one span is itself gamma (shape `drift`) about the firm's lasting one: cases and exposure
    count with the weight 1/(1 + expected/drift), the score of the negative binomial. With drift → ∞ the plain posterior mean."""
    mean = prior.mean
    for _round in range(ROUNDS):
        weight = 1 / (1 + mean * past.exposure / drift)
        mean = (prior.shape + past.counts * weight) / (prior.shape / prior.mean + past.exposure * weight)
    return mean


def deviance(came: ArrayLike, due: ArrayLike) -> Floats:
    """Poisson deviance of each count."""
    y, m = np.asarray(came, dtype=float), np.asarray(due, dtype=float)
    return 2 * (np.where(y > 0, y * np.log(np.maximum(y, 1) / m), 0) - (y - m))
