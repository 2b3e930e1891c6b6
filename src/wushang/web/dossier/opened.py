"""A figure of 一企一档 and the list that adds up to it: the same kind of fact, the same days, as known then or now."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html

from wushang.integrate.lineage.facts import INJURIES
from wushang.terms.period import Period
from wushang.web.dossier.known import Unit


def address(unit: Unit, what: str = INJURIES, days: Period | None = None, **more: str) -> str:
    """The list's address; without days all of them."""
    between = {"from": f"{days.start}", "to": f"{days.end}"} if days else {}
    query = urlencode({"what": what, **between, **more})
    return f"{reverse('integrate:lineage_unit', args=[unit.id])}?{query}" + (f"&{unit.known.query}" if unit.known.query else "")


def figure(unit: Unit, text: str, what: str = INJURIES, days: Period | None = None, **more: str) -> str:
    """The figure as a link to its list."""
    return format_html('<a href="{}">{}</a>', address(unit, what, days, **more), text)


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))
