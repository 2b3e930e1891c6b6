"""Stretches of local dates: a Period, and the named windows of the policies as two literal dates."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


def month_of(day: date) -> date:
    """A date in, the first day of its month out."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """A date in, the last day of its month out."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day `months` months later (or earlier), clipped to the month's end: 31 January + 1 = 28 February."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


@dataclass(frozen=True, order=True)
class Period:
    """From `start` to `end`, both days included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"the period ends ({self.end}) before it starts ({self.start}): swap the two dates")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.end - self.start).days + 1

    def months(self) -> list[date]:
        """First days of all months that the period touches, in order."""
        count = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        return [add_months(month_of(self.start), n) for n in range(count)]

    def shift_years(self, years: int) -> "Period":
        """The same period `years` later; a period that ends a month still ends it (29 February counts in 1—2月)."""
        end = add_months(self.end, 12 * years)
        if self.end == month_end(self.end):
            end = month_end(end)
        return Period(add_months(self.start, 12 * years), end)

    def overlap(self, other: "Period") -> "Period | None":
        """The days that both periods have, None where there are none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None


def last_months(months: int, as_of: date) -> Period:
    """The `months` months that end on `as_of`: 12 at 2026-03-15 gives 2025-03-16 to 2026-03-15."""
    if months < 1:
        raise ValueError(f"a window of {months} months is empty: ask for 1 or more")
    before = add_months(as_of, -months)
    if as_of == month_end(as_of):
        before = month_end(before)
    return Period(before + _DAY, as_of)


WINDOWS: dict[str, tuple[str, Callable[[date], Period]]] = {
    "year_to_date": ("本年累计", lambda d: Period(d.replace(month=1, day=1), d)),
    "month": ("当月", lambda d: Period(month_of(d), d)),
    "last_12_months": ("近12个月", lambda d: last_months(12, d)),
    "same_period_last_year": ("去年同期", lambda d: Period(d.replace(month=1, day=1), d).shift_years(-1)),
    "open": ("目前未销", lambda d: Period(d, d)),  # what is open on that very day
}
_LAST_N = re.compile(r"last_([1-9]\d{0,2})_months")


def is_window(name: str) -> bool:
    """Whether `window` knows this name."""
    return name in WINDOWS or _LAST_N.fullmatch(name) is not None


def window(name: str, as_of: date) -> Period:
    """A window's name and the day asked for in, its two literal dates out."""
    if name in WINDOWS:
        return WINDOWS[name][1](as_of)
    if found := _LAST_N.fullmatch(name):
        return last_months(int(found[1]), as_of)
    raise ValueError(f"unknown window {name!r}: use one of {', '.join(WINDOWS)} or last_<n>_months")


def window_title(name: str) -> str:
    """The Chinese name of a window: 本年累计, 近6个月."""
    if name in WINDOWS:
        return WINDOWS[name][0]
    if found := _LAST_N.fullmatch(name):
        return f"近{found[1]}个月"
    raise ValueError(f"unknown window {name!r}: use one of {', '.join(WINDOWS)} or last_<n>_months")
