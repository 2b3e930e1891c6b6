"""Words to codes: by the words of the file's own source, or by a dated code list as of the event's date."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from wushang.terms import codes
from wushang.terms.script import simplified


def code(text: pl.Series, list_name: str, words: dict[str, str], on: pl.Series) -> pl.DataFrame:
    """Clean text and the event's dates → `value` (code) and `trouble` (unknown_code, not_in_force)."""
    frame = pl.DataFrame({"text": text, "on": on}).with_columns(pl.col("text").str.replace_all(" ", "", literal=True))
    pairs = frame.drop_nulls("text").unique()
    words = {simplified(word): code for word, code in words.items()} | words
    found = [_found(list_name, words, t, day) for t, day in pairs.rows()]
    schema = {"value": pl.String, "trouble": pl.String}
    answers = pl.concat([pairs, pl.DataFrame(found, schema=schema, orient="row")], how="horizontal")
    return frame.join(answers, on=["text", "on"], how="left", maintain_order="left").select("value", "trouble")


def _found(list_name: str, words: dict[str, str], text: str, on: date) -> tuple[str | None, str | None]:
    """As written, else in simplified characters."""
    for word in dict.fromkeys((text, simplified(text))):
        found = (words[word], None) if word in words else _listed(list_name, word, on)
        if found[0] is not None:
            return found
    return None, "unknown_code"


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
