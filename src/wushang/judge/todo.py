"""待办 of 研判: rules that wait for one's approval, signals that wait to be verified, and those handed on to one's department."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.judge.deeds.approve_policy import ApprovePolicy
from wushang.judge.load import region_name
from wushang.judge.models import PolicyVersion
from wushang.judge.signals import words
from wushang.judge.signals.models import Signal
from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.models import User
from wushang.people.todo import Todo

APPROVE = ApprovePolicy.verb


def items(actor: Actor, today: date) -> list[Todo]:
    return [*_to_approve(actor, today), *_to_triage(actor), *_to_answer(actor)]


def _to_approve(actor: Actor, today: date) -> Iterator[Todo]:
    """Rules that somebody else approved, or drafted who may not approve: one's own word is wanted."""
    if actor.user is None:
        return
    rows = PolicyVersion.objects.filter(state__in=("draft", "offered")).exclude(approvals__user=actor.user).select_related("creator")
    for row in rows.order_by("pk"):
        if actor.scope.covers(APPROVE, row.region) and (before := _asked(row, actor.user, today)):
            url, name = reverse("judge:policy", args=[row.pk]), _("%(title)s第%(n)d版") % {"title": row.title, "n": row.number}
            yield Todo(
                due=None, what=_("批准预警规则"), name=name, url=url, stage=_("待批准"), op=_("批准"), op_url=url, town=region_name(row.region), before=before
            )


def _asked(row: PolicyVersion, user: User, today: date) -> str:
    """From whose hand a rule comes to be approved; '' where nobody has passed it on yet."""
    first = row.approvals.select_related("user").first()
    if first:
        return _("%(who)s %(m)d月%(d)d日") % {"who": first.user.name, **_day(first.at)}
    if row.state != "draft" or (row.creator and (row.creator == user or scope_of(row.creator, today).covers(APPROVE, row.region))):
        return ""
    return _("%(who)s %(m)d月%(d)d日") % {"who": row.creator.name if row.creator else _("实施人员"), **_day(row.created)}


def _day(at: datetime) -> dict[str, int]:
    day = timezone.localdate(at)
    return {"m": day.month, "d": day.day}


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
