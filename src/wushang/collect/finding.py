"""What a check finds: rows of a frame, one per problem."""

from __future__ import annotations

import polars as pl

from wushang.collect.table import Table

SCHEMA = {
    "row": pl.UInt32,
    "code": pl.String,
    "severity": pl.String,
    "field": pl.String,
    "column": pl.String,
    "value": pl.String,
    "why": pl.String,
    "remedy": pl.String,
    "suggestion": pl.String,
}
NOTHING = pl.DataFrame(schema=SCHEMA)


def found(
    table: Table,
    code: str,
    field: str,
    where: pl.Series,
    why: str | pl.Series,
    remedy: str | pl.Series,
    suggestion: pl.Series | None = None,
    severity: str | pl.Series = "reject",
) -> pl.DataFrame:
    """One problem for each row where the mask is true; sentences are the same for all, or one each."""
    mask = where.fill_null(False)
    if not mask.any():
        return NOTHING
    place, rows = table.header.places.get(field), table.row.filter(mask)
    columns: dict[str, pl.Series | str | None] = {
        "row": table.row, "code": code, "severity": severity, "field": field, "column": table.title(field),
        "value": table.raw[str(place)].fill_null("") if place is not None else "", "why": why, "remedy": remedy,
        "suggestion": suggestion if suggestion is not None else None,
    }  # fmt: skip
    those = {k: v.filter(mask) if isinstance(v, pl.Series) else pl.repeat(v, rows.len(), eager=True) for k, v in columns.items()}
    return pl.DataFrame(those).cast(SCHEMA)  # type: ignore[arg-type]


def by_word(words: pl.Series, sentences: dict[str, str]) -> pl.Series:
    """A column of one-word troubles → their sentences, null for other words. Mostly there are none."""
    said = words.is_not_null().arg_true()
    found = words[said].replace_strict(list(sentences), list(sentences.values()), default=None, return_dtype=pl.String)
    return words.clear(words.len()).cast(pl.String).scatter(said, found)
