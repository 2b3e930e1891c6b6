"""What the meeting page's figures are sums of, counted from the snapshot: plain values, which every process can keep."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis
import polars as pl
import pyarrow as pa

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
    heads = [_staff(pool, period) for period in (asked.period, asked.last)]  # short questions: the long ones are written out meanwhile
    staff, last, cases, others, undated = pool.fetch_all([*heads, *_questions(pool, asked), _undated(pool, asked.period)])
    found = pl.concat([_frame(cases).with_columns(n=pl.col("cases")), _frame(others).with_columns(n=-pl.col("n"))], how="diagonal")
    return {
        "months": {f"{month}": n for month, n in found.group_by("month").agg(pl.col("n").sum()).rows()}, "cells": _cells(found, asked),
        "people": _people(found, asked.period), "staff": staff.to_pylist(), "last_staff": last.to_pylist(),
        "undated": undated["n"][0].as_py(),
    }  # fmt: skip


PEOPLE = {
    "cases": lambda rows: rows.count(),
    "fatal": lambda rows: (rows.severity == "fatal").sum(),
    "serious": lambda rows: (rows.severity == "serious").sum(),
    "commuting": lambda rows: (rows.situation == "14-6").sum(),
    "deemed": lambda rows: rows.situation.startswith("15-").sum(),
}


def _questions(pool: Pool, asked: Asked) -> list[ibis.Table]:
    """What is counted, by month, region, kind and division, over the line's months, those before that its expected range needs, and last
    year's period: cases and people; and of the events that hurt several the cases that are not their first, so that the cases without them
    are events (起). The first passes over these months alone; only for the second are all looked through."""
    first = min(add_months(asked.end, -(TREND_MONTHS + BASE_MONTHS - 1)), asked.last.start)
    span = Period(first, asked.period.end)
    every, others = events.every(pool, span), events.others(pool, span)
    return [_split(every).agg(**{name: count(every) for name, count in PEOPLE.items()}), _split(others).agg(n=others.count())]


def _split(rows: ibis.Table) -> Any:
    return rows.group_by("region", "kind", month=rows.reported.truncate("M"), industry=rows.industry.substr(0, 3))


def _frame(rows: pa.Table) -> pl.DataFrame:
    found = pl.from_arrow(rows)
    assert isinstance(found, pl.DataFrame)
    return found.with_columns(pl.col("month").cast(pl.Date))


def _cells(found: pl.DataFrame, asked: Asked) -> list[dict[str, Any]]:
    spans = (("now", asked.period), ("last", asked.last))
    count = [pl.col("n").filter(pl.col("month").is_between(p.start, p.end)).sum().alias(name) for name, p in spans]
    return found.group_by("region", "industry", "kind").agg(count).filter((pl.col("now") + pl.col("last")) > 0).to_dicts()


def _people(found: pl.DataFrame, period: Period) -> list[dict[str, Any]]:
    rows = found.filter(pl.col("month").is_between(period.start, period.end))
    return rows.group_by("region").agg(pl.col(*PEOPLE).sum()).to_dicts()


def _staff(pool: Pool, period: Period) -> ibis.Table:
    """Insured heads of all months that the average is made of, by region."""
    months = averaged(period)
    rows = events.within(pool.table("headcounts"), Period(month_of(months.start), months.end), "month")
    return rows.group_by("region").agg(n=rows.insured.sum())


def _undated(pool: Pool, period: Period) -> ibis.Table:
    rows = pool.table("injuries")
    rows = events.within(rows.filter(rows.reported.isnull()), period, "occurred")
    return rows.agg(n=rows.count())


def late(pool: Pool, today: date) -> list[dict[str, Any]]:
    """Units with an overdue case, by region."""
    rows, units = pool.table("cases"), pool.table("enterprises")
    open_late = rows.filter((rows.state == "overdue") | late_state(rows, today))
    joined = open_late.left_join(units, open_late.enterprise == units.enterprise)
    return pool.fetch(joined.group_by("region").agg(n=joined.enterprise.nunique())).to_pylist()


def late_state(rows: ibis.Table, today: date) -> ibis.BooleanValue:
    return (rows.state == "report_due") & (rows.report_due < ibis.literal(today))
