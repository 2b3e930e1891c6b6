"""Thousands of series, few false alarms: the false discovery rate over all of them, and so many alarms an office as it can see to.

Source: Benjamini and Hochberg (1995) JRSS B 57:289; it holds for independent series and for such as rise together (Benjamini and
Yekutieli 2001), as a township's and its county's do. Exact p-values of small counts are larger than uniform: the rate is then kept
with room to spare. Checked: the 15 p-values of the paper's own example (four stand at 5 %), and simulated series.

Arrays are one a series; nan is a series that could not be looked at (too few cases, too short a history) and counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Discoveries:
    """Whether each series stands, and its adjusted p (q-value): the least rate at which it would stand; nan where not looked at."""

    stands: NDArray[np.bool_]
    adjusted: Floats


def discoveries(p: ArrayLike, rate: float = 0.05) -> Discoveries:
    """p-values and the share of false ones that is borne among those that stand."""
    given = np.asarray(p, dtype=float)
    looked = np.flatnonzero(~np.isnan(given))
    order = looked[np.argsort(given[looked], kind="stable")]
    scaled = given[order] * looked.size / np.arange(1, looked.size + 1)
    adjusted = np.full(given.shape, np.nan)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return Discoveries(np.nan_to_num(adjusted, nan=2.0) <= rate, adjusted)


@dataclass(frozen=True)
class Budgeted:
    """`place`: the alarm's place in its office, 1 the strongest, 0 what is no alarm; `kept`: within the budget. What is an alarm and
    not kept waits: it is put back, never forgotten."""

    place: NDArray[np.int64]
    kept: NDArray[np.bool_]


def within_budget(alarm: ArrayLike, office: ArrayLike, p: ArrayLike, size: ArrayLike, most: int) -> Budgeted:
    """Alarms, the office each belongs to, p and size (excess cases) → the `most` strongest of each office, by p, then by size."""
    alarms = np.flatnonzero(np.asarray(alarm, dtype=bool))
    offices = np.unique(np.asarray(office), return_inverse=True)[1][alarms]
    order = np.lexsort((-np.asarray(size, dtype=float)[alarms], np.asarray(p, dtype=float)[alarms], offices))
    starts = np.searchsorted(offices[order], offices[order])
    place = np.zeros(np.asarray(alarm).shape, dtype=int)
    place[alarms[order]] = np.arange(order.size) - starts + 1
    return Budgeted(place, (place > 0) & (place <= most))
