"""One week of many series beside their past: numbers in, numbers out. Farrington flexible (two weeks together) where two years or
more lie before, EARS C2 where the history is shorter, nothing where it is too short for that.

EARS gives no p; here it is that of the conditional test of two Poisson counts (Przyborowski and Wilenski 1940, Biometrika 31:313):
the week beside the seven it is compared with. The range of a usual count is that in which nine of ten lie.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wushang.statistics.ears import ears
from wushang.statistics.ears import history as ears_history
from wushang.statistics.farrington import Farrington, farrington, two_weeks
from wushang.statistics.farrington.bounds import tail
from wushang.statistics.farrington.together import ALONE

Floats = NDArray[np.float64]
YEARS = (2, 5)  # of history that Farrington takes at least, and at most
ALPHA = 0.01
SEVEN, LAG = 7, 2  # C2
USUAL = (0.05, 0.95)
ASKED = Farrington()


@dataclass(frozen=True)
class Looked:
    """One a series; nan where there are too few cases to be looked at. `span`: 2 where the two weeks together tell more."""

    alarm: NDArray[np.bool_]
    p: Floats
    observed: Floats
    expected: Floats
    low: Floats
    high: Floats
    bound: Floats
    span: NDArray[np.int64]


def detector_for(weeks: int) -> str:
    """The detector that so many weeks of history (the week looked at counted) allow; '' for none."""
    if weeks > YEARS[0] * ASKED.frequency + ASKED.w:
        return "farrington"
    return "ears" if weeks > ears_history("C2") else ""


def look(counts: NDArray) -> Looked:
    """Series × weeks → the last week of each."""
    return _seasonal(counts) if detector_for(counts.shape[1]) == "farrington" else _recent(counts)


def usual(counts: NDArray) -> tuple[int | None, int | None]:
    """The range of a usual count in the last week of one series, few cases or many; None where its past is too short."""
    detector = detector_for(counts.size)
    if not detector:
        return None, None
    found = _seasonal(counts[None, :], 0) if detector == "farrington" else _recent(counts[None, :])
    pair = found.low[0] / found.span[0], found.high[0] / found.span[0]
    return (None, None) if np.isnan(pair).any() else (int(pair[0]), int(pair[1]))


def _seasonal(counts: NDArray, least: int = ASKED.least) -> Looked:
    last = counts.shape[1] - 1
    asked = Farrington(b=min(YEARS[1], (last - ASKED.w) // ASKED.frequency), alpha=ALPHA, least=least)
    found = farrington(counts, [last], asked)
    both = two_weeks(counts, [last], found, ALPHA)
    mu, phi = found.expected[:, 0], found.dispersion[:, 0]
    one, two = counts[:, last].astype(float), counts[:, last - 1 :].sum(axis=1).astype(float)
    with np.errstate(invalid="ignore"):
        together = tail(two, 2 * mu, phi) / (1 - ALONE) < tail(one, mu, phi) / ALONE
    span = np.where(together, 2, 1)
    low, high = (usual_of(share, mu * span, phi) for share in USUAL)
    return Looked(both.alarm[:, 0], both.p[:, 0], np.where(together, two, one), mu * span, low, high, found.bound[:, 0], span)


def usual_of(share: float, mu: Floats, phi: Floats) -> Floats:
    """The quantile of a Poisson where φ is 1, else of a negative binomial with variance φμ."""
    from scipy.stats import nbinom, poisson

    over = np.maximum(phi, 1 + 1e-9)
    return np.where(phi > 1, nbinom.ppf(share, mu / (over - 1), 1 / over), poisson.ppf(share, mu))


def _recent(counts: NDArray) -> Looked:
    from scipy.stats import binom, nbinom

    last = counts.shape[1] - 1
    found, now = ears(counts, [last], "C2"), counts[:, last].astype(float)
    before = counts[:, last - LAG - SEVEN : last - LAG].sum(axis=1).astype(float)
    enough = counts[:, -ASKED.within :].sum(axis=1) >= ASKED.least
    p = np.where(enough, binom.sf(now - 1, now + before, 1 / (SEVEN + 1)), np.nan)
    low, high = (nbinom.ppf(share, before + 0.5, SEVEN / (SEVEN + 1)) for share in USUAL)
    alarm = found.alarm[:, 0] & enough & (np.nan_to_num(p, nan=1.0) <= ALPHA)
    return Looked(alarm, p, now, before / SEVEN, low, high, found.bound[:, 0], np.ones(now.shape, dtype=int))
