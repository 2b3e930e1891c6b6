"""Which rows of each table an ask is about, and by which `day` of theirs: injuries, diseases, benefits, 整改件, 隐患."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ibis

from wushang.analyse import injuries
from wushang.analyse.headcounts import in_window

if TYPE_CHECKING:
    from wushang.analyse.measures import Ask
    from wushang.pool.reading import Pool

NEW = "confirmed"  # not 疑似, 晋期 (an old one that has become worse) or 排除
NOT_OF_THE_FUND = ("employer", "fiscal")
DROPPED = "dropped"  # 随预警终止: nothing was due any more


def _injuries(_pool: Pool, rows: ibis.Table, ask: Ask) -> ibis.Table:
    rows = injuries.counted(rows, ask)
    return rows.mutate(day=rows[ask.basis])


def _diseases(_pool: Pool, rows: ibis.Table, ask: Ask) -> ibis.Table:
    """New cases (例), by the day of the first diagnosis or of the report."""
    rows = rows.mutate(day=rows.reported if ask.basis == "reported" else rows.occurred)
    rows = rows.filter(rows.status == NEW, _within(rows.day, ask))
    return rows.filter(rows.occurred >= ibis.literal(ask.not_before)) if ask.not_before else rows


def _payments(pool: Pool, rows: ibis.Table, ask: Ask) -> ibis.Table:
    """What the fund paid in the months whose contributions were delivered: the two sides of a ratio are of the same months."""
    heads = in_window(pool.table("headcounts"), ask)
    levied = heads.filter(heads.paid.notnull()).select(unit="enterprise", levied="month").distinct()
    rows = rows.mutate(day=rows.month).filter(rows.fund_source.fill_null("").notin(NOT_OF_THE_FUND))
    return rows.semi_join(levied, [rows.enterprise == levied.unit, rows.month == levied.levied])


def _cases(_pool: Pool, rows: ibis.Table, ask: Ask) -> ibis.Table:
    """整改件 whose report fell due; `until` is the day by which something was done or not."""
    rows = rows.mutate(day=rows.report_due, until=ibis.literal(ask.period.end))
    return rows.filter(_within(rows.day, ask), rows.state != DROPPED)


def _hazards(_pool: Pool, rows: ibis.Table, ask: Ask) -> ibis.Table:
    """职业病危害隐患 whose day to be mended (整改期限) came; without one nothing was due."""
    rows = rows.mutate(day=rows.due, until=ibis.literal(ask.period.end))
    return rows.filter(_within(rows.day, ask))


def _within(day: Any, ask: Ask) -> Any:
    return day.between(ibis.literal(ask.period.start), ibis.literal(ask.period.end))


COUNTED: dict[str, Callable[[Pool, ibis.Table, Ask], ibis.Table]] = {
    "injuries": _injuries, "diseases": _diseases, "payments": _payments, "cases": _cases,
    "disease_hazards": _hazards,
}  # fmt: skip
