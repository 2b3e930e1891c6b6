"""A question as an address or a command says it, and an answer as JSON. One form for page, API, command and saved views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.compared import AGAINST, Compared
from wushang.analyse.cube.cube import Figure, Key, label
from wushang.analyse.dimensions import dimensions
from wushang.people.deed import refuse
from wushang.terms.period import Period, add_months, month_end, month_of

DEFAULT = ("injury_events", "incidence_rate")
FILTER = "only_"  # only_section=C&only_section=F keeps two sections


def asked_of(said: Mapping[str, list[str]], today: date) -> Asked:
    """Lists of texts by name (an address's) → the question. What is not said is the complete months of the year before
    `today` (or the day to which the data reach)."""
    def one(name: str, otherwise: str = "") -> str:
        return (said.get(name) or [otherwise])[-1] or otherwise

    filters = {
        name.removeprefix(FILTER): tuple(texts)
        for name, texts in said.items() if name.startswith(FILTER)
    }  # fmt: skip
    return Asked(
        measures=tuple(dict.fromkeys(said.get("measure") or DEFAULT)), period=_period(one("from"), one("to"), today),
        down=one("down"), across=one("across"), filters=filters,
        basis=one("basis", "occurred"), scope=one("scope", "at_work"), status=one("status", "reported"), order=one("order"),
    )  # fmt: skip


def _period(first: str, last: str, today: date) -> Period:
    """Whole months, 2026-01 to 2026-03."""
    newest = add_months(month_of(today), -1)
    end = _month(last, "to") or newest
    start = _month(first, "from") or date(end.year, 1, 1)
    if start > end:
        why = _("起始月 %(from)s 在截止月 %(to)s 之后。") % {"from": f"{start:%Y-%m}", "to": f"{end:%Y-%m}"}
        raise refuse("period", why, _("请把两个月份对调。"), "from", first)
    return Period(start, month_end(end))


def _month(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        return month_of(date.fromisoformat(f"{text}-01" if len(text) == 7 else text))
    except ValueError:
        raise refuse("period", _("“%(text)s”不是月份。") % {"text": text}, _("请写成 2026-03。"), name, text) from None


def pairs_of(asked: Asked) -> Iterable[tuple[str, str]]:
    """The question as (name, text) pairs, for an address."""
    yield from (("measure", code) for code in asked.measures)
    yield from (("down", asked.down), ("across", asked.across))
    yield from (("from", f"{asked.period.start:%Y-%m}"), ("to", f"{asked.period.end:%Y-%m}"))
    yield from ((f"{FILTER}{code}", key) for code, kept in asked.filters.items() for key in kept)
    yield from (("basis", asked.basis), ("scope", asked.scope), ("status", asked.status))
    yield from [("order", asked.order)] if asked.order else []


def against_of(word: str) -> str:
    """What it is to be compared with; refused where that is not known."""
    if word not in AGAINST:
        raise refuse("against", _("没有“%(word)s”这种对比。") % {"word": word}, _("可用的有：%(names)s。") % {"names": "、".join(filter(None, AGAINST))}, "against", word)
    return word


def told(found: Compared) -> dict[str, Any]:
    """The whole answer: the question, then every group with each measure's value, count, denominator and interval; where it is compared
    with something, the figure beside, the change in per cent and the word for it."""
    cube, asked = found.now, found.now.asked
    names = dimensions()[asked.down].named(cube.down) if asked.down else {}
    return {
        "measures": list(asked.measures), "from": asked.period.start.isoformat(), "to": asked.period.end.isoformat(),
        "down": asked.down, "across": asked.across, "filters": {code: list(kept) for code, kept in asked.filters.items()},
        "basis": asked.basis, "scope": asked.scope, "status": asked.status, "order": asked.order, "commit": cube.commit,
        "data_to": found.data_to.isoformat() if found.data_to else None, **_compared_with(found),
        "months": cube.months, "missing": list(cube.missing),
        "total": _group(found, None, None), "rows": [_row(found, key, names[key]) for key in cube.down],
        "columns": [{"key": key, "label": _label(asked.across, key), "figures": _group(found, None, key)} for key in cube.across],
    }  # fmt: skip


def _compared_with(found: Compared) -> dict[str, Any]:
    """against, and of what months; which were never delivered, so that nothing is compared; the warning where the headcount moved."""
    if found.before is None:
        return {"against": ""}
    period = found.before.asked.period
    return {"against": found.against, "before": {"from": period.start.isoformat(), "to": period.end.isoformat()},
            "lacking": [f"{month:%Y-%m}" for month in found.lacking()], "moved": found.moved}  # fmt: skip


def _row(found: Compared, key: str, name: str) -> dict[str, Any]:
    cube = found.now
    cells = {"cells": [_group(found, key, across) for across in cube.across]} if cube.asked.across else {}
    return {"key": key, "label": name, "figures": _group(found, key, None), **cells}


def _label(code: str, key: str) -> str:
    return label(dimensions()[code], key)


def _group(found: Compared, down: Key, across: Key) -> dict[str, dict[str, Any]]:
    return {code: _figure(found.now.figure(code, down, across)) | _beside(found, code, down, across) for code in found.now.asked.measures}


def _figure(figure: Figure) -> dict[str, Any]:
    interval = figure.interval
    return {
        "value": figure.value, "count": figure.count, "over": figure.over,
        "interval": [interval.low, interval.high] if interval else None,
    }  # fmt: skip


def _beside(found: Compared, code: str, down: Key, across: Key) -> dict[str, Any]:
    if found.before is None:
        return {}
    last = found.last(code, down, across)
    return {"before": last.value if last else None, "change": found.change(code, down, across), "word": found.word(code, down, across)}
