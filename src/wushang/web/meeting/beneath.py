"""Beside a claimed fall of the area: whether light cases, filings or warned units went silent (瞒报监测). One sentence; the lines under
统计依据."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from wushang.evaluate.beneath import silence, words
from wushang.evaluate.beneath.sides import sides, two_years
from wushang.integrate.leads import KINDS, VERB, open_leads
from wushang.integrate.then import then

if TYPE_CHECKING:
    from wushang.web.meeting.content import Content

HOUR = 3600


def lines(content: Content) -> list[dict[str, Any]]:
    """Worked out once per version of the data and area. A print leaves out the warned units: they stand in the ledger of today."""
    day = content.figures.data_to
    if day is None:
        return []
    key = f"meeting.beneath.{content.pool.commit}.{day}.{content.links}.{_area(content)}"
    found: list[dict[str, Any]] | None = cache.get(key)
    if found is None:
        periods = silence.listened(day)
        heard = silence.silence(content.pool, silence.warned_in(periods[0]), periods) if content.links else None
        found = words.lines(*sides(content.pool, two_years(day)), heard)
        cache.set(key, found, HOUR)
    return [*found, *_leads(content)] if content.links else found


def _leads(content: Content) -> list[dict[str, Any]]:
    """疑似未申报, as far as the reader may see such."""
    if not content.scope.may(VERB):
        return []
    at = then(content.known, content.today)
    return list(words.leads(sum(open_leads(what, content.scope, at).count() for what in KINDS)))


def _area(content: Content) -> str:
    grants = content.scope.for_verb(content.pool.verb)
    seen = sorted(f"{one.regions}{one.industries}{sorted(one.enterprises) if one.enterprises is not None else None}" for one in grants)
    return sha256("|".join(seen).encode()).hexdigest()


def said(told: list[dict[str, Any]]) -> str:
    """少报核对：…; the odd ones in full, else that nothing was seen; then the leads."""
    odd, leads = ([one["said"] for one in told if one["odd"] and bool(one.get("lead")) is lead] for lead in (False, True))
    return _("少报核对（近一年与再前一年）：") + "".join([*(odd or [_("没有看出少报。")]), *leads])
