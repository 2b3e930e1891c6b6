"""CUSUM: small excesses that last, added up until they are too much; begun anew after each alarm if wanted.

Source: Page (1954) Biometrika 41:100; Rossi et al. (1999) Statistics in Medicine 18:2111 for counts. Checked against R
surveillance 1.20.3 (algo.cusum, trans = "standard", "rossi") on Salmonella agona: same alarms and bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CusumAlarms:
    """Series × time: alarm, the sum, and the smallest count that would have been an alarm."""

    alarm: NDArray[np.bool_]
    total: Floats
    bound: Floats


def cusum(
    counts: ArrayLike, mean: ArrayLike, k: float = 1.04, h: float = 2.26, standard: Literal["standard", "rossi"] = "standard",
    dispersion: ArrayLike = 1.0, reset: bool = False,
) -> CusumAlarms:  # fmt: skip
    """`counts`: series × time; `mean`: expected, one each or one a series; `dispersion`: variance over mean (1 is Poisson).

    A count is standardised, `k` is taken off, and what is left over is added to the sum, which never falls below nought; above
    `h` it is an alarm. k = 1.04, h = 2.26 are for an excess of two standard deviations with an alarm in about 500. ValueError
    where nothing is expected: such a series cannot be standardised, and would be silent for ever.
    """
    y = np.atleast_2d(np.asarray(counts, dtype=float))
    m = np.broadcast_to(column(mean, y), y.shape)
    phi = np.broadcast_to(column(dispersion, y), y.shape)
    if not np.all(m > 0):
        raise ValueError("a CUSUM needs an expected count above zero in each week: leave out the series of which none is expected")
    alarm, total, bound = np.zeros(y.shape, bool), np.zeros(y.shape), np.zeros(y.shape)
    before = np.zeros(y.shape[0])
    for t in range(y.shape[1]):
        now = np.maximum(0, before + _standardised(y[:, t], m[:, t], phi[:, t], standard) - k)
        bound[:, t] = _needed(h + k - before, m[:, t], phi[:, t], standard)
        alarm[:, t], total[:, t] = now > h, now
        before = np.where(alarm[:, t] & reset, 0.0, now)
    return CusumAlarms(alarm, total, bound)


def column(values: ArrayLike, y: Floats) -> Floats:
    """One value a series stands for all its times."""
    given = np.asarray(values, dtype=float)
    return given[:, None] if given.ndim == 1 and given.size == y.shape[0] else given


def _standardised(y: Floats, m: Floats, phi: Floats, how: str) -> Floats:
    if how == "rossi":  # Poisson's skewness taken into account
        return (y - 3 * m + 2 * np.sqrt(y * m)) / (2 * np.sqrt(m * phi))
    return (y - m) / np.sqrt(m * phi)


def _needed(excess: Floats, m: Floats, phi: Floats, how: str) -> Floats:
    """The smallest whole count whose standardised value reaches the excess."""
    if how == "rossi":
        root = -np.sqrt(m) + np.sqrt(np.maximum(0, 4 * m + 2 * np.sqrt(m * phi) * excess))
        return np.ceil(np.maximum(0, root) ** 2)
    return np.ceil(np.maximum(0, excess * np.sqrt(m * phi) + m))
