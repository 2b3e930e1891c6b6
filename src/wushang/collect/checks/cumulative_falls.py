"""A figure 从年初累计 that is smaller than that of an earlier month of the same year."""

import polars as pl

from wushang.collect.checks.jump import last_known
from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "cumulative_falls"
title = "累计数比前月小"


def find(table: Table) -> pl.DataFrame:
    names = [name for name, c in table.source.columns.items() if c.sums == "cumulative_from_january"]
    names = [name for name in names if table.has(name)]
    problems = [*(_column(table, name) for name in names), *(_since(table, name) for name in names)]
    return pl.concat([*problems, NOTHING]).unique(["row", "field"], keep="first", maintain_order=True)


def _column(table: Table, name: str) -> pl.DataFrame:
    source = table.source
    whose = [field for field in source.key if field != source.period]
    year = pl.col(source.period).dt.year()
    frame = table.values.select({*whose, source.period, name}).with_row_index("place").sort(source.period)
    falls = frame.select("place", (pl.col(name) < pl.col(name).shift(1).over(*whose, year)).alias("falls")).sort(
        "place"
    )
    why = "从年初累计数应逐月不减，本月比前一个月小"
    return found(table, code, name, falls["falls"], why, "已按原值接收；请核对是累计数还是当月数", severity="warn")


def _since(table: Table, name: str) -> pl.DataFrame:
    """The same against what was last known of the unit, where that was in the same year."""
    if table.known is None or name not in table.known.columns or table.known.is_empty():
        return NOTHING
    before = last_known(table)
    year = pl.Series(table.values[table.source.period].dt.strftime("%Y"))
    falls = (table.values[name] < before[name]) & (before["since"].str.slice(0, 4) == year)
    why = "从年初累计数应逐月不减，本次比上次（" + before["since"] + "）小"
    return found(table, code, name, falls, why, "已按原值接收；请核对是累计数还是当月数", severity="warn")
