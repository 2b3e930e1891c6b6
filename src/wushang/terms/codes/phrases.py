"""Key phrases: of a complaint (主诉) that make an injury likely one at work (at_work_phrase: likely, never stated); of a post or a
workshop as a clerk wrote it (post_kind, workshop_kind: 岗位、车间按关键词归类), so that no free text is needed to count by them."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from wushang.terms.codes.code import Code, normal
from wushang.terms.codes.lookup import all as listed

LIST, DENIED = "at_work_phrase", "denied"
OTHER = "other"


def presumed(texts: Iterable[str], on: date) -> Code | None:
    """What a patient said and the day in, the phrase by which it was likely at work out; None where a text denies it."""
    said = [normal(text) for text in texts if text]
    found = [code for code, words in _words(LIST, on) if any(words.search(text) for text in said)]
    return found[0] if found and all(code.code != DENIED for code in found) else None


def kind_in(list_name: str, text: str, on: date) -> str:
    """冲床操作工 → press: the code of the first kind whose words stand in a text; `other` where none does, '' of no text."""
    said = normal(text)
    return next((code.code for code, words in _words(list_name, on) if words.search(said)), OTHER) if said else ""


@cache
def _words(list_name: str, on: date) -> tuple[tuple[Code, re.Pattern[str]], ...]:
    """Each phrase of that day with all its ways of writing, in the order of the list."""
    codes = listed(list_name, on)
    return tuple((code, re.compile("|".join(re.escape(normal(word)) for word in (code.name, *code.aliases)))) for code in codes)
