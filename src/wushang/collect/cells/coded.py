"""Words to codes: by the words of the file's own source, or by a dated code list as of the event's date."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache, lru_cache

import polars as pl

from wushang.terms import codes
from wushang.terms.script import simplified


def code(text: pl.Series, list_name: str, words: dict[str, str], on: pl.Series) -> pl.DataFrame:
    """Clean text and the event's dates → `value` (code) and `trouble` (unknown_code, not_in_force). Each word is looked up once
    for all days between two changes of the list."""
    days = on.unique()
    frame = pl.DataFrame({"text": text.str.replace_all(" ", "", literal=True), "on": on})
    frame = frame.with_columns(pl.col("on").replace_strict(days, [_same_since(list_name, day) for day in days]))
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


@lru_cache(maxsize=20_000)
def _listed(list_name: str, text: str, on: date) -> tuple[str | None, str | None]:
    if not list_name:
        return None, "unknown_code"
    if code := codes.find(list_name, text, on):
        return code.code, None
    for day in _editions(list_name):
        if code := codes.find(list_name, text, day):
            return code.code, "not_in_force"
    return None, "unknown_code"


def _same_since(list_name: str, on: date) -> date:
    """The day since which the list has been what it is on that day."""
    changes = _changes(list_name)
    place = bisect_right(changes, on)
    return changes[place - 1] if place else date.min


@cache
def _changes(list_name: str) -> list[date]:
    """The days on which entries of a list begin, and those after which one ends."""
    entries = codes.all(list_name) if list_name else []
    ends = {code.valid_to + timedelta(1) for code in entries if code.valid_to}
    return sorted({code.valid_from for code in entries} | ends)


@cache
def _editions(list_name: str) -> list[date]:
    """The days on which editions of a list begin, newest first."""
    return sorted({code.valid_from for code in codes.all(list_name)}, reverse=True)
