"""Whether so many warned units that say nothing for half a year are more than chance: each unit's own rate, shrunk to its kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wushang.evaluate.beneath.sides import RIPE
from wushang.judge.ranking.units import read
from wushang.pool.reading import Pool
from wushang.rectify.models import Case
from wushang.statistics.shrinkage import posterior
from wushang.statistics.suppression import silence_chance, so_many_silent
from wushang.terms.period import Period

LISTENED = 180  # days after a letter


@dataclass(frozen=True)
class Silence:
    """Warned units with insured people, those without an accident since, how many of them chance would leave so, P(so many or more)."""

    units: int
    silent: int
    due: float
    p: float
    days: int = LISTENED


def listened(data_to: date) -> tuple[Period, Period]:
    """The year before, in which the rate is learnt and the letters were delivered; the half year in which is listened."""
    end = data_to - timedelta(days=RIPE)
    start = end - timedelta(days=LISTENED - 1)
    return Period(start - timedelta(days=365), start - timedelta(days=1)), Period(start, end)


def warned_in(period: Period) -> set[int]:
    """Units to which a letter was delivered."""
    rows = Case.objects.filter(delivered__range=(period.start, period.end))
    return set(rows.values_list("enterprise_id", flat=True))


def silence(pool: Pool, warned: Collection[int], periods: tuple[Period, Period], scope: str = "at_work") -> Silence | None:
    """None where no warned unit is there in both periods, or too few units to learn a rate from."""
    base, after = (read(pool, period, scope) for period in periods)
    prior = base.prior()
    staff = dict(zip(after.enterprise.tolist(), zip(after.events.tolist(), after.years.tolist(), strict=True), strict=True))
    at = np.flatnonzero(np.isin(base.enterprise, sorted(warned)) & np.isin(base.enterprise, after.enterprise))
    if prior is None or not at.size:
        return None
    known = posterior(base.events, base.years, prior)
    heard, years = (np.array(part) for part in zip(*(staff[int(one)] for one in base.enterprise[at]), strict=True))
    chance = silence_chance(known.mean[at] * years, known.shape[at])
    silent = int((heard == 0).sum())
    return Silence(at.size, silent, float(chance.sum()), so_many_silent(chance, silent))


