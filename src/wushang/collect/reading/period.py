"""Which period a file is for: what its titles or name say, else what its period column says."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import polars as pl

from wushang.collect.cells import dates
from wushang.terms.period import Period, add_months, month_end

DASH = r"[-—–~至到]+"
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MOST = 0.9  # a month that holds this share of the rows is the file's month


def said_period(texts: list[str]) -> Period | None:
    """The first period that one of the texts (titles, sheet name, file name) says."""
    for text in texts:
        flat = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        flat = re.sub(r"\d{4}年\d{1,2}月\d{1,2}[日号]|\d{4}-\d{1,2}-\d{1,2}|\d{8,}", "", flat)  # a day is no period
        if found := _range(flat) or _quarter(flat) or _month(flat) or _year(flat):
            return found
    return None


def _span(year: int, first: int, last: int) -> Period | None:
    if not (1990 <= year <= 2100 and 1 <= first <= last <= 12):
        return None
    return Period(date(year, first, 1), month_end(date(year, last, 1)))


def _range(text: str) -> Period | None:
    """2026年1—2月, 2026年1月至2月, 202601-202602."""
    found = re.search(rf"(\d{{4}})年(\d{{1,2}})月?{DASH}(\d{{1,2}})月", text)
    if found:
        return _span(*map(int, found.groups()))
    found = re.search(rf"(?<!\d)(\d{{4}})(\d\d){DASH}(\d{{4}})(\d\d)(?!\d)", text)
    if found and found[1] == found[3]:
        return _span(int(found[1]), int(found[2]), int(found[4]))
    return None


def _quarter(text: str) -> Period | None:
    found = re.search(r"(\d{4})年?第?([一二三四1-4])季度", text)
    return _span(int(found[1]), QUARTERS[found[2]] * 3 - 2, QUARTERS[found[2]] * 3) if found else None


def _month(text: str) -> Period | None:
    found = re.search(r"(\d{4})[年.-](\d{1,2})(?:月|(?!\d))|(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)", text)
    if not found:
        return None
    year, month = (found[1], found[2]) if found[1] else (found[3], found[4])
    return _span(int(year), int(month), int(month))


def _year(text: str) -> Period | None:
    found = re.search(r"(\d{4})年度|(\d{4})年(?:全年)?", text)
    return _span(int(found[1] or found[2]), 1, 12) if found else None


def counted_period(cells: pl.Series, kind: str, as_of: date, times: pl.Series | None = None) -> Period | None:
    """The period that the rows themselves make: the month that nearly all share, else from first to last month.
    `times`: how often each of the cells stands in the file."""
    read = dates.months(cells) if kind == "month" else dates.dates(cells)
    counted = times if times is not None else pl.Series([1]).new_from_index(0, cells.len())
    rows = pl.DataFrame({"month": read["value"].dt.truncate("1mo"), "n": counted})
    rows = rows.filter(pl.col("month").is_between(add_months(as_of, -15 * 12), as_of))
    if rows.is_empty():
        return None
    month, most = rows.group_by("month").agg(pl.col("n").sum()).sort("n", "month", descending=[True, False]).row(0)
    if most >= MOST * rows.select(pl.col("n").sum()).item():
        return Period(month, month_end(month))
    return Period(rows["month"].min(), month_end(rows["month"].max()))  # type: ignore[arg-type]
