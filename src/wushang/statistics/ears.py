"""EARS C1, C2, C3: a day or week beside the seven before it, for series whose history is too short for a season.

Source: Hutwagner et al. (2003) J Urban Health 80:i89; Fricker, Hegler, Dunfee (2008) Statistics in Medicine 27:3407. Checked
against R surveillance 1.20.3 (earsC) on Salmonella agona: same bounds and alarms of C1 and C2. C3 follows the paper; R puts the
count itself in the place of its mean, so that its C3 looks at the two weeks before only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
LAG = {"C1": 0, "C2": 2, "C3": 2}  # what lies between the present and the seven it is compared with
ALPHA = {"C1": 0.001, "C2": 0.001, "C3": 0.025}
BACK = 2  # C3 adds what the two before stood out by


@dataclass(frozen=True)
class EarsAlarms:
    """Series × places looked at."""

    alarm: NDArray[np.bool_]
    bound: Floats


def ears(
    counts: ArrayLike, places: ArrayLike, method: Literal["C1", "C2", "C3"] = "C1", baseline: int = 7, alpha: float | None = None
) -> EarsAlarms:
    """`counts`: series × time, `places` in time are looked at. ValueError where fewer than `history` lie before one."""
    from scipy.stats import norm

    y = np.atleast_2d(np.asarray(counts, dtype=float))
    at = np.asarray(places, dtype=int)
    if at.size and at.min() < history(method, baseline):
        raise ValueError(f"{method} needs {history(method, baseline)} counts before the one that is looked at")
    z = norm.isf(ALPHA[method] if alpha is None else alpha)
    mean, spread = _baseline(y, at, LAG[method], baseline)
    if method == "C3":
        z = z - sum(_excess(y, at - back, baseline) for back in (1, BACK))
    bound = mean + z * spread
    return EarsAlarms(y[:, at] > bound, np.maximum(bound, 0))


def history(method: str, baseline: int = 7) -> int:
    """How many counts must lie before."""
    return baseline + LAG[method] + (BACK if method == "C3" else 0)


def _baseline(y: Floats, at: NDArray[np.int64], lag: int, size: int) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the `size` counts that end `lag` before."""
    window = y[:, at[:, None] - lag - 1 - np.arange(size)]
    return window.mean(axis=2), window.std(axis=2, ddof=1)


def _excess(y: Floats, at: NDArray[np.int64], baseline: int) -> Floats:
    """By how many standard deviations more than one a count stands out (C2); nothing where its past never varied."""
    mean, spread = _baseline(y, at, LAG["C2"], baseline)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(spread > 0, (y[:, at] - mean) / spread - 1, 0.0)
    return np.maximum(found, 0)
