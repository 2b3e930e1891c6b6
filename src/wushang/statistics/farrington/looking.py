"""Series × weeks in, alarms out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wushang.statistics.farrington.asked import Farrington
from wushang.statistics.farrington.bounds import bound as bound_of
from wushang.statistics.farrington.bounds import p_value
from wushang.statistics.farrington.fitting import with_or_without_trend
from wushang.statistics.farrington.model import Floats, Groups

BATCH = 100_000  # cells of one batch of the fit: what a processor's cache holds


@dataclass(frozen=True)
class Alarms:
    """Arrays of series × weeks looked at; nan where there were too few cases to be looked at, or the fit did not end.

    alarm: above the bound. bound: the greatest count that is still usual.
    p: how likely at least so many cases are, if all is as usual. expected, dispersion: of the model. trend: whether it was
    kept; p_trend: of the first fit.
    """

    alarm: NDArray[np.bool_]
    bound: Floats
    p: Floats
    expected: Floats
    dispersion: Floats
    trend: NDArray[np.bool_]
    p_trend: Floats
    enough: NDArray[np.bool_]  # cases for an alarm at all


def farrington(counts: ArrayLike, weeks: ArrayLike, asked: Farrington = Farrington()) -> Alarms:
    """`counts`: series × time (one series may be one row), `weeks`: which places in time are looked at.

    Weeks with too few cases for an alarm are not fitted. ValueError where a week has less than `asked.history` before it.
    """
    y = np.atleast_2d(np.asarray(counts, dtype=float))
    places = np.asarray(weeks, dtype=int)
    if places.size and (places.min() < asked.history or places.max() >= y.shape[1]):
        raise ValueError(f"a week needs {asked.history} weeks before it: the first that can be looked at is {asked.history}")
    enough = np.stack([y[:, places - back] for back in range(asked.within)]).sum(axis=0) >= asked.least
    series, column = np.nonzero(enough)
    offsets, parts = asked.offsets()
    groups, step = Groups(offsets.astype(float), parts), max(1, BATCH // offsets.size)
    found = _nothing(enough)
    for first in range(0, series.size, step):
        rows, at = series[first : first + step], column[first : first + step]
        told = _look(y[rows, places[at]], y[rows[:, None], places[at][:, None] + offsets], groups, asked)
        for name, values in told.items():
            getattr(found, name)[rows, at] = values
    return found


def _nothing(enough: NDArray[np.bool_]) -> Alarms:
    """No alarm, no figure."""
    no, none = np.zeros(enough.shape, bool), np.full(enough.shape, np.nan)
    return Alarms(no, none.copy(), none.copy(), none.copy(), none.copy(), no.copy(), none, enough)


def _look(now: Floats, past: Floats, groups: Groups, asked: Farrington) -> dict[str, NDArray]:
    fit, kept, p_trend = with_or_without_trend(past, groups, asked)
    bound = bound_of(fit, asked)
    return {
        "alarm": now > bound, "bound": bound, "p": p_value(now, fit, asked), "expected": np.exp(fit.eta),
        "dispersion": fit.phi, "trend": kept, "p_trend": p_trend,
    }  # fmt: skip
