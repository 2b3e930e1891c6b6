"""The file has no such column at all, as a person said: every row lacks the value."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.reading.header import absent
from wushang.collect.table import Table

code = "column_absent"
title = "整列缺失"


def find(table: Table) -> pl.DataFrame:
    return pl.concat([*(_column(table, group) for group in absent(table.header, table.source)), NOTHING])


def _column(table: Table, group: list[str]) -> pl.DataFrame:
    said = "、".join(table.title(name) for name in group)
    every = table.row.is_not_null()
    why = f"整列缺失：本表没有“{said}”这一列" if len(group) == 1 else f"整列缺失：{said}，本表一列也没有"
    return found(table, code, group[0], every, why, "请退回报送单位补上这一列再报；只有几行的，可以在这里补填")
