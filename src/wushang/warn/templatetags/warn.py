"""Parts of warn in the pages of rooms above it, which know them by template name alone."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.conf import settings

from wushang.warn import issuing, pushing, touched

MOST = 5  # pieces told one by one

register = template.Library()


@register.inclusion_tag("warn/_pushes_said.html")
def batch_pushes(injuries: list[dict[str, Any]]) -> dict[str, Any]:
    """推送 n 条 of a delivery that is not landed yet, and what becomes of them in this deployment."""
    return {"n": pushing.expected(injuries), "mode": settings.WUSHANG_MODE, "minutes": settings.WUSHANG_PUSH_HOLD_MINUTES}


@register.inclusion_tag("warn/_pieces_said.html", takes_context=True)
def batch_pieces(context: Any, lines: Iterable[Any], signed_only: bool = False) -> dict[str, Any]:
    """Which open pieces the changes of `lines` would raise or leave without ground; `signed_only`: those with a signed letter."""
    found = touched.pieces(lines, context["request"].scope)
    told = [piece for piece in found if piece.signed or not signed_only]
    signed = sum(piece.signed for piece in found)
    return {"n": len(found), "signed": signed, "signed_only": signed_only, "shown": told[:MOST], "more": max(0, len(told) - MOST)}


@register.inclusion_tag("warn/_hands_lack.html", takes_context=True)
def hands_lack(context: Any, version: Any, today: date) -> dict[str, Any]:
    """Of a rule: the departments that are to issue its letters and have nobody who reviews or signs; those that lack the same in one line."""
    lacking: dict[str, list[str]] = {}
    for one in issuing.hands(version.pack, version.region, today):
        if one.lacks:
            lacking.setdefault(one.lacks, []).append(one.issuer)
    return {"lacking": lacking, "may_see": context["request"].scope.may("people.see")}
