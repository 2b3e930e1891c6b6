"""Shares of a whole and places in a ranking, with what chance leaves open.

Sources: Clopper and Pearson (1934) for the exact interval of a share, each group against all the others; Przyborowski and Wilenski
(1940) for two counts: given their sum one is binomial. A ranking's band (Goldstein and Spiegelhalter 1996, J. R. Statist. Soc. A
159:385, for the idea): a group stands behind those that are surely more and before those that are surely fewer, two by two. With
many groups one pair in twenty differs by chance; a band is no proof. Checked: by hand with powers of ½.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.rates import share_interval

Flags = NDArray[np.bool_]


def shares(counts: Sequence[int], confidence: float = 0.95) -> list[tuple[float, float]]:
    """Cases of each group → low and high end of its share of them all; nothing is known of a whole without cases: 0 to 1."""
    whole = sum(counts)
    return [share_interval(n, whole, confidence) if whole else (0.0, 1.0) for n in counts]


def rank_bands(counts: ArrayLike, exposures: ArrayLike | None = None, level: float = 0.05) -> list[tuple[int, int]]:
    """Cases of each group, and what they are over where rates are ranked → first and last place (1 is the most) that it may have."""
    n = np.asarray(counts, dtype=float)
    over = np.ones_like(n) if exposures is None else np.asarray(exposures, dtype=float)
    more = _surely_more(n, over, level)
    return [(1 + int(more[:, place].sum()), n.size - int(more[place].sum())) for place in range(n.size)]


def _surely_more(n: NDArray[np.float64], over: NDArray[np.float64], level: float) -> Flags:
    """[i, j]: whether i has more than j by the exact test, both sides together at `level`."""
    from scipy.stats import binom

    share = over[:, None] / (over[:, None] + over[None, :])
    return np.asarray(2 * binom.sf(n[:, None] - 1, n[:, None] + n[None, :], share) <= level)
