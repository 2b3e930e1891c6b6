"""Five public series whose outbreak weeks are known: which outbreaks are seen, how many days late, with how many false alarms."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from wushang.statistics.cusum import cusum
from wushang.statistics.ears import ears
from wushang.statistics.farrington import Farrington, farrington, two_weeks

KNOWN = json.loads((Path(__file__).parent / "oracles" / "outbreaks.json").read_text())
YEARS = 2
BEGIN = Farrington(b=YEARS).history  # 107 weeks: the first that Farrington can look at
SHORT = 11  # the first week that C2 and C3 can look at


@dataclass(frozen=True)
class Scored:
    """Outbreaks looked at, those seen, days from the first week of each until its alarm, false alarms and quiet weeks."""

    outbreaks: int
    seen: int
    days: tuple[int, ...]
    false: int
    quiet: int


def _spells(weeks: list[int]) -> list[range]:
    """Weeks in a row are one outbreak."""
    starts = [week for week in weeks if week - 1 not in weeks]
    return [range(week, next(end for end in range(week, week + len(weeks) + 1) if end not in weeks)) for week in starts]


def score(detector: Callable[[np.ndarray, np.ndarray], np.ndarray], first: int) -> Scored:
    """An outbreak counts where its first week is looked at; a false alarm is one outside of all outbreak weeks."""
    days, outbreaks, false, quiet = [], 0, 0, 0
    for known in KNOWN.values():
        counts, sick = np.array(known["counts"], dtype=float), [week - 1 for week in known["outbreak_weeks"]]
        at = np.arange(first, counts.size)
        alarm = set(at[detector(counts, at)].tolist())
        for spell in (spell for spell in _spells(sick) if spell.start >= first):
            outbreaks += 1
            days += [7 * (week - spell.start) for week in spell if week in alarm][:1]
        false += len(alarm - set(sick))
        quiet += len(set(at.tolist()) - set(sick))
    return Scored(outbreaks, len(days), tuple(days), false, quiet)


def _seasonal(counts, at):
    return farrington(counts, at, Farrington(b=YEARS)).alarm[0]


def _together(counts, at):
    asked = Farrington(b=YEARS)
    return two_weeks(counts, at, farrington(counts, at, asked)).alarm[0]


def _added_up(counts, at):
    past = counts[: at[0]]
    return cusum(counts[at], past.mean(), dispersion=max(1, past.var(ddof=1) / past.mean()), reset=True).alarm[0]


def _ears(method: str):
    return lambda counts, at: ears(counts, at, method).alarm[0]


@pytest.mark.parametrize(
    ("detector", "expected"),
    [
        (_seasonal, Scored(1, 1, (49,), 6, 491)),
        (_together, Scored(1, 1, (49,), 7, 491)),
        (_added_up, Scored(1, 1, (77,), 1, 491)),
        (_ears("C1"), Scored(1, 1, (49,), 22, 491)),
        (_ears("C2"), Scored(1, 1, (49,), 20, 491)),
        (_ears("C3"), Scored(1, 1, (21,), 62, 491)),
    ],
    ids=["farrington", "two weeks", "cusum", "C1", "C2", "C3"],
)
def test_the_one_outbreak_with_two_years_before_it_is_seen(detector, expected):
    """h1, from its 159th week: two cases, then three in the eighth week and 29 four weeks later."""
    assert score(detector, BEGIN) == expected


@pytest.mark.parametrize(
    ("method", "days", "false"), [("C1", (0, 0, 49), 44), ("C2", (0, 0, 49), 51), ("C3", (0, 0, 21), 150)]
)
def test_ears_sees_all_three_that_begin_after_its_short_history(method, days, false):
    assert score(_ears(method), SHORT) == Scored(3, 3, days, false, 951)


def test_weeks_in_a_row_are_one_outbreak():
    assert _spells([3, 4, 5, 9]) == [range(3, 6), range(9, 10)] and _spells([]) == []
