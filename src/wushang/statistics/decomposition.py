"""Where a change of a count comes from: more people, another mix of trades and sizes, or another rate.

N = E × Σ w_s × r_s with E all exposure, w_s the share and r_s the rate of stratum s. The change of such a product of three
factors is parted without a rest and without an order of the factors by Das Gupta (1993), Standardization and Decomposition of
Rates, Bureau of the Census P23-186; for two factors it is Kitagawa (1955).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ChangeParts:
    """Cases: by headcount, by mix, by rate; `unplaced` are those of strata whose exposure nobody knows. They add up."""

    total: float
    headcount: float
    mix: float
    rate: float
    unplaced: float


def change_parts(before: ArrayLike, now: ArrayLike, exposure_before: ArrayLike, exposure_now: ArrayLike) -> ChangeParts:
    """Cases and exposures of the same strata in two periods, in; the parts of the change of the sum, out.

    A stratum that had no exposure in one of the periods has the other's rate there: that it came or went is a change of the
    mix. Checked by hand (Kitagawa's own arithmetic for one period's headcount unchanged) and by adding up.
    """
    n0, n1, e0, e1 = (np.asarray(x, dtype=float) for x in (before, now, exposure_before, exposure_now))
    known = (e0 + e1) > 0
    lost = float((n1 - n0)[~known].sum()) + float(n1[known & (e1 == 0)].sum()) - float(n0[known & (e0 == 0)].sum())
    total = float(n1.sum() - n0.sum())
    if e0[known].sum() <= 0 or e1[known].sum() <= 0:
        return ChangeParts(total, 0.0, 0.0, 0.0, total)
    parts = _product_parts(*_factors(n0[known], e0[known], n1[known], e1[known]))
    return ChangeParts(total, *parts, lost)


def _factors(n0: Floats, e0: Floats, n1: Floats, e1: Floats):
    """(E, w, r) of both periods; a rate that does not exist is borrowed from the other period."""
    r0 = np.divide(n0, e0, out=np.full_like(n0, np.nan), where=e0 > 0)
    r1 = np.divide(n1, e1, out=np.full_like(n1, np.nan), where=e1 > 0)
    return (e0.sum(), e0 / e0.sum(), np.where(np.isnan(r0), r1, r0)), (e1.sum(), e1 / e1.sum(), np.where(np.isnan(r1), r0, r1))


def _product_parts(before, now) -> tuple[float, float, float]:
    return tuple(float(np.sum(_part(before, now, place))) for place in range(3))  # type: ignore[return-value]


def _part(before, now, place: int):
    """Das Gupta's part of one of three factors: its change × the mean of the other two over all orders."""
    b0, c0 = (before[k] for k in range(3) if k != place)
    b1, c1 = (now[k] for k in range(3) if k != place)
    return (now[place] - before[place]) * ((b0 * c0 + b1 * c1) / 3 + (b0 * c1 + b1 * c0) / 6)
