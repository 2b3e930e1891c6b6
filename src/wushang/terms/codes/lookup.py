"""Find a code by what a clerk wrote: code, name or alias, in normalised form, on a date. Never by likeness."""

from collections.abc import Callable
from datetime import date
from functools import cache

from wushang.terms.codes import accident, industry, situation
from wushang.terms.codes.code import Code, entries, normal

# Lists whose codes may be written in several ways: text in, the code it spells (or None) out.
_SPELLED: dict[str, Callable[[str], str | None]] = {"industry": industry.spelled, "situation": situation.spelled}


@cache
def _index(list_name: str) -> dict[str, tuple[Code, ...]]:
    found: dict[str, dict[Code, None]] = {}
    for code in entries(list_name):
        for text in (code.code, code.name, *code.aliases):
            found.setdefault(normal(text), {})[code] = None
    return {text: tuple(codes) for text, codes in found.items()}


@cache
def _by_code(list_name: str) -> dict[str, tuple[Code, ...]]:
    found: dict[str, list[Code]] = {}
    for code in entries(list_name):
        found.setdefault(code.code, []).append(code)
    return {code: tuple(versions) for code, versions in found.items()}


def _matches(list_name: str, text: str) -> tuple[Code, ...]:
    """All entries, of all times, that the text names."""
    spell = _SPELLED.get(list_name)
    key = (spell(text) if spell else None) or text
    return _index(list_name).get(normal(key), ())


def _deepest(codes: list[Code]) -> Code | None:
    """Of entries in one line of descent (房地产业 is K and K70) the most exact one; None where there are two lines."""
    line = sorted(codes, key=lambda code: len(code.code))
    if not line or any(not low.code.startswith(high.code) for high, low in zip(line, line[1:], strict=False)):
        return None
    return line[-1]


def find(list_name: str, text: str, on: date) -> Code | None:
    """A code, name or alias and the day it is about in, the entry valid on that day out; None when none or unclear."""
    return _deepest([code for code in _matches(list_name, text) if code.valid(on)])


def problem(list_name: str, text: str, on: date) -> str | None:
    """Why `find` finds nothing, in Chinese; None when it finds an entry."""
    if find(list_name, text, on):
        return None
    if not normal(text):
        return "未填写"
    if list_name == "industry" and (why := industry.unclear(text)):
        return why
    if others := [code for code in _matches(list_name, text) if not code.valid(on)]:
        return _out_of_date(others[-1], on) + _instead(list_name, others[-1], on)
    return f"“{text}”不在代码表中，请按代码表填写代码或全称"


def _out_of_date(code: Code, on: date) -> str:
    if code.valid_to and on > code.valid_to:
        return f"“{code.name}”只用到{code.valid_to.isoformat()}（{code.source}），{on.isoformat()}应使用新代码"
    return f"“{code.name}”自{code.valid_from.isoformat()}起使用（{code.source}），{on.isoformat()}应使用旧代码"


def _instead(list_name: str, code: Code, on: date) -> str:
    """What may stand in place of an old accident kind: one sure name, or those that a person chooses from."""
    kinds = [kind for kind in accident.successors(code.code) if kind.valid(on)] if list_name == "accident_kind" else []
    if not kinds:
        return ""
    titles = "、".join(kind.name for kind in kinds)
    return f"：{titles}" + ("（需人工归类）" if accident.needs_person(code.code) else "")


def get(list_name: str, code: str, on: date | None = None) -> Code | None:
    """A stored code in, its entry out (that of the day, else the latest); None when there is no such code."""
    same = _by_code(list_name).get(code, ())
    valid = [entry for entry in same if on is not None and entry.valid(on)]
    return next(reversed(valid or same), None)


def name(list_name: str, code: str, on: date | None = None) -> str:
    """A stored code in, its Chinese name out; an unknown code is shown as it is, so that nothing is lost."""
    entry = get(list_name, code, on)
    return entry.name if entry else code


def all(list_name: str, on: date | None = None) -> list[Code]:
    """The entries valid on a day (all of all times without a day), in the order of the standard."""
    return [code for code in entries(list_name) if on is None or code.valid(on)]
