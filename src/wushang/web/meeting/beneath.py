"""Beside a claimed fall of the area: whether light cases, filings or warned units went silent (瞒报监测). One sentence; the lines under
统计依据."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wushang.evaluate.beneath import silence, words
from wushang.evaluate.beneath.sides import sides, two_years
from wushang.integrate.leads import KINDS, VERB, open_leads
from wushang.integrate.then import then
from wushang.pool import reckoned

if TYPE_CHECKING:
    from datetime import date

    from wushang.people.scope import Scope
    from wushang.web.meeting.content import Content


def lines(content: Content) -> list[dict[str, Any]]:
    """Worked out once a day per version of the data and area. A print keeps what it said when it was sealed; one from before they
    were kept leaves out the warned units and the leads, which stand in the ledger of today."""
    day = content.figures.data_to
    if day is None:
        return []
    hangs_on = (content.pool.key, day, content.links, content.today, get_language())
    found = reckoned.once("meeting.beneath", hangs_on, lambda: _found(content, day)) if content.pool.key else _found(content, day)
    return [*found, *_leads(content)] if content.links else found


def _found(content: Content, day: date) -> list[dict[str, Any]]:
    periods = silence.listened(day)
    heard = silence.silence(content.pool, silence.warned_in(periods[0]), periods) if content.links else None
    return words.lines(*sides(content.pool, two_years(day)), heard)


def _leads(content: Content) -> list[dict[str, Any]]:
    """疑似未申报, as far as the reader may see such."""
    if not content.scope.may(VERB):
        return []
    at = then(content.known, content.today)
    return list(words.leads(sum(open_leads(what, content.scope, at).count() for what in KINDS)))


def told_to(scope: Scope, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a print kept, without 疑似未申报 for a reader who may not see such."""
    return [one for one in told if not one.get("lead") or scope.may(VERB)]


def said(told: list[dict[str, Any]]) -> str:
    """少报核对：…; the odd ones in full, else that nothing was seen; then the leads."""
    odd, leads = ([one["said"] for one in told if one["odd"] and bool(one.get("lead")) is lead] for lead in (False, True))
    return _("少报核对（近一年与再前一年）：") + "".join([*(odd or [_("没有看出少报。")]), *leads])
