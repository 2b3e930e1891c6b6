"""Firms too small to be ranked by themselves: one line for each industry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.shrinkage.fitting import sums

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pooled:
    """Per industry that has small firms: its label, their number, cases and exposure; and which firms are small."""

    industry: NDArray
    firms: NDArray[np.int64]
    counts: Floats
    exposure: Floats
    small: NDArray[np.bool_]


def pool_small(counts: ArrayLike, exposure: ArrayLike, industry: ArrayLike, below: float) -> Pooled:
    """All firms in, those with an exposure under `below` put together by industry, out; nobody is lost or counted twice."""
    x, e = np.asarray(counts, dtype=float), np.asarray(exposure, dtype=float)
    small = e < below
    labels, place = np.unique(np.asarray(industry)[small], return_inverse=True)
    firms = np.bincount(place, minlength=labels.size)
    return Pooled(labels, firms, sums(place, x[small]), sums(place, e[small]), small)
