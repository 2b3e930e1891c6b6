"""What the meeting page's figures are sums of, counted from the snapshot: plain values, which every process can keep."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis
import polars as pl

from wushang.analyse.headcounts import averaged
from wushang.terms.period import Period, add_months, month_of
from wushang.web.meeting import events

if TYPE_CHECKING:
    from wushang.pool.reading import Pool
    from wushang.web.meeting.asked import Asked

TREND_MONTHS = 24
BASE_MONTHS = 12  # before the first month of the line, for its expected range


def counted(pool: Pool, asked: Asked) -> dict[str, Any]:
    """months: month → events; cells: events of this and last year's period by region, industry (大类) and kind; people, staff and
    last_staff by region; undated: injuries of the period that nobody applied for."""
    found = _events(pool, asked)
    return {
        "months": {f"{month}": n for month, n in found.group_by("month").agg(pl.col("n").sum()).rows()}, "cells": _cells(found, asked),
        "people": _people(pool, asked.period), "staff": _staff(pool, asked.period), "last_staff": _staff(pool, asked.last),
        "undated": _undated(pool, asked.period),
    }  # fmt: skip


def _events(pool: Pool, asked: Asked) -> pl.DataFrame:
    """One query for everything that counts events: by month, region, kind and division; over the line's months, those before that
    its expected range needs, and last year's period."""
    first = min(add_months(asked.end, -(TREND_MONTHS + BASE_MONTHS - 1)), asked.last.start)
    rows = events.within(events.events(pool), Period(first, asked.period.end))
    by = rows.group_by("region", "kind", month=rows.reported.truncate("M"), industry=rows.industry.substr(0, 3)).agg(n=rows.count())
    found = pl.from_arrow(pool.fetch(by))
    assert isinstance(found, pl.DataFrame)
    return found.with_columns(pl.col("month").cast(pl.Date))


def _cells(found: pl.DataFrame, asked: Asked) -> list[dict[str, Any]]:
    spans = (("now", asked.period), ("last", asked.last))
    count = [pl.col("n").filter(pl.col("month").is_between(p.start, p.end)).sum().alias(name) for name, p in spans]
    return found.group_by("region", "industry", "kind").agg(count).filter((pl.col("now") + pl.col("last")) > 0).to_dicts()


def _people(pool: Pool, period: Period) -> list[dict[str, Any]]:
    rows = events.within(events.cases(pool), period)
    by = rows.group_by("region").agg(
        cases=rows.count(),
        fatal=(rows.severity == "fatal").sum(),
        serious=(rows.severity == "serious").sum(),
        commuting=(rows.situation == "14-6").sum(),
        deemed=rows.situation.startswith("15-").sum(),
    )
    return pool.fetch(by).to_pylist()


def _staff(pool: Pool, period: Period) -> list[dict[str, Any]]:
    """Insured heads of all months that the average is made of, by region."""
    months = averaged(period)
    rows = events.within(pool.table("headcounts"), Period(month_of(months.start), months.end), "month")
    return pool.fetch(rows.group_by("region").agg(n=rows.insured.sum())).to_pylist()


def _undated(pool: Pool, period: Period) -> int:
    rows = pool.table("injuries")
    rows = events.within(rows.filter(rows.reported.isnull()), period, "occurred")
    return pool.fetch(rows.agg(n=rows.count()))["n"][0].as_py()


def late(pool: Pool, today: date) -> list[dict[str, Any]]:
    """Units with an overdue case, by region."""
    rows, units = pool.table("cases"), pool.table("enterprises")
    open_late = rows.filter((rows.state == "overdue") | late_state(rows, today))
    joined = open_late.left_join(units, open_late.enterprise == units.enterprise)
    return pool.fetch(joined.group_by("region").agg(n=joined.enterprise.nunique())).to_pylist()


def late_state(rows: ibis.Table, today: date) -> ibis.BooleanValue:
    return (rows.state == "report_due") & (rows.report_due < ibis.literal(today))
