"""Working days of China (工作日): State Council holidays as announced, and rules where nothing is announced yet.

Announced years come from the package chinesecalendar (2004 to its last year). Outside them stand the weekends, our
table holidays.csv (a row for a day off or a weekend worked; status `announced` once the State Council's notice is out),
and the statutory holidays with a fixed date; such a day is provisional (待国务院公布).
"""

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from wushang.terms.period import Period

_DAY = timedelta(days=1)
# 全国年节及纪念日放假办法 (2024-11-10, in force 2025-01-01): holidays with a fixed date; earlier years had fewer.
_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


@cache
def _own_rows() -> list[dict[str, str]]:
    with (files("wushang.terms") / "holidays.csv").open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


@cache
def _own_table() -> dict[date, bool]:
    """Dates of holidays.csv → whether they are working days (a weekend worked in exchange, 调休上班)."""
    return {date.fromisoformat(row["date"]): row["kind"] == "workday" for row in _own_rows()}


@cache
def announced_years() -> tuple[int, int]:
    """First and last year whose holidays chinesecalendar holds."""
    from chinese_calendar.constants import holidays

    return min(holidays).year, max(holidays).year


@cache
def _held(year: int) -> bool:
    first, last = announced_years()
    return first <= year <= last


def is_provisional(day: date) -> bool:
    """Whether the year's holiday arrangement is not announced (or not held) and the rules decide: 待国务院公布."""
    announced = {row["date"][:4] for row in _own_rows() if row["status"] == "announced"}
    return not _held(day.year) and str(day.year) not in announced


@cache
def is_working_day(day: date) -> bool:
    """A local date in, whether offices work on it; every date gets an answer."""
    if _held(day.year):
        from chinese_calendar import is_workday

        return bool(is_workday(day))
    if day in _own_table():
        return _own_table()[day]
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED


def next_working_day(day: date) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after `day`; 0 gives the day itself."""
    while count > 0:
        day += _DAY
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + _DAY * n) for n in range(1, (end - start).days + 1))


def working_days(period: Period | None) -> int:
    """Working days of a period, both ends counted; none of no period."""
    return working_days_between(period.start - _DAY, period.end) if period else 0
