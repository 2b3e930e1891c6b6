"""待办 of integration: pairs of units that may be one, and reports that may tell of a known injury."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.integrate.linked import waiting
from wushang.integrate.pairs import open_pairs
from wushang.people.actor import Actor
from wushang.people.todo import Todo


def items(actor: Actor, today: date) -> list[Todo]:
    """One row for each queue: they have no clock."""
    found = []
    if actor.scope.may("integrate.decide"):
        found += _row(open_pairs(actor.scope, "integrate.decide").count(), _("判断是否同一单位 %(n)d 对"), _("单位归并"), _("归并"), reverse("integrate:pairs"))
        found += _row(waiting(actor.scope, "integrate.decide").count(), _("判断是否同一起工伤 %(n)d 条"), _("工伤关联"), _("关联"), reverse("integrate:links"))
    return found


def _row(n: int, what: str, name: str, stage: str, url: str) -> list[Todo]:
    return [Todo(None, what % {"n": n}, name, url, stage, _("判断"), url, before=_("比对"))] if n else []
