"""A figure in a cell merged over several rows: each row's figure, or the sum of them all? Only the sender knows."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.source import NUMBERS
from wushang.collect.table import Table

code = "merged_number"
title = "数字写在合并单元格里"


def find(table: Table) -> pl.DataFrame:
    names = [name for name in table.of_type(*NUMBERS) if table.source.columns[name].type != "rate"]
    return pl.concat([*(_column(table, name) for name in names if table.marks.height), NOTHING])


def _column(table: Table, name: str) -> pl.DataFrame:
    here = table.marks.filter((pl.col("place") == table.header.places[name]) & (pl.col("what") == "merged"))
    where = pl.select(pl.lit(table.row) - 1).to_series()
    said = where.replace_strict(here["line"], here["said"], default=None, return_dtype=pl.String)
    why = "这个数写在第 " + said + " 行合并的单元格里，分不清是每行的数还是几行合计"
    remedy = "请取消合并、逐行填写后重新上传，或在此填写本行的数"
    return found(table, code, name, said.is_not_null(), why, remedy)
