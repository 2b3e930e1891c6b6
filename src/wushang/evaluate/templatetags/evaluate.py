"""{% load evaluate %}: the re-checks of a case, for the 预警件 page."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from wushang.evaluate.models import Recheck
from wushang.evaluate.volume import order
from wushang.warn.units import place_of

register = template.Library()


@register.simple_tag(takes_context=True)
def evaluate_part(context: dict[str, Any], case: Any) -> dict[str, Any]:
    """What was counted and signed, and whether this person may count now."""
    scope, place = context["request"].scope, place_of(case.enterprise_id)
    if not scope.covers("evaluate.see", *place):
        return {"rows": [], "may_propose": False}
    rows = Recheck.objects.filter(case=case).exclude(state="replaced").select_related("signer")
    waits = case.state in ("evaluating", "extended")
    return {"rows": rows, "may_propose": waits and scope.covers("evaluate.propose", *place)}


@register.simple_tag(takes_context=True)
def volume_door(context: dict[str, Any], warning: Any) -> str:
    """The address of the warning's volume (案卷); '' for who may not open it."""
    return reverse("evaluate:volume", args=[warning.pk]) if order.may_open(context["request"].scope, warning) else ""
