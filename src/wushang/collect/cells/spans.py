"""From day to day in one cell (中止起止): “2026-03-12至2026-03-20、2026年4月1日起” → the same in one form, days first to last."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from wushang.collect.source import Source

YEAR, MONTH_DAY = r"\d{4}\s*[-./年]\s*", r"\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?"
DAY = rf"(?:\d{{8}}|{YEAR}{MONTH_DAY})"
TO, NOW = r"(?:至|到|~|—+|–|--?|起至)", r"(?:今|现在|未恢复)"
SPAN = rf"\s*({DAY})\s*(?:起|(?:{TO})\s*({DAY}|{MONTH_DAY}|{NOW})?\s*止?)?\s*"
AND = r"[、,;及和\s]"
CELL = rf"(?:{AND}*{SPAN}(?:{AND}+|$))+"


def spans(text: pl.Series) -> pl.DataFrame:
    """Clean text → `value` (2026-03-12至2026-03-20、2026-04-01至, earliest first) and `trouble`."""
    read = [_read(one) for one in text.to_list()]
    return pl.DataFrame(read, schema={"value": pl.String, "trouble": pl.String}, orient="row")


def fill(source: Source, values: dict[str, pl.Series]) -> None:
    """The first day and the last into the fields that a spans column names, where nothing stands there. Open: no last day."""
    for name, column in source.columns.items():
        if column.type == "spans":
            first, last = values[name].str.slice(0, 10), values[name].str.extract(r"至(\d{4}-\d{2}-\d{2})$", 1)
            for field, day in ((column.begins, first), (column.ends, last)):
                values[field] = values[field].fill_null(day.str.to_date("%Y-%m-%d"))


def _read(text: str | None) -> tuple[str | None, str | None]:
    if text is None:
        return None, None
    if not re.fullmatch(CELL, text):
        return None, "unreadable"
    try:
        found = sorted(_span(first, last) for first, last in re.findall(SPAN, text))
    except ValueError:
        return None, "no_such_day"
    if any(last < first for first, last in found):
        return None, "backwards"
    return "、".join(f"{first}至{'' if last == date.max else last}" for first, last in found), None


def _span(first: str, last: str) -> tuple[date, date]:
    """Its first and last day; an open one has no last. A last day without a year is of the year of the first."""
    start = _day(first)
    if not last or re.fullmatch(NOW, last):
        return start, date.max
    return start, _day(last if re.fullmatch(DAY, last) else f"{start.year}-{last}")


def _day(text: str) -> date:
    if re.fullmatch(r"\d{8}", text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    year, month, day = (int(part) for part in re.findall(r"\d+", text))
    return date(year, month, day)
