"""Read each different text of a column once: a column of a month's file has few different words."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

SAMPLE = 1_000  # the first cells: where most of them differ, the column's will
Reads = Callable[[pl.Series], pl.DataFrame]


def once(cells: pl.Series, read: Reads) -> pl.DataFrame:
    """`read` of a column: of its different texts where that is less work, in the order of the column. Where nothing is said,
    nothing is read."""
    if cells.null_count() == cells.len():
        return read(cells.clear()).clear(cells.len())
    if cells.head(SAMPLE).n_unique() * 2 > SAMPLE:
        return read(cells)
    words = cells.unique()
    return read(cells) if words.len() * 2 > cells.len() else _given(cells, words, read)


def by_word(cells: pl.Series, read: Reads) -> pl.DataFrame:
    """The same, always of the different texts alone: where reading one is much work."""
    return _given(cells, cells.unique(), read)


def _given(cells: pl.Series, words: pl.Series, read: Reads) -> pl.DataFrame:
    answers = read(words).with_columns(words.alias("cell"))
    column = pl.DataFrame({"cell": cells})
    return column.join(answers, on="cell", how="left", nulls_equal=True, maintain_order="left").drop("cell")
