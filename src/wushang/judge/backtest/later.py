"""What became of it: who among the warned was hurt afterwards, and who was hurt without a letter.

Precision: of the letters whose half year is over, those followed by an injury at that unit within it. Lift: that share over
the share of all units judged on the same days (letters to units drawn by lot). Recall: of the injuries of the span, those at a
unit with a letter in the half year before. Injuries are those at work, as known now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from wushang.analyse.injuries import REACHED
from wushang.judge.backtest.clock import ordinals
from wushang.judge.backtest.cube import Cube, flags, whole
from wushang.judge.backtest.pieces import Pieces
from wushang.pool.reading import Pool
from wushang.terms.period import Period, add_months, month_end

WITHIN = 6  # months after a letter that are looked at
WIDE = 1 << 20  # more than there are days


@dataclass(frozen=True)
class Hurt:
    """Injuries of the cube's units by unit and day (since 1970), and until which day they are known."""

    at: np.ndarray
    day: np.ndarray
    serious: np.ndarray
    until: date

    def of(self, serious: bool) -> np.ndarray:
        """Unit and day in one number, rising."""
        keys = self.at * WIDE + self.day
        return keys[self.serious] if serious else keys


@dataclass(frozen=True)
class Found:
    """How well letters met what came: of injuries of one kind (all, or serious ones)."""

    letters: int
    ripe: int
    followed: int
    by_lot: float  # how many of the ripe would have been followed, had they gone to units drawn by lot
    injuries: int
    caught: int
    lead: tuple[int, int, int] | None  # days to the first injury: quarter, middle, three quarters of those followed

    @property
    def precision(self) -> float | None:
        return self.followed / self.ripe if self.ripe else None

    @property
    def recall(self) -> float | None:
        return self.caught / self.injuries if self.injuries else None

    @property
    def lift(self) -> float | None:
        return self.followed / self.by_lot if self.by_lot else None

    def to_json(self) -> dict[str, Any]:
        told = {name: rounded(getattr(self, name)) for name in ("precision", "recall", "lift")}
        lead = dict(zip(("quarter", "median", "three_quarters"), self.lead, strict=True)) if self.lead else None
        return {"letters": self.letters, "ripe": self.ripe, "followed": self.followed, "injuries": self.injuries, "caught": self.caught,
                "by_lot": rounded(self.by_lot), "lead_days": lead, **told}  # fmt: skip


def rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 6)


def hurt(pool: Pool, cube: Cube, until: date) -> Hurt:
    """The injuries at work of the cube's units, as known now."""
    rows = pool.table("injuries")
    rows = rows.filter(rows.status.isin(REACHED["reported"]), rows.at_work, rows.enterprise.notnull(), rows.occurred.notnull())
    found = pool.fetch(rows.select("enterprise", "occurred", serious=rows.severity.isin(["serious", "fatal"]).fill_null(False)))
    at, day, serious = cube.places(whole(found["enterprise"])), whole(found["occurred"]), flags(found["serious"])
    order = np.lexsort([day, at])
    order = order[at[order] >= 0]
    return Hurt(at[order], day[order], serious[order], until)


def ends(days: np.ndarray) -> np.ndarray:
    """The last day of the half year after each day."""
    unique, place = np.unique(days, return_inverse=True)
    told = [date.fromordinal(int(day) + date(1970, 1, 1).toordinal()) for day in unique]
    return ordinals([_end(day) for day in told])[place] if len(unique) else days


def _end(day: date) -> date:
    later = add_months(day, WITHIN)
    return month_end(later) if day == month_end(day) else later


def found(cube: Cube, injured: Hurt, sent: Pieces, period: Period, serious: bool, only: np.ndarray | None = None) -> Found:
    """only: the units of one size class."""
    mine = np.ones(len(sent), bool) if only is None else only[sent.at]
    at, day = sent.at[mine], sent.day[mine]
    keys, end = injured.of(serious), ends(day)
    ripe = end <= ordinals([injured.until])[0]
    first = np.searchsorted(keys, at * WIDE + day, "right")
    there = np.append(keys, -1)[first] if len(keys) else np.full(len(at), -1)
    hit = (there >= 0) & (there <= at * WIDE + end) & ripe
    lead = (there - at * WIDE - day)[hit]
    lot = by_lot(cube, keys, injured.until, only)[np.clip(np.searchsorted(ordinals(cube.clock.days), day, "right") - 1, 0, None)]
    return Found(
        len(at), int(ripe.sum()), int(hit.sum()), float(lot[ripe].sum()), *caught(keys, sent, period, injured.until, only),
        tuple(int(d) for d in np.quantile(lead, (0.25, 0.5, 0.75), method="lower")) if len(lead) else None,  # type: ignore[arg-type]
    )  # fmt: skip


def by_lot(cube: Cube, keys: np.ndarray, until: date, only: np.ndarray | None) -> np.ndarray:
    """Of the units judged on each day, the share that was hurt within the half year after; 0 where it is not over."""
    at, day = keys // WIDE, keys % WIDE
    shares = np.zeros(len(cube.clock.days))
    for k, (begin, end) in enumerate(zip(ordinals(cube.clock.days), ends(ordinals(cube.clock.days)), strict=True)):
        there = cube.there[:, k] if only is None else cube.there[:, k] & only
        if end <= ordinals([until])[0] and there.any():
            units = np.zeros(len(cube.units), bool)
            units[at[(day > begin) & (day <= end)]] = True
            shares[k] = (units & there).sum() / there.sum()
    return shares


def caught(keys: np.ndarray, sent: Pieces, period: Period, until: date, only: np.ndarray | None) -> tuple[int, int]:
    """(injuries of the span, those at a unit with a letter in the half year before)."""
    start, end = ordinals([period.start, min(period.end, until)])
    at, day = keys // WIDE, keys % WIDE
    mine = (day >= start) & (day <= end) & (True if only is None else only[at])
    letters = np.sort(sent.at * WIDE + sent.day)
    last = np.searchsorted(letters, keys[mine], "left") - 1
    before = np.where(last >= 0, letters[last], -1) if len(letters) else np.full(int(mine.sum()), -1)
    same = (before >= 0) & (before // WIDE == at[mine])
    over = np.zeros(int(mine.sum()), bool)
    over[same] = ends(before[same] % WIDE) >= day[mine][same]
    return int(mine.sum()), int(over.sum())
