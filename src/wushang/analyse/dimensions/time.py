"""When, by the date that the question goes by: year, quarter, month, weekday, hour."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from wushang.analyse.dimensions import Dimension
from wushang.terms.period import Period, add_months, month_end

WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


def _of(column: str, form: str):
    return lambda rows: rows[column].strftime(form)


def _quarter(column: str):
    return lambda rows: rows[column].year().cast("string") + "Q" + rows[column].quarter().cast("string")


def _year(key: str) -> str:
    return _("%(year)s年") % {"year": key}


def _quarter_name(key: str) -> str:
    return _("%(year)s年第%(quarter)s季度") % {"year": key[:4], "quarter": key[-1]}


def _month_name(key: str) -> str:
    return _("%(year)s年%(month)s月") % {"year": key[:4], "month": int(key[5:])}


def _year_span(key: str) -> Period:
    return Period(date(int(key), 1, 1), date(int(key), 12, 31))


def _quarter_span(key: str) -> Period:
    first = date(int(key[:4]), 3 * int(key[-1]) - 2, 1)
    return Period(first, month_end(add_months(first, 2)))


def _month_span(key: str) -> Period:
    first = date.fromisoformat(f"{key}-01")
    return Period(first, month_end(first))


def _joined_span(key: str) -> Period:
    month = _month_span(key)
    return Period(date(month.start.year, 1, 1), month.end) if key[5:] == "02" else month


def _joined(column: str):
    """January and February are one: the Spring Festival (春节) moves between them."""
    return lambda rows: (rows[column].month() <= 2).ifelse(rows[column].strftime("%Y-02"), rows[column].strftime("%Y-%m"))


def _joined_name(key: str) -> str:
    return _("%(year)s年1—2月") % {"year": key[:4]} if key[5:] == "02" else _month_name(key)


def _hour_name(key: str) -> str:
    return _("%(from)s—%(to)s时") % {"from": int(key), "to": int(key) + 1}


def _hour(rows):
    return rows.hour.cast("string").lpad(2, "0").fill_null("")


def _weekday(rows):
    return (rows.day.day_of_week.index() + 1).cast("string")


DIMENSIONS = (
    Dimension("year", _("年"), "Year", _of("day", "%Y"), _year, _of("month", "%Y"), True, deeper="month", of_time=True,
              span=_year_span, own_months=True),
    Dimension("quarter", _("季度"), "Quarter", _quarter("day"), _quarter_name, _quarter("month"), True, deeper="month",
              of_time=True, span=_quarter_span, own_months=True),
    Dimension("month", _("月"), "Month", _of("day", "%Y-%m"), _month_name, _of("month", "%Y-%m"), True, of_time=True,
              span=_month_span, own_months=True),
    Dimension("season_month", _("月（1—2月合并）"), "Month, January and February together", _joined("day"), _joined_name,
              _joined("month"), True, of_time=True, span=_joined_span, own_months=True),
    Dimension("weekday", _("星期"), "Weekday", _weekday, lambda key: str(WEEKDAYS[int(key) - 1]), in_order=True),
    Dimension("hour", _("事故时段"), "Hour of the day", _hour, _hour_name, in_order=True),
)  # fmt: skip
