"""A row without its month, in a file that does not say which month it is for."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "month_missing"
title = "没有所属月份"


def find(table: Table) -> pl.DataFrame:
    names = [name for name, column in table.source.columns.items() if column.from_period]
    why, remedy = "本行没有月份，表题和文件名里也没有一个月份", "请在表题写明“2026年3月”，或补填月份"
    problems = [
        found(table, code, name, table.values[name].is_null() & table.text[name].is_null(), why, remedy)
        for name in names
    ]
    return pl.concat([*problems, NOTHING])
