"""待办 of integration: pairs of units that may be one and wait for a person's decision."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.integrate.pairs import open_pairs
from wushang.people.actor import Actor
from wushang.people.todo import Todo


def items(actor: Actor, today: date) -> list[Todo]:
    """One row for the whole queue: it has no clock."""
    if not actor.scope.may("integrate.decide"):
        return []
    waiting = open_pairs(actor.scope, "integrate.decide").count()
    if not waiting:
        return []
    url = reverse("integrate:pairs")
    return [
        Todo(None, _("判断是否同一单位 %(n)d 对") % {"n": waiting}, _("单位归并"), url, _("归并"), _("判断"), url, before=_("比对"))
    ]
