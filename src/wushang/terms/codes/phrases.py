"""Key phrases of a complaint (主诉) that make an injury likely one at work: the list at_work_phrase. Likely, never stated."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from wushang.terms.codes.code import Code, normal
from wushang.terms.codes.lookup import all as listed

LIST, DENIED = "at_work_phrase", "denied"


def presumed(texts: Iterable[str], on: date) -> Code | None:
    """What a patient said and the day in, the phrase by which it was likely at work out; None where a text denies it."""
    said = [normal(text) for text in texts if text]
    found = [code for code, words in _words(on) if any(words.search(text) for text in said)]
    return found[0] if found and all(code.code != DENIED for code in found) else None


@cache
def _words(on: date) -> tuple[tuple[Code, re.Pattern[str]], ...]:
    """Each phrase of that day with all its ways of writing, in the order of the list."""
    codes = listed(LIST, on)
    return tuple((code, re.compile("|".join(re.escape(normal(word)) for word in (code.name, *code.aliases)))) for code in codes)
