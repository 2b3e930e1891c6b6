"""Words to codes: by the words of the file's own source, or by a dated code list as of the event's date."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache, lru_cache, partial

import polars as pl

from wushang.collect.cells.once import by_word
from wushang.terms import codes
from wushang.terms.script import simplified

FOUND = {"value": pl.String, "trouble": pl.String}


def code(text: pl.Series, list_name: str, words: dict[str, str], on: pl.Series) -> pl.DataFrame:
    """Clean text and the event's dates → `value` (code) and `trouble` (unknown_code, not_in_force). Each word is looked up once
    for all days between two changes of the list."""
    days, words = on.unique(), {simplified(word): code for word, code in words.items()} | words
    since = [_same_since(list_name, day) for day in days]
    if len(set(since)) == 1:
        return by_word(text, partial(_looked_up, list_name, words, since[0]))
    each, found = on.replace_strict(days, since), pl.DataFrame(schema=FOUND).clear(text.len())
    for day in set(since):
        at = (each == day).arg_true()
        some = by_word(text[at], partial(_looked_up, list_name, words, day))
        found = found.with_columns(found[name].scatter(at, some[name]) for name in FOUND)
    return found


def _looked_up(list_name: str, words: dict[str, str], on: date, text: pl.Series) -> pl.DataFrame:
    """Each text as of one day."""
    said = text.str.replace_all(" ", "", literal=True).to_list()
    rows = [(None, None) if one is None else _found(list_name, words, one, on) for one in said]
    return pl.DataFrame(rows, schema=FOUND, orient="row")


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
