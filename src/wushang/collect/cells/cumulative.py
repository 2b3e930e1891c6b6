"""Figures 从年初累计 (from January on): the month's own figure by difference, where one file has the months one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from wushang.collect.source import Source


def flows(source: Source, values: dict[str, pl.Series]) -> list[str]:
    """Fill each `flow` field of the source in `values` where it is empty; returns what to tell. January is its own
    difference; a month whose predecessor is not in the file stays empty: nothing is guessed."""
    notes = []
    for name, column in source.columns.items():
        if column.sums == "cumulative_from_january" and values[name].is_not_null().any():
            notes.append(f"“{column.titles[0]}”是从年初累计数，按原数保存")
            if column.flow:
                values[column.flow] = values[column.flow].fill_null(by_difference(source, values, name))
    return notes


def by_difference(source: Source, values: dict[str, pl.Series], name: str) -> pl.Series:
    """The month's own figures of a cumulative column, null where they cannot be known."""
    whose = [field for field in source.key if field != source.period]
    month = pl.col(source.period)
    frame = pl.DataFrame({field: values[field] for field in {*whose, source.period, name}}).with_row_index("place")
    before = frame.sort(source.period).select(
        "place",
        pl.col(name).shift(1).over(*whose).alias("earlier"),
        month.shift(1).over(*whose).alias("since"),
    )
    found = frame.join(before, on="place", maintain_order="left").select(
        pl.when(month.dt.month() == 1).then(name)
        .when(pl.col("since").dt.offset_by("1mo") == month).then(pl.col(name) - pl.col("earlier"))
        .alias("flow")
    )  # fmt: skip
    return found["flow"]
