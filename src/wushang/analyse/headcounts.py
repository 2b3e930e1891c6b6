"""Insured headcounts of a window, and the rate that is made with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from wushang.terms.period import month_of

if TYPE_CHECKING:
    from wushang.analyse.measures import Ask
    from wushang.pool.reading import Pool


def monthly(pool: Pool, ask: Ask) -> ibis.Table:
    """One row per unit and month that the window touches: a unit may pay in two modes (按单位, 按项目)."""
    rows, period = pool.table("headcounts"), ask.period
    first, last = month_of(period.start), month_of(period.end)
    rows = rows.filter(rows.month.between(ibis.literal(first), ibis.literal(last)))
    return rows.group_by("enterprise", "month").agg(insured=rows.insured.sum())


def rate(cases, months, staff):
    """Per thousand: cases × 1000 × months ÷ summed headcounts, one division only, so that a threshold that is met
    exactly is met (40 of 2,000 are 20 ‰ and not 19.999…)."""
    return (cases * 1000 * months).cast("float64") / staff.cast("float64").nullif(0.0)
