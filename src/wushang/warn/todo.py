"""待办 of warnings: each state waits for whoever has the verb of its next step; what a handler started waits for others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.actor import Actor
from wushang.people.models import Region
from wushang.people.todo import Todo
from wushang.warn import shown, signing
from wushang.warn.models import Warning

# state → the verb of the next step, what it is called, its stage
NEXT: dict[str, tuple[str, Any, Any]] = {
    "drafted": ("warn.draft", gettext_lazy("起草"), gettext_lazy("起草")),
    "submitted": ("warn.review", gettext_lazy("审核"), gettext_lazy("审核")),
    "signed": ("warn.deliver", gettext_lazy("发出"), gettext_lazy("签发")),
    "issued": ("warn.deliver", gettext_lazy("登记送达"), gettext_lazy("送达")),
}
SIGNATURES = {"countersign": "warn.review", "sign": "warn.sign"}


def items(actor: Actor, today: date) -> list[Todo]:
    """Warnings that wait for the actor, and those of the actor that wait for somebody else."""
    towns = dict(Region.objects.values_list("code", "name"))
    mine = {row.pk: (row, op, stage) for row, op, stage in _waiting(actor)}
    found = [_todo(row, _what(row, op), op, stage, towns) for row, op, stage in mine.values()]
    found += [_proposed(row, towns) for row in _proposals(actor)]
    return found + [_started(row, towns) for row in _handled(actor) if row.pk not in mine]


def _rows(actor: Actor, verb: str = "warn.see") -> Any:
    """Warnings in the scope, with their letters and signatures read at once."""
    return shown.warnings(actor.scope, verb).prefetch_related("letters", "steps")


def _waiting(actor: Actor) -> Iterator[tuple[Any, Any, Any]]:
    for state, (verb, op, stage) in NEXT.items():
        if actor.scope.may(verb):
            rows = _rows(actor, verb).filter(state=state)
            if state == "drafted":
                rows = rows.filter(Q(handler=None) | Q(handler=actor.user))
            yield from ((row, op, stage) for row in rows)
    if any(actor.scope.may(verb) for verb in SIGNATURES.values()):
        for row in _rows(actor).filter(state="reviewed"):
            step = signing.waits_for(row)
            if step in SIGNATURES and actor.scope.covers(SIGNATURES[step], row.region, "", row.enterprise_id):
                yield row, signing.TITLES[step], signing.TITLES[step]


def _proposals(actor: Actor) -> Any:
    """A withdrawal was proposed because the facts changed; somebody decides."""
    if not actor.scope.may("warn.withdraw"):
        return []
    return _rows(actor, "warn.withdraw").exclude(withdrawal_proposed=None).filter(ended=None)


def _handled(actor: Actor) -> Any:
    """What the actor handles and that waits for another: for a signature, or for the unit."""
    if actor.user is None:
        return []
    return _rows(actor).filter(
        handler=actor.user, ended=None, state__in=("submitted", "reviewed", "delivered")
    )


def _what(row: Any, op: Any) -> str:
    letter = row.letter
    return f"{op}{letter.title}" if letter else _("%(op)s%(level)s文书") % {"op": op, "level": row.rank_level.zh}


def _before(row: Any) -> str:
    """上一手: the last signature, or the finding."""
    step = next((step for step in reversed(row.steps.all()) if step.live), None)
    name, at = (step.name, step.at) if step else (_("研判"), row.opened)
    day = timezone.localdate(at)
    return _("%(name)s %(m)d月%(d)d日") % {"name": name, "m": day.month, "d": day.day}


def _todo(row: Warning, what: str, op: Any, stage: Any, towns: dict[str, str], tab: Any = "mine") -> Todo:
    named: Any = row
    url = reverse("warn:warning", args=[row.pk])
    return Todo(
        due=row.due, what=what, name=named.name or "", url=url, stage=stage, op=op, op_url=url, level=row.level,
        town=towns.get(named.region or "", ""), before=_before(row), holder=row.handler.name if row.handler else "", tab=tab,
    )  # fmt: skip


def _proposed(row: Warning, towns: dict[str, str]) -> Todo:
    return _todo(row, _("核对：建议撤回（数据有变）"), _("核对"), row.state_title, towns)


def _started(row: Warning, towns: dict[str, str]) -> Todo:
    waits = _("等单位签收") if row.state == "delivered" else _("等%(step)s") % {"step": shown.next_step(row)}
    return _todo(row, waits, _("查看"), row.state_title, towns, "started")
