"""待办 of who keeps the ways in: tokens that run out soon, pulls that do not succeed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.collect.models import Pull
from wushang.people.actor import Actor
from wushang.people.models import Department, Machine
from wushang.people.scope import Scope
from wushang.people.todo import Todo

SOON = timedelta(days=14)


def items(actor: Actor, today: date) -> Iterator[Todo]:
    yield from _tokens(actor, today)
    yield from _pulls(actor)


def _reach(scope: Scope, verb: str):
    return Department.objects.filter(scope.q(verb, region="region__code", industry="pk", enterprise="pk"))


def _tokens(actor: Actor, today: date) -> Iterator[Todo]:
    """A system that stops sending on a day is told of before."""
    if not actor.scope.may("people.manage"):
        return
    ending = Machine.objects.filter(revoked=None, expires__range=(today, today + SOON), last_used__isnull=False)
    renewed = Machine.objects.filter(revoked=None, expires__gt=today + SOON).values("name")
    url = reverse("collect:machines")
    for one in ending.filter(department__in=_reach(actor.scope, "people.manage")).exclude(name__in=renewed):
        yield Todo(one.expires, _("令牌快到期，另发一个"), one.name, url, _("机器账号"), _("办理"), url)


def _pulls(actor: Actor) -> Iterator[Todo]:
    if not actor.scope.may("collect.connect"):
        return
    url = reverse("collect:pulls")
    running = Pull.objects.filter(sender__in=_reach(actor.scope, "collect.connect")).exclude(next_run=None)
    for pull in running.prefetch_related("runs"):
        last = pull.runs.first()
        if last and last.problem:
            yield Todo(
                None,
                _("定时拉取没有成功：%(why)s") % {"why": last.problem["why"]},
                pull.name,
                url,
                _("定时拉取"),
                _("查看"),
                url,
            )
