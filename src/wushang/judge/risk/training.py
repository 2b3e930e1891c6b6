"""Learning from all earlier days, tried along the line before it is believed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wushang.judge.risk.columns import rises
from wushang.judge.risk.days import day, ends, line
from wushang.judge.risk.facts import Facts
from wushang.statistics.risk import Day, Model, Tried, backtest, learn
from wushang.statistics.risk.learning import baseline
from wushang.statistics.risk.scores import Gain, gain

TRIED = 8  # newest days of the line on which a model is tried


@dataclass(frozen=True)
class Trained:
    """What is used, the baseline, and how both did at earlier days (none where the data are too short to try)."""

    model: Model
    baseline: Model
    days: list[Day]
    origins: list[int]
    tried: list[Tried]

    @property
    def gain(self) -> Gain | None:
        """Of the model over the baseline on the days tried."""
        if not self.tried:
            return None
        came = np.concatenate([self.days[one.place].cases for one in self.tried])
        firms = np.concatenate([self.days[one.place].firms for one in self.tried])
        means = [np.concatenate([getattr(one, which).mean for one in self.tried]) for which in ("model", "baseline")]
        return gain(came, means[0], means[1], firms)

    @property
    def better(self) -> bool:
        """Whether the model has beaten the baseline; where not, the baseline is used."""
        return self.gain is not None and self.gain.interval.low > 0

    @property
    def used(self) -> Model:
        return self.model if self.better else self.baseline


def trained(facts: Facts, horizon: int) -> Trained | None:
    """None where the data are too short to learn anything."""
    origins = line(facts, horizon)[-(TRIED + ends(horizon)) :]
    days = [day(facts, origin, horizon) for origin in origins]
    if not any(one.came is not None and one.came.sum() for one in days):
        return None
    wanted = rises(sorted(set.intersection(*(set(one.columns) for one in days))))
    return Trained(learn(days, wanted), baseline(days), days, origins, backtest(days, wanted, ends(horizon)))
