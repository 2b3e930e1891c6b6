"""Insured headcounts of a window, and the rate that is made with them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis
from django.conf import settings

from wushang.terms.period import Period, add_months, month_end, month_of
from wushang.terms.working_time import HOURS_A_DAY, WORKING_DAYS

if TYPE_CHECKING:
    from wushang.analyse.measures import Ask
    from wushang.pool.reading import Pool

YEAR = 12  # months


def monthly(pool: Pool, ask: Ask) -> ibis.Table:
    """One row per unit and month that the average is made of: a unit may pay in two modes (按单位, 按项目)."""
    rows = within(pool.table("headcounts"), averaged(ask.period))
    return rows.group_by("enterprise", "month").agg(insured=rows.insured.sum())


def in_window(rows: ibis.Table, ask: Ask) -> ibis.Table:
    """The rows of every month that the window touches."""
    return within(rows, ask.period)


def within(rows: ibis.Table, period: Period) -> ibis.Table:
    return rows.filter(lies(rows, period))


def lies(rows: ibis.Table, period: Period) -> ibis.Value:
    """Whether a row is of a month that the period touches."""
    first, last = month_of(period.start), month_of(period.end)
    return rows.month.between(ibis.literal(first), ibis.literal(last))


def averaged(period: Period) -> Period:
    """The months whose ends the average headcount is made of: those of the period; of a single month its own end, or, where the place
    says so (WUSHANG_MONTH_HEADS), the ends of the month before and its own: (上月末＋本月末)÷2 (domain.md C0)."""
    if settings.WUSHANG_MONTH_HEADS != "mean" or len(period.months()) > 1:
        return period
    return Period(add_months(month_of(period.start), -1), period.end)


def years(period: Period) -> float:
    """How long a period is: a whole month is a twelfth, one that has begun counts by its days."""
    return sum(_parts(period).values()) / YEAR


def legal_hours(period: Period) -> float:
    """What one worker works in a period by law: a month has a twelfth of its year's working days."""
    days = {month: max(dated for dated in WORKING_DAYS if dated[0] <= month or dated == WORKING_DAYS[0])[1] for month in period.months()}
    return sum(part * days[month] for month, part in _parts(period).items()) * HOURS_A_DAY / YEAR


def _parts(period: Period) -> dict[date, float]:
    """Month → the part of it that lies in the period."""
    months = [Period(month, month_end(month)) for month in period.months()]
    return {month.start: part.days / month.days for month in months if (part := month.overlap(period))}


def rate(cases, months, staff, per: int = 1000):
    """Per thousand: cases × 1000 × months ÷ summed headcounts, one division only, so that a threshold that is met
    exactly is met (40 of 2,000 are 20 ‰ and not 19.999…)."""
    return (cases * per * months).cast("float64") / staff.cast("float64").nullif(0.0)
