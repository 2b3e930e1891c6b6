"""From the counts of a week to the few that are told: false discoveries over everything that was looked at, one outbreak told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from wushang.judge.signals.looking import ASKED, Looked, detector_for, look, usual
from wushang.judge.signals.series import Facts, Key
from wushang.statistics.discovery import discoveries
from wushang.statistics.nowcast import completion, ripe_after

RIPE = 0.8  # share of reports from which a week hardly grows any more
OLDEST = 8  # weeks: what stood out longer ago is no news
DELAYS, PERIODS = 26, 104  # weeks of delay that are foreseen, and weeks from which they are learnt
SHOWN = 104  # weeks of the picture
HALF = 0.5  # of the surest series' excess: a narrower one that holds so much says better where


@dataclass(frozen=True, eq=False)
class Alarm:
    """A series that stands out, with its counts up to the week, and the fields of the row it becomes."""

    series: Key
    week: date
    counts: np.ndarray
    values: dict[str, Any]
    towns: tuple[str, ...] = ()  # of a cluster of several places, which one key cannot name
    band: dict[str, list] | None = None  # its picture, where it is not drawn from the detector's own

    @property
    def keys(self) -> list[Key]:
        """What it tells of: its series, or all trades of each of its townships."""
        return [(town, "", "") for town in self.towns] or [self.series]

    @property
    def excess(self) -> float:
        return self.values["observed"] - self.values["expected"]

    def drawn(self) -> dict[str, list]:
        """The last weeks with what was usual for each, where its past allows to say so."""
        if self.band is not None:
            return self.band | {"towns": list(self.towns)}
        places = range(max(0, self.counts.size - SHOWN), self.counts.size)
        bands = [usual(self.counts[: place + 1]) for place in places]
        weeks = [self.week - timedelta(weeks=self.counts.size - 1 - place) for place in places]
        return {
            "weeks": [week.isoformat() for week in weeks], "values": self.counts[places.start :].tolist(),
            "low": [low for low, _high in bands], "high": [high for _low, high in bands],
        }  # fmt: skip


@dataclass(frozen=True)
class Looks:
    """What one look at all series came to."""

    detector: str
    series: int
    looked: int
    alarms: tuple[Alarm, ...]


def look_at(facts: Facts, rate: float) -> Looks:
    """The newest week and those before it that are not ripe, each beside what was known of earlier weeks at the same age."""
    detector, members = detector_for(facts.weeks), facts.series()
    if not detector:
        return Looks("", len(members), 0, ())
    share = shares(facts)
    ages = range(min(OLDEST, ripe_after(share, RIPE), facts.weeks - 1) + 1)
    tables = [_summed(facts.counts(age), members) for age in ages]
    usable = [(age, table) for age, table in zip(ages, tables, strict=True) if detector_for(table.shape[1])]
    found = [look(table) for _age, table in usable]
    p = np.stack([one.p for one in found])
    # Which series have too few cases depends on the very counts that are judged: they stay in the number that was looked at.
    stands = discoveries(np.nan_to_num(p, nan=1.0).ravel(), rate)
    adjusted = stands.adjusted.reshape(p.shape)
    kept = stands.stands.reshape(p.shape) & np.stack([one.alarm for one in found])
    keys = list(members)
    alarms = [
        _alarm(facts, keys[at], usable[row][0], usable[row][1][at], found[row], int(at), adjusted[row, at], share)
        for row, at in zip(*np.nonzero(kept), strict=True)
    ]
    looked = int((~np.isnan(p)).any(axis=0).sum())
    return Looks(detector, len(keys), looked, tuple(once(alarms)))


def shares(facts: Facts) -> np.ndarray:
    """By weeks passed: the share of a week's reports that is in by then."""
    periods = min(PERIODS, facts.weeks)
    return completion(facts.delays(periods, min(DELAYS, periods)))


def _summed(counts: np.ndarray, members: dict[Key, np.ndarray]) -> np.ndarray:
    return np.stack([counts[leaves].sum(axis=0) for leaves in members.values()])


def _alarm(facts: Facts, key: Key, age: int, counts: np.ndarray, found: Looked, at: int, q: float, share: np.ndarray) -> Alarm:
    seen, part = int(found.observed[at]), float(share[min(age, share.size - 1)])
    values = {
        "span": int(found.span[at]), "age": age, "observed": seen, "expected": float(found.expected[at]),
        "usual_low": int(found.low[at]), "usual_high": int(found.high[at]), "bound": float(found.bound[at]),
        "p": float(found.p[at]), "q": float(q), "detector": detector_for(counts.size),
        "forecast": round(seen / part) if part < RIPE else None,
    }  # fmt: skip
    return Alarm(key, facts.monday(counts.size - 1), counts, values)


def once(alarms: Iterable[Alarm]) -> Iterator[Alarm]:
    """Of those that may tell of the same cases one: the surest, or the narrowest that holds half of its excess."""
    left = sorted(alarms, key=lambda one: (one.values["p"], one.series))
    while left:
        surest = left[0]
        alike = [one for one in left if alike_in(one.keys, one.week, surest.keys, surest.week)]
        yield max((one for one in alike if one.excess >= HALF * surest.excess), key=_narrow)
        left = [one for one in left if one not in alike]


def _narrow(one: Alarm) -> tuple[int, float]:
    return sum(map(len, one.series)), -one.values["p"]


def alike_in(keys: Iterable[Key], week: date, others: Sequence[Key], other_week: date) -> bool:
    """Whether any two of them may tell of one outbreak."""
    return any(same(one, week, other, other_week) for one in keys for other in others)


def same(one: Key, week: date, other: Key, other_week: date) -> bool:
    """Whether two may tell of one outbreak: weeks close together, and a place, a trade and a cause that both have in common."""
    near = abs((week - other_week).days) <= 7 * ASKED.within
    return near and all(part.startswith(of) or of.startswith(part) for part, of in zip(one, other, strict=True))
