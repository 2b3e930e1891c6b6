"""前后对比: one unit, or one workshop of it, in as many complete months before a day (a measure, a new line) as after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wushang.people.page import day_of
from wushang.terms.period import Period, add_months, month_end, month_of
from wushang.web.dossier.known import Unit

SPANS = (12, 6, 3, 24)  # months; the first where nothing is said
YEAR = 12


@dataclass(frozen=True)
class Span:
    """Accidents (起), and the average headcount of the months delivered; 0 where none was."""

    days: Period
    events: int
    heads: float
    delivered: int

    @property
    def months(self) -> int:
        return len(self.days.months())

    @property
    def years(self) -> float:
        """Years of one insured worker each; 0 where no headcount was delivered."""
        return self.heads * self.months / YEAR

    @property
    def rate(self) -> float:
        """起 of a hundred people in a year; to be asked only where the people are known."""
        return self.events * 100 / self.years


@dataclass(frozen=True)
class TwoSpans:
    """`wanted`: the months asked for a side; fewer are compared where the days after are not over yet. `unripe`: the last month may
    still grow."""

    since: date
    before: Span
    after: Span
    wanted: int
    workshop: str
    unripe: bool

    @property
    def months(self) -> int:
        return self.after.months


@dataclass(frozen=True)
class Asked:
    """From an address: the day, months a side, one workshop ('' all)."""

    since: date | None
    months: int
    workshop: str

    @classmethod
    def of(cls, said: Mapping[str, str], unit: Unit) -> Asked:
        months = next((n for n in SPANS if said.get("months") == f"{n}"), SPANS[0])
        named = said.get("workshop", "")
        return cls(day_of(said, "since"), months, named if named in workshops(unit) else "")


def workshops(unit: Unit) -> list[str]:
    return sorted({row.workshop.strip() for row in unit.counted if row.at_work} - {""})


def two_spans(unit: Unit, asked: Asked) -> TwoSpans | None:
    """Both sides; the month of the day itself belongs to neither, but where it is its first. None before a month has passed."""
    if asked.since is None:
        return None
    first = month_of(asked.since) if asked.since.day == 1 else add_months(month_of(asked.since), 1)
    months = min(asked.months, _complete(first, unit.day))
    if months < 1:
        return None
    after = Period(first, month_end(add_months(first, months - 1)))
    month = month_of(asked.since)
    before = Period(add_months(month, -months), month - timedelta(days=1))
    unripe = after.end >= add_months(month_of(unit.day), -1)
    one, other = (_span(unit, days, asked.workshop) for days in (before, after))
    return TwoSpans(asked.since, one, other, asked.months, asked.workshop, unripe)


def _complete(first: date, today: date) -> int:
    """Whole months from the first one that are over."""
    next_one = month_of(today + timedelta(days=1))
    return (next_one.year - first.year) * 12 + next_one.month - first.month


def _span(unit: Unit, days: Period, workshop: str) -> Span:
    rows = [row for row in unit.counted if row.at_work and row.occurred in days and workshop in ("", row.workshop.strip())]
    heads = [insured for month, insured in unit.headcounts if month in days]
    mean = sum(heads) / len(heads) if heads else 0.0
    return Span(days, len({row.event for row in rows}), mean, len(heads))
