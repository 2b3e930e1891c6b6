"""The calendar of a simulation: a run-in, then the months whose files are written; 春节; the weights of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

RUN_IN = 4  # months before the first file, so that claims of earlier accidents are under way

# Day of 春节; the week around it is quiet.
SPRING_FESTIVAL = {
    2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12),
    2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26),
    2029: (2, 13), 2030: (2, 3), 2031: (1, 23), 2032: (2, 11),
}  # fmt: skip
SEASON = (0.92, 0.78, 1.04, 1.02, 1.03, 1.08, 1.14, 1.12, 1.02, 0.96, 0.95, 0.94)  # January to December
WEEKDAY = (1.05, 1.05, 1.03, 1.02, 1.02, 0.95, 0.55)  # Monday to Sunday


@dataclass(frozen=True)
class Calendar:
    """Months by number: 0 is the first of the run-in, `start` the first with files, the last holds `until`."""

    first_days: np.ndarray
    start: int
    until: date

    def first(self, month: int) -> date:
        """First day of a month."""
        return self.first_days[month].astype(object)

    def end(self, month: int) -> date:
        """Last day of a month, or `until` where that is earlier."""
        last = (self.first_days[month].astype("M8[M]") + 1).astype("M8[D]") - 1
        return min(last.astype(object), self.until)

    def days(self, month: int) -> np.ndarray:
        """All days of a month up to `until`."""
        return np.arange(self.first_days[month], np.datetime64(self.end(month)) + 1)

    def window(self) -> range:
        """Numbers of the months with files."""
        return range(self.start, len(self.first_days))

    def season(self) -> np.ndarray:
        """Multiplier of risk a month."""
        return np.array([SEASON[self.first(m).month - 1] for m in range(len(self.first_days))])


def calendar(until: date, months: int) -> Calendar:
    """The calendar whose last month holds `until` and that has `months` months with files."""
    last = np.datetime64(until, "M")
    first = np.arange(last - months - RUN_IN + 1, last + 1)
    return Calendar(first.astype("M8[D]"), RUN_IN, until)


def festival(year: int) -> np.datetime64:
    """Day of 春节 in a year; 5 February for years outside the table."""
    month, day = SPRING_FESTIVAL.get(year, (2, 5))
    return np.datetime64(date(year, month, day))


def day_weights(days: np.ndarray) -> np.ndarray:
    """Relative activity of days: weekday, and nearly nothing from eve to the sixth day of 春节."""
    weekday = (days.astype(int) + 3) % 7
    weight = np.array(WEEKDAY)[weekday]
    new_year = np.array([festival(d.astype(object).year) for d in days])
    after = (days - new_year).astype(int)
    return np.where((after >= -3) & (after <= 6), weight * 0.08, weight)


def dip(cal: Calendar) -> np.ndarray:
    """How much of the 春节 dip in headcount each month end shows (0 to 1)."""
    share = np.zeros(len(cal.first_days))
    for month in range(len(share)):
        end = np.datetime64(cal.end(month))
        days_after = int((end - festival(end.astype(object).year)).astype(int))
        if -14 <= days_after <= 24:
            share[month] = 1.0 if days_after >= 0 else 0.4
        elif 24 < days_after <= 45:
            share[month] = 0.3
    return share
