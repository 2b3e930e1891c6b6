"""待办 of 研判: signals that wait to be verified, and those handed on to one's department."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.judge.signals import words
from wushang.judge.signals.models import Signal
from wushang.people.actor import Actor
from wushang.people.todo import Todo


def items(actor: Actor, today: date) -> list[Todo]:
    return [*_to_triage(actor), *_to_answer(actor)]


def _to_triage(actor: Actor) -> Iterator[Todo]:
    for row in Signal.objects.visible(actor.scope, "judge.triage_signals").filter(state="new").select_related("run"):
        yield _todo(row, _("核查异常提示：%(seen)s") % {"seen": words.seen(row)}, _("待核查"), _("核查"), "", row.due)


def _to_answer(actor: Actor) -> Iterator[Todo]:
    """What the own department was asked."""
    if actor.user is None or actor.user.department_id is None:
        return
    raised = Signal.objects.visible(actor.scope, "judge.answer_signals").filter(state="raised", answered=None, to=actor.user.department_id)
    for row in raised.select_related("decider"):
        day = timezone.localdate(row.decided) if row.decided else None
        before = _("%(who)s %(m)d月%(d)d日") % {"who": row.decider.name, "m": day.month, "d": day.day} if day and row.decider else ""
        yield _todo(row, _("异常提示转办：%(asked)s") % {"asked": row.asked}, _("待反馈"), _("反馈"), before)


def _todo(row: Signal, what: str, stage: str, op: str, before: str, due: date | None = None) -> Todo:
    url = reverse("judge:signal", args=[row.pk])
    return Todo(due=due, what=what, name=words.what(row), url=url, stage=stage, op=op, op_url=url, town=words.place(row), before=before)
