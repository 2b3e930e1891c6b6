"""Rolling origin: learn at each day from what had come by then, and foretell from it what came afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wushang.statistics.risk.known import Day
from wushang.statistics.risk.learning import baseline, learn
from wushang.statistics.risk.model import Foretold


@dataclass(frozen=True)
class Tried:
    """One day of the line: its place, what the model and what the baseline said."""

    place: int
    model: Foretold
    baseline: Foretold


def backtest(days: Sequence[Day], rises: Mapping[str, int], ends: int) -> list[Tried]:
    """Days in the order of time, at even distances, all with what came. A day's cases had come `ends` days of the line later: a
    model at place p may learn from those up to p − ends. The first places, which have nothing to learn from, are not tried."""
    tried = []
    for place in range(ends, len(days)):
        past = days[: place - ends + 1]
        if any(day.came is not None and day.came.sum() for day in past):
            tried.append(Tried(place, learn(past, rises).foretell(days[place]), baseline(past).foretell(days[place])))
    return tried
