"""Contribution due should be wage base × rate, within one fen for each insured person (rounding by person)."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table
from wushang.terms.money import MILLION

code = "contribution"
title = "应缴与基数乘费率不符"


def find(table: Table) -> pl.DataFrame:
    product = table.source.product
    if product is None or not table.has(product.base, product.rate, product.result):
        return NOTHING
    frame = table.values.select(
        pl.col(product.result).alias("due"),
        ((pl.col(product.base) * pl.col(product.rate) + MILLION // 2) // MILLION).alias("ours"),
        pl.col(product.heads).fill_null(1).clip(lower_bound=1).alias("heads"),
    )
    wrong = frame.select((pl.col("due") - pl.col("ours")).abs() > pl.col("heads"))[:, 0]
    if not wrong.any():
        return NOTHING
    ours = frame.select(pl.format("{}.{}", pl.col("ours") // 100, (pl.col("ours") % 100).cast(pl.String).str.zfill(2)))[
        :, 0
    ]
    why = "按基数乘费率应为 " + ours.fill_null("") + " 元"
    return found(table, code, product.result, wrong, why, "已按原值接收；请与缴费明细核对", severity="warn")
