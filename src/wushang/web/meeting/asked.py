"""Which period the meeting page is about: complete months only, January and February always together (春节错月)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wushang.terms.period import Period, add_months, month_end, month_of
from wushang.web import days

Span = Literal["year", "month"]


@dataclass(frozen=True)
class Asked:
    """`end` is the first day of the last month; `span`: from January on (累计), or that month alone (当月)."""

    end: date
    span: Span = "year"

    @property
    def period(self) -> Period:
        first = date(self.end.year, 1, 1)
        start = first if self.span == "year" or self.end.month <= 2 else self.end
        return Period(start, month_end(self.end))

    @property
    def last(self) -> Period:
        return self.period.shift_years(-1)

    @property
    def a_year_ago(self) -> Asked:
        """The page of the same period last year."""
        return Asked(add_months(self.end, -12), self.span)

    @property
    def text(self) -> str:
        """2026年1—3月."""
        return days.months(self.period.start, self.period.end)

    @property
    def query(self) -> str:
        """The part of an address that asks for this period."""
        return f"end={self.end:%Y-%m}&span={self.span}"

    def sooner(self) -> Asked:
        """The period that ends one step earlier."""
        back = add_months(self.end, -1)
        return Asked(_whole(back), self.span)


def newest(today: date) -> date:
    """The last complete month; in February that is December, since January never stands alone."""
    return _whole(add_months(month_of(today), -1))


def _whole(month: date) -> date:
    return add_months(month, -1) if month.month == 1 else month


def asked(said: Mapping[str, str], today: date) -> Asked:
    """The period of an address (?end=2026-03&span=year); what is not there, unreadable or not over yet is the newest."""
    latest = newest(today)
    try:
        end = date.fromisoformat(f"{said.get('end', '')}-01")
    except ValueError:
        end = latest
    return Asked(min(_whole(end), latest), "month" if said.get("span") == "month" else "year")


def choices(today: date, months: int = 24) -> list[tuple[str, str]]:
    """(2026-03, 2026年3月) of the months that may be chosen, newest first; February stands for 1—2月."""
    found, month = [], newest(today)
    for _ in range(months):
        name = days.months(date(month.year, 1, 1), month) if month.month == 2 else days.month(month)
        found.append((f"{month:%Y-%m}", name))
        month = _whole(add_months(month, -1))
    return found
