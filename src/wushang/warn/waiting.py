"""What waits for whom, for 今日待办: one item a warning whose next step this actor may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wushang.people.actor import Actor
from wushang.warn import shown
from wushang.warn.models import SignStep

# Verb → the states whose next step it takes.
STEPS = {
    "warn.draft": ("drafted",),
    "warn.review": ("submitted",),
    "warn.sign": ("reviewed",),
    "warn.number": ("signed",),
    "warn.deliver": ("signed", "issued"),
}


@dataclass(frozen=True)
class Item:
    """One line of 待办."""

    due: date | None
    what: Any
    unit: str
    town: str
    stage: Any
    before: str  # 上一手
    level: str
    url: str


def waiting_for(actor: Actor, limit: int = 200) -> list[Item]:
    """The actor's items by due date; a signature is not asked of who signed before."""
    mine: dict[int, Any] = {}
    for verb, wanted in STEPS.items():
        if actor.scope.may(verb):
            rows = shown.warnings(actor.scope, verb).filter(state__in=wanted)
            if verb in ("warn.review", "warn.sign") and actor.user is not None:
                rows = rows.exclude(steps__in=SignStep.objects.filter(who=actor.user, live=True))
            mine |= {row.pk: row for row in rows.prefetch_related("letters", "steps").order_by("due", "pk")[:limit]}
    names = shown.town_names(row.region for row in mine.values())
    ordered = sorted(mine.values(), key=lambda row: (row.due or date.max, row.pk))
    return [_item(row, names.get(row.region, "")) for row in ordered]


def proposed(actor: Actor) -> list[Item]:
    """Withdrawals that somebody has proposed and this actor may decide."""
    if not actor.scope.may("warn.withdraw"):
        return []
    rows = shown.warnings(actor.scope, "warn.withdraw").exclude(withdrawal_proposed=None).filter(ended=None)
    found = list(rows.prefetch_related("letters", "steps").order_by("withdrawal_proposed"))
    names = shown.town_names(row.region for row in found)
    return [_item(row, names.get(row.region, ""), _("决定撤回或维持")) for row in found]


def _item(row: Any, town: str, what: Any = None) -> Item:
    last = next((step for step in reversed(row.steps.all()) if step.live), None)
    return Item(
        due=row.due, what=what or shown.next_step(row), unit=row.name, town=town,
        stage=row.state_title, before=last.name if last else str(_("研判")), level=row.level,
        url=reverse("warn:warning", args=[row.pk]),
    )  # fmt: skip
