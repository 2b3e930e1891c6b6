"""Dates out of order: 入职 ≤ 事故 ≤ 首诊 ≤ 申请 ≤ 受理 ≤ 决定 ≤ 送达, 受理 ≤ 中止 ≤ 恢复 ≤ 决定; no date after the day of
delivery of the file."""

from itertools import combinations

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "date_order"
title = "日期先后颠倒"


def find(table: Table) -> pl.DataFrame:
    orders = [table.source.date_order, *table.source.date_orders]
    known = [[name for name in order if table.has(name)] for order in orders]
    pairs = dict.fromkeys(pair for names in known for pair in combinations(names, 2))
    wrong = [_pair(table, earlier, later) for earlier, later in pairs]
    future = [_future(table, name) for name in table.of_type("date") if not table.source.columns[name].future]
    problems = pl.concat([*wrong, *future, NOTHING])
    return problems.unique(["row", "field"], keep="first", maintain_order=True)  # one remark a cell is enough


def _pair(table: Table, earlier: str, later: str) -> pl.DataFrame:
    first, second = table.values[earlier], table.values[later]
    said = second.dt.strftime("%Y-%m-%d").fill_null("")
    why = (f"{_short(table, earlier)}晚于{_short(table, later)} " + pl.Series(said)).alias("why")
    return found(table, code, earlier, first > second, why, "请按原件核对这两个日期")


def _future(table: Table, name: str) -> pl.DataFrame:
    why = f"晚于报送当日 {table.as_of.isoformat()}"
    return found(table, code, name, table.values[name] > table.as_of, why, "请按原件核对日期")


def _short(table: Table, name: str) -> str:
    return table.source.columns[name].titles[0]
