"""Words to codes: by the words of the file's own source, or by a dated code list as of the event's date."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from wushang.terms import codes


def code(text: pl.Series, list_name: str, words: dict[str, str], on: pl.Series) -> pl.DataFrame:
    """Clean text and the event's dates → `value` (code) and `trouble` (unknown_code, not_in_force)."""
    frame = pl.DataFrame({"text": text, "on": on}).with_columns(pl.col("text").str.replace_all(" ", "", literal=True))
    pairs = frame.drop_nulls("text").unique()
    found = [(words[t], None) if t in words else _listed(list_name, t, day) for t, day in pairs.rows()]
    schema = {"value": pl.String, "trouble": pl.String}
    answers = pl.concat([pairs, pl.DataFrame(found, schema=schema, orient="row")], how="horizontal")
    return frame.join(answers, on=["text", "on"], how="left", maintain_order="left").select("value", "trouble")


def _listed(list_name: str, text: str, on: date) -> tuple[str | None, str | None]:
    if not list_name:
        return None, "unknown_code"
    if code := codes.find(list_name, text, on):
        return code.code, None
    for day in _editions(list_name):
        if code := codes.find(list_name, text, day):
            return code.code, "not_in_force"
    return None, "unknown_code"


@cache
def _editions(list_name: str) -> list[date]:
    """The days on which editions of a list begin, newest first."""
    return sorted({code.valid_from for code in codes.all(list_name)}, reverse=True)
