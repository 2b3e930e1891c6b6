"""CUSUM of the likelihood ratio, of Poisson or negative binomial counts: is the mean still `mean`, or `ratio` times as much?

Source: Hawkins and Olwell (1998), Cumulative Sum Charts, 6.2; Höhle and Paul (2008) Comput. Stat. Data Anal. 52:4357, 2.1 (known
change, size known). By Lorden (1971) Ann. Math. Stat. 42:1897 exp(h) weeks or more pass between two false alarms on the average,
whatever the mean, so `h` needs no table.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.cusum import CusumAlarms, column

Floats = NDArray[np.float64]


def likelihood_cusum(
    counts: ArrayLike, mean: ArrayLike, ratio: float = 2.0, size: ArrayLike = np.inf, weeks: float = 500.0, reset: bool = True
) -> CusumAlarms:  # fmt: skip
    """`counts`: series × time; `mean`: expected, one each, one a series or one of all; `size`: of the negative binomial, one or one a
    series, its variance being mean + mean²/size (inf is Poisson); `weeks`: at least so many from one false alarm to the next;
    `reset`: begun anew after an alarm. ValueError where nothing is expected, or no rise is looked for."""
    y = np.atleast_2d(np.asarray(counts, dtype=float))
    m, r = (np.broadcast_to(column(one, y), y.shape) for one in (mean, size))
    if not (np.all(m > 0) and np.all(r > 0) and ratio > 1):
        raise ValueError("a likelihood CUSUM needs means and sizes above zero and a ratio above one")
    slope, cost, h = *_line(m, r, ratio), float(np.log(weeks))
    alarm, total = np.zeros(y.shape, bool), np.zeros(y.shape)
    before = np.zeros(y.shape[0])
    for t in range(y.shape[1]):
        total[:, t] = np.maximum(0, before + y[:, t] * slope[:, t] - cost[:, t])
        alarm[:, t] = total[:, t] > h
        before = np.where(alarm[:, t] & reset, 0.0, total[:, t])
    held = np.hstack([np.zeros((y.shape[0], 1)), np.where(alarm & reset, 0.0, total)[:, :-1]])
    return CusumAlarms(alarm, total, np.floor((h + cost - held) / slope) + 1)


def _line(mean: Floats, size: Floats, ratio: float) -> tuple[Floats, Floats]:
    """log f(y | ratio × mean) − log f(y | mean) = y × slope − cost."""
    with np.errstate(invalid="ignore"):
        share = np.where(np.isinf(size), 1.0, (size + mean) / (size + ratio * mean))
        cost = np.where(np.isinf(size), (ratio - 1) * mean, -size * np.log(share))
    return np.log(ratio * share), cost
