"""A word that no code list knows."""

import polars as pl

from wushang.collect.checks.cell_error import shows_error
from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "code_unknown"
title = "代码表里没有这个词"


def find(table: Table) -> pl.DataFrame:
    return pl.concat([*(_column(table, name) for name in table.of_type("code")), NOTHING])


def _column(table: Table, name: str) -> pl.DataFrame:
    column, unknown = table.source.columns[name], table.troubles[name] == "unknown_code"
    if not unknown.any():
        return NOTHING
    where = unknown & ~shows_error(table.text[name])
    words = "、".join(list(column.values)[:12])
    remedy = f"请改为：{words}；没有的请留空" if words else "请按代码表改正；没有的请留空"
    return found(table, code, name, where, f"“{column.titles[0]}”的代码表里没有这个词", remedy, severity=column.unknown)
