"""A number outside the range its source calls plausible, or a part larger than its whole."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.source import NUMBERS
from wushang.collect.table import Table
from wushang.terms.money import percent, yuan

code = "implausible_number"
title = "数字不合理"


def find(table: Table) -> pl.DataFrame:
    names = table.of_type(*NUMBERS)
    ranges = [_range(table, name) for name in names]
    parts = [_part(table, name) for name in names if table.source.columns[name].share_of]
    return pl.concat([*ranges, *parts, NOTHING])


def _range(table: Table, name: str) -> pl.DataFrame:
    column, value = table.source.columns[name], table.values[name]
    problems = []
    if column.min is not None:
        why = "不能为负数" if column.min == 0 else f"小于 {_said(column.min, column.type)}"
        problems.append(found(table, code, name, value < column.min, why, "请核对原件后改正"))
    if column.max is not None:
        why = f"大于 {_said(column.max, column.type)}，可能是单位写错"
        problems.append(found(table, code, name, value > column.max, why, "请核对数字和单位"))
    return pl.concat([*problems, NOTHING])


def _part(table: Table, name: str) -> pl.DataFrame:
    whole = table.source.columns[name].share_of
    why = f"“{table.title(name)}”大于“{table.title(whole)}”"
    return found(table, code, name, table.values[name] > table.values[whole], why, "请核对这两个数")


def _said(value: int, kind: str) -> str:
    if kind == "money":
        return yuan(value)
    if kind == "decimal":
        return f"{value / 1_000_000:,g}"
    if kind == "duration":
        return f"{value} 个月"
    return percent(value, 2) if kind == "rate" else f"{value:,}"
