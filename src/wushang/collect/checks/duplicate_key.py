"""The same key twice in one file with different contents: which one holds, only the sender knows."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "duplicate_key"
title = "同一编号有几行且内容不同"


def find(table: Table) -> pl.DataFrame:
    keys = list(table.source.key)
    if table.keys().n_unique() == table.row.len():
        return NOTHING
    frame = table.canonical().select(pl.struct(pl.all()).alias("all")).with_columns(table.row, table.keys())
    firsts = frame.filter(pl.col("key").str.contains(r"[^|]")).unique("all", keep="first", maintain_order=True)
    many = firsts.group_by("key").agg(pl.col("row").sort()).filter(pl.col("row").list.len() > 1)
    rows = many.explode("row", empty_as_null=False, keep_nulls=False).join(
        many.select("key", pl.col("row").alias("rows")), on="key"
    )
    said = {r: "、".join(str(o) for o in others if o != r) for r, others in rows.select("row", "rows").rows()}
    where = table.row.is_in(list(said))
    others = table.row.cast(pl.String).replace_strict([str(r) for r in said], list(said.values()), default="")
    titles = "、".join(table.title(name) for name in keys)
    why = "与第 " + others + f" 行的{titles}相同，内容不同"
    field = next((k for k in keys if k != table.source.period), keys[0])
    return found(table, code, field, where, why, "请核对哪一行是对的：对的仍按原值接收，错的退回")
