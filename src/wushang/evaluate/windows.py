"""When an enterprise is looked at again: the window after the clock's start, the same window last year, the day from
which its figures are ripe (申报期满).

Rule: domain.md A0-rule, parameters "clock start", "window" and "reporting lag".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wushang.rectify.clocks import ripe_on, window_end
from wushang.terms.period import Period

if TYPE_CHECKING:
    from wushang.judge.pack import Recheck


@dataclass(frozen=True)
class Windows:
    """The two readings of “3个月后…与去年同期相比”, and when they may be judged."""

    after: Period  # (a) the length after the start
    to_date: Period  # (b) 1 January to the end of (a)
    ripe_on: date  # not before: end + the time an employer has to report

    def chosen(self, rule: Recheck) -> Period:
        return self.to_date if rule.window == "year_to_date" else self.after

    def other(self, rule: Recheck) -> Period:
        return self.after if rule.window == "year_to_date" else self.to_date


def windows(rule: Recheck, start: date) -> Windows:
    """The clock's start (that day is not counted) in, the windows out: 18 April + 3 months is 19 April–18 July."""
    end = window_end(rule, start)
    return Windows(Period(start + timedelta(days=1), end), Period(date(end.year, 1, 1), end), ripe_on(rule, start))


def last_year(period: Period) -> Period:
    return period.shift_years(-1)
