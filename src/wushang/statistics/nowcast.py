"""What the last periods will come to when all their reports are in (申报期未满), and from when on a period is ripe.

Source: Lawless (1994) Canadian J. Statistics 22:15, reverse-time hazards of the delay: the same numbers as the chain ladder (Mack
1993, ASTIN Bulletin 23:213). The interval is drawn from Beta hazards and a negative binomial remainder, both widened by the
dispersion of the delays. Checked: a triangle counted by hand; Taylor and Ashe (1983), whose chain ladder leaves 18,680,856
to come as published by Mack; simulated weeks whose later totals lie in the 90 % interval as often as is said.

A table is periods × delays of new reports: row t occurred in t, column d reported d periods later; row t is known for d ≤ T − 1 − t
and what stands beyond is not looked at. Delays beyond the last column are not foreseen: let it be as long as the law's time.
Give only the periods in which reports came as they come now: a new way of reporting begins a new table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Nowcast:
    """One a period: reports seen, the share that should be in by now, the total to come to with its interval, whether it is ripe."""

    seen: Floats
    completion: Floats
    total: Floats
    low: Floats
    high: Floats
    ripe: NDArray[np.bool_]


def table_of(occurred: ArrayLike, reported: ArrayLike, periods: int, delays: int) -> Whole:
    """Numbers of the periods (0 … periods − 1) in which each case occurred and was reported → the table; cases before period 0 and
    delays beyond the last column are left out. ValueError: reported before it occurred, or after the last period."""
    when, told = np.asarray(occurred, dtype=int), np.asarray(reported, dtype=int)
    if np.any(told < when) or np.any(told >= periods):
        raise ValueError("a case is reported in the period in which it occurs or later, and until the last period")
    kept = (when >= 0) & (told - when < delays)
    found = np.zeros((periods, delays), dtype=int)
    np.add.at(found, (when[kept], (told - when)[kept]), 1)
    return found


def _known(table: Floats) -> NDArray[np.bool_]:
    periods, delays = table.shape
    return np.arange(periods)[:, None] + np.arange(delays) < periods


def known_after(table: ArrayLike, delay: int) -> Floats:
    """What was known of each period so many periods later: to compare a young period with an old one at the same age (同成熟度).
    nan where that time has not come yet."""
    counts = np.asarray(table, dtype=float)
    return np.where(_known(counts)[:, delay], counts[:, : delay + 1].sum(axis=1), np.nan)


def hazards(table: ArrayLike) -> tuple[Floats, Floats]:
    """For each delay: how many came with just this delay, and how many with it or a shorter one, of periods old enough for both."""
    counts = np.asarray(table, dtype=float)
    known = _known(counts)
    if counts.shape[0] < counts.shape[1]:
        raise ValueError(f"{counts.shape[1]} delays need as many periods, and here are {counts.shape[0]}: too short a history")
    held = np.where(known, counts, 0)
    return held.sum(axis=0), np.where(known, held.cumsum(axis=1), 0).sum(axis=0)


def completion(table: ArrayLike) -> Floats:
    """For each delay the share of all reports that is in by then: Π over longer delays of 1 − hazard; the last is 1."""
    just, until = hazards(table)
    return _completion(np.divide(just, until, out=np.zeros_like(just), where=until > 0))


def _completion(hazard: Floats) -> Floats:
    """Along the last axis."""
    later = np.cumprod(1 - hazard[..., :0:-1], axis=-1)[..., ::-1]
    return np.concatenate([later, np.ones_like(hazard[..., :1])], axis=-1)


def ripe_after(share: ArrayLike, ripe: float) -> int:
    """After how many periods a period is ripe: the first delay by which at least the share `ripe` is in."""
    return int(np.argmax(np.asarray(share, dtype=float) >= ripe))


def nowcast(
    table: ArrayLike, seed: int, ripe: float = 0.8, confidence: float = 0.90, draws: int = 2000
) -> Nowcast:  # fmt: skip
    """The table → each period's total to come to. A period of which less than the share `ripe` is in is unripe: its total may be
    shown with its interval, and nothing may be concluded from what was seen."""
    counts = np.asarray(table, dtype=float)
    age = np.minimum(np.arange(counts.shape[0])[::-1], counts.shape[1] - 1)
    seen, share = np.where(_known(counts), counts, 0).sum(axis=1), completion(counts)[age]
    total = np.divide(seen, share, out=np.full_like(seen, np.nan), where=share > 0)
    low, high = _drawn(counts, seen, age, np.random.default_rng(seed), draws, (1 - confidence) / 2)
    return Nowcast(seen, share, total, low, high, share >= ripe)


def _drawn(counts: Floats, seen: Floats, age: Whole, random, draws: int, tail: float) -> tuple[Floats, Floats]:
    """The ends of the intervals: hazards drawn from Beta, what is still to come from a negative binomial; ½ is added to counts
    (Jeffreys), so that a period without a report yet is not said to stay without."""
    just, until = hazards(counts)
    phi = dispersion(counts)
    hazard = random.beta(just / phi + 0.5, (until - just) / phi + 0.5, (draws, just.size))
    share = np.clip(_completion(hazard)[:, age], 1e-9, 1)
    more = phi * random.negative_binomial(seen / phi + 0.5, share) * (age < just.size - 1)
    low, high = np.quantile(seen + more, [tail, 1 - tail], axis=0)
    return np.floor(low), np.ceil(high)


def dispersion(table: ArrayLike) -> float:
    """How much more the delays vary from period to period than chance lets them: Pearson's χ² of the known cells over its degrees
    of freedom, 1 at the least."""
    counts = np.asarray(table, dtype=float)
    just, until = hazards(counts)
    hazard = np.divide(just, until, out=np.zeros_like(just), where=until > 0)
    at_risk = np.where(_known(counts), counts, 0).cumsum(axis=1)
    usable = _known(counts) & (at_risk > 0) & (hazard > 0) & (hazard < 1)
    usable[:, 0] = False
    spread = np.where(usable, at_risk * hazard * (1 - hazard), 1)
    square = np.where(usable, (counts - at_risk * hazard) ** 2 / spread, 0).sum()
    return max(1.0, float(square / max(1, usable.sum() - usable.any(axis=0).sum())))
