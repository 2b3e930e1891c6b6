"""What is asked: how far back, how the year is parted, from when on it is an alarm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Method = Literal["delta", "nbPlugin", "muan"]


@dataclass(frozen=True)
class Farrington:
    """How it is asked. `b` years back, half a window of `w` weeks, the year in `periods` parts, the newest `leave_out` weeks not
    in the model, no alarm with fewer than `least` cases in `within` weeks."""

    b: int = 5
    w: int = 3
    periods: int = 10
    leave_out: int = 26
    alpha: float = 0.01
    threshold: float = 2.58
    method: Method = "nbPlugin"
    trend: bool = True
    p_trend: float = 0.05
    reweight: bool = True
    least: int = 5
    within: int = 4
    frequency: int = 52

    @property
    def history(self) -> int:
        """Weeks that must lie before the first week that can be looked at."""
        return self.b * self.frequency + self.w

    def offsets(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Weeks before the present one that are fitted, and the part of the year each is in (`periods` is the present one)."""
        part: dict[int, int] = {-back: self.periods for back in range(self.w + 1)}
        for year in range(1, self.b + 1):
            centre, later = -year * self.frequency, -(year - 1) * self.frequency
            part |= {centre + step: self.periods for step in range(-self.w, self.w + 1)}
            part |= self._between(centre + self.w + 1, later - self.w)
        kept = sorted(place for place in part if place < -self.leave_out)
        order = sorted(kept, key=lambda place: (part[place], place))
        return np.array(order), np.array([part[place] for place in order])

    def _between(self, start: int, stop: int) -> dict[int, int]:
        """The weeks between two windows, shared out among the other parts of the year, the first ones longer by one."""
        if self.periods == 1:
            return {}
        each, more = divmod(stop - start, self.periods - 1)
        lengths = [each + (number < more) for number in range(self.periods - 1)]
        numbers = np.repeat(np.arange(1, self.periods), lengths)
        return dict(zip(range(start, stop), numbers.tolist(), strict=True))
