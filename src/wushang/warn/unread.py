"""What 待办 says of messages: unread ones of the own department, and those that reached a unit by no channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.people.actor import Actor
from wushang.people.todo import Todo
from wushang.warn import clocks, inbox, units
from wushang.warn.models import Delivery
from wushang.warn.outbox import BY_HAND


def rows(actor: Actor) -> Iterator[Todo]:
    yield from _unread(actor)
    yield from _to_tell(actor)


def _unread(actor: Actor) -> Iterator[Todo]:
    """收件箱: what nobody of the actor's department has read, in one row that names the newest."""
    waiting = inbox.mine(actor).filter(read=None)
    if unread := waiting.count():
        newest, url = waiting.values_list("title", flat=True)[0], reverse("warn:inbox")
        yield Todo(None, _("收件箱 %(n)d 条未阅") % {"n": unread}, newest, url, _("收件箱"), _("阅"), url)


def _to_tell(actor: Actor) -> Iterator[Todo]:
    """人工告知, in one row; a letter that waits for its delivery has a row of its own."""
    if not actor.scope.may("warn.outbox"):
        return
    seen = units.visible(actor.scope, "warn.outbox")
    waiting = Delivery.objects.filter(channel=BY_HAND, state="waiting", enterprise__in=seen).order_by("created")
    since = list(waiting.exclude(purpose="letter", warning__state="issued").values_list("created", flat=True))
    if since:
        due: date | None = clocks.due("issued", timezone.localdate(since[0]))
        what, url = _("人工告知单位 %(n)d 条") % {"n": len(since)}, f"{reverse('warn:outbox')}?by=hand"
        yield Todo(due, what, _("短信、邮件都送不到"), url, _("送达"), _("去告知"), url)
