"""A date, month or hour that cannot be read, or can be read in more than one way."""

import polars as pl

from wushang.collect.checks.cell_error import shows_error
from wushang.collect.checks.period import words
from wushang.collect.finding import NOTHING, by_word, found
from wushang.collect.table import Table

code = "unreadable_date"
title = "日期读不出"
WHY = {
    "no_such_month": "月份不存在",
    "no_such_day": "日历上没有这一天",
    "no_such_time": "钟点不存在",
    "short_year": "年份只有两位",
    "order_unknown": "分不清哪个是日、哪个是月",
    "no_day": "只有年月，没有日",
    "unreadable": "读不出日期",
    "digits_lost": "读不出日期",
    "backwards": "止的日期早于起的日期",
}
REMEDY = "请按原件填写完整日期，如 2026-03-05"
SPANS = "请按原件写成“2026-03-12至2026-03-20”，几段用“、”隔开"


def find(table: Table) -> pl.DataFrame:
    problems = [_column(table, name) for name in table.of_type("date", "month", "hour", "spans")]
    return pl.concat([*problems, NOTHING])


def _column(table: Table, name: str) -> pl.DataFrame:
    kind, trouble = table.source.columns[name].type, table.troubles[name]
    if trouble.null_count() == trouble.len():
        return NOTHING
    remedy = {"date": REMEDY, "month": "请填写年月，如 202603", "hour": "请填写 0 到 23 的整点，不知道的留空"}.get(kind, SPANS)
    where = trouble.is_not_null() & ~shows_error(table.text[name])
    return found(table, code, name, where, by_word(trouble, {**WHY, "no_year": _no_year(table)}), remedy, severity=table.source.columns[name].unknown)


def _no_year(table: Table) -> str:
    """Why the year is not known, by the period that would have settled it."""
    if table.period is None:
        return "只写了月日，没有年份；看不出本表是哪个时期的，定不了是哪一年"
    return f"只写了月日，没有年份；本表所属期 {words(table.period)} 里没有这一天，或不止一个，定不了是哪一年"
