"""A figure many times larger or smaller than what was last known of the same unit: one digit too many, or another unit."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table
from wushang.terms.money import yuan

code = "jump"
title = "与上次报的数相差太多"


def find(table: Table) -> pl.DataFrame:
    if table.known is None or table.known.is_empty():
        return NOTHING
    before = last_known(table)
    names = [n for n, c in table.source.columns.items() if c.jump and n in before.columns and table.has(n)]
    return pl.concat([*(_column(table, name, before) for name in names), NOTHING])


def last_known(table: Table) -> pl.DataFrame:
    """What was last known of each row's unit, in the order of the rows."""
    assert table.known is not None
    whose = [pl.col(name).fill_null("") for name in table.source.key if name != table.source.period]
    keys = table.canonical().select(pl.concat_str(whose, separator="|").alias("whose"))
    return keys.join(table.known, on="whose", how="left", maintain_order="left")


def _column(table: Table, name: str, before: pl.DataFrame) -> pl.DataFrame:
    column = table.source.columns[name]
    frame = pl.DataFrame({"now": table.values[name], "before": before[name], "since": before["since"]})
    small, large = pl.min_horizontal("now", "before"), pl.max_horizontal("now", "before")
    wrong = (small >= 0) & (large >= column.jump_from) & (large >= column.jump * small)
    frame = frame.with_columns(wrong.fill_null(False).alias("bad")).with_row_index("place")
    if not frame["bad"].any():
        return NOTHING
    rows = frame.filter("bad").select("place", "now", "before", "since").rows()
    said = pl.DataFrame({"place": [p for p, *_ in rows], "said": [_said(*row, kind=column.type) for _, *row in rows]})
    why = frame.select("place").join(said.cast({"place": pl.UInt32}), on="place", how="left", maintain_order="left")["said"]
    remedy = "已按原值接收；请核对是否多写或少写了一位、单位是否写错"
    return found(table, code, name, frame["bad"], why, remedy, severity="warn")


def _said(now: int, before: int, since: str, kind: str) -> str:
    shown = yuan if kind == "money" else "{:,}".format
    return f"上次（{since}）是 {shown(before)}，本次是 {shown(now)}"
