"""A row that belongs to another period than the file says it is for."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table
from wushang.terms.period import Period

code = "period"
title = "不在本表所属期内"


def words(period: Period) -> str:
    """2026-03, or 2026-01 至 2026-03."""
    first, last = f"{period.start:%Y-%m}", f"{period.end:%Y-%m}"
    return first if first == last else f"{first} 至 {last}"


def find(table: Table) -> pl.DataFrame:
    name, period = table.source.period, table.period
    if not name or period is None or table.source.delivers == "changes":
        return NOTHING
    value = table.values[name]
    said = words(period)
    # a month column states the period itself; a date column (申请日期) may rightly lie just outside
    severity = "reject" if table.source.columns[name].type == "month" else "warn"
    where = ~value.is_between(period.start.replace(day=1), period.end)
    return found(
        table,
        code,
        name,
        where,
        f"不在本表所属期 {said} 内",
        "请核对；属于别的月份的请随那个月的表报送",
        severity=severity,
    )
