"""Legal clocks (期限): a length, a start, days that do not count, and the day it falls due.

民法典 art. 201–203: the first day is not counted, a month ends on the same day of the later month (or on its last day),
and an end on a holiday moves to the next working day.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

from wushang.terms.calendar import is_working_day
from wushang.terms.period import Period, add_months

Unit = Literal["days", "working_days", "months"]
OnHoliday = Literal["next_working_day", "stay"]
Stop = Period | tuple[date, date | None]  # both days included; None: still stopped
_DAY = timedelta(days=1)
_WORDS: dict[str, tuple[Unit, int]] = {
    **dict.fromkeys(("day", "days", "日", "天", "个自然日", "自然日"), ("days", 1)),
    **dict.fromkeys(("working_day", "working_days", "个工作日", "工作日"), ("working_days", 1)),
    **dict.fromkeys(("month", "months", "个月", "月"), ("months", 1)),
    **dict.fromkeys(("year", "years", "年"), ("months", 12)),
}
_ZH = {"days": "日", "working_days": "个工作日", "months": "个月"}


@dataclass(frozen=True)
class Length:
    """A number of calendar days, working days or months."""

    number: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """“30 days”, “10 working_days”, “1个月”, “5个工作日”, “1年” in, the length out."""
        plain = unicodedata.normalize("NFKC", text).strip()
        found = re.fullmatch(r"(\d+)\s*(\D+)", plain)
        if not found or found[2] not in _WORDS:
            raise ValueError(f"“{text}”不是期限：请写成“30 days”“10 working_days”“1 months”或“30日”“5个工作日”“1个月”")
        unit, factor = _WORDS[found[2]]
        return cls(int(found[1]) * factor, unit)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"

    @property
    def zh(self) -> str:
        """30日, 5个工作日, 1个月."""
        return f"{self.number}{_ZH[self.unit]}"


def _stopped(stops: Iterable[Stop]) -> set[date]:
    """The union of all stopped days: a day stopped twice is one day."""
    days: set[date] = set()
    for stop in stops:
        start, end = (stop.start, stop.end) if isinstance(stop, Period) else stop
        if end is None:
            raise ValueError(f"期限自{start}起中止，尚未恢复，不能算出到期日：请先登记恢复日期")
        if end < start:
            raise ValueError(f"中止止日{end}早于起日{start}：请核对两个日期")
        days.update(start + _DAY * n for n in range((end - start).days + 1))
    return days


def due(start: date, length: Length, stops: Iterable[Stop] = (), on_holiday: OnHoliday = "next_working_day") -> date:
    """The last day of a clock that starts on `start`; days in `stops` (ends included, overlaps once) do not count."""
    stopped, day, left_over = _stopped(stops), start, length.number
    if length.unit == "months":
        left_over = (add_months(start, length.number) - start).days
    while left_over > 0:
        day += _DAY
        left_over -= day not in stopped and (length.unit != "working_days" or is_working_day(day))
    while on_holiday == "next_working_day" and (day in stopped or not is_working_day(day)):
        day += _DAY
    return day


def left(due_day: date, today: date) -> int:
    """Calendar days left (还剩 n 天): 0 on the last day, negative when overdue."""
    return (due_day - today).days
