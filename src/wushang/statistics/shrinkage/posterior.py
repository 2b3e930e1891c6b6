"""What is known of each firm's rate after its own count: a gamma distribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.shrinkage.fitting import Prior

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Posterior:
    """One gamma distribution a firm: shape a and inverse scale b (cases seen and exposure seen, those of the prior included)."""

    shape: Floats
    exposure: Floats

    @property
    def mean(self) -> Floats:
        """Cases per unit of exposure."""
        return self.shape / self.exposure

    def interval(self, confidence: float = 0.90) -> tuple[Floats, Floats]:
        """Low and high end of each rate, with equal tails."""
        from scipy.special import gammaincinv

        tail = (1 - confidence) / 2
        return gammaincinv(self.shape, tail) / self.exposure, gammaincinv(self.shape, 1 - tail) / self.exposure

    def above(self, rate: ArrayLike) -> Floats:
        """P(rate > …): of one rate for all, or of one each (k × the reference of its industry)."""
        from scipy.special import gammaincc

        return gammaincc(self.shape, self.exposure * np.maximum(np.asarray(rate, dtype=float), 0))

    def at_least(self, cases: int, exposure: ArrayLike) -> Floats:
        """P(so many cases or more in a coming exposure): the negative binomial that is to be expected."""
        from scipy.stats import nbinom

        share = self.exposure / (self.exposure + np.asarray(exposure, dtype=float))
        return nbinom.sf(cases - 1, self.shape, share)

    def higher(self, one: int, others: ArrayLike) -> Floats:
        """P(the rate of firm `one` is higher than that of each of the others), exactly: two gammas make a beta."""
        from scipy.special import betainc

        of = np.asarray(others, dtype=int)
        return betainc(self.shape[of], self.shape[one], self.exposure[of] / (self.exposure[of] + self.exposure[one]))


def posterior(counts: ArrayLike, exposure: ArrayLike, prior: Prior) -> Posterior:
    """The firms' counts and exposures and their priors → their posteriors."""
    x, e = np.asarray(counts, dtype=float), np.asarray(exposure, dtype=float)
    return Posterior(prior.shape + x, prior.shape / prior.mean + e)
