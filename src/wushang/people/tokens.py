"""令牌 of machine accounts: made once, kept as a hash, looked up with each request, counted by the minute."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db.models import Case, F, IntegerField, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.people.actor import Actor
from wushang.people.models import Machine
from wushang.people.scope import Grant, Scope
from wushang.terms.problem import Problem, Refused

BEGINS = "wsh_"


class NoEntry(Refused):
    """The token opens nothing: unknown, expired, revoked (401)."""

    status = 401


class TooOften(Refused):
    """More requests within a minute than the place allows (429)."""

    status = 429


def make() -> str:
    """A new token: 256 random bits, so that a plain hash keeps it."""
    return BEGINS + secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def enter(token: str, at: datetime) -> Machine:
    """The machine that the token names; raises NoEntry, or TooOften where it asks more than the setting allows."""
    machine = Machine.objects.select_related("department__region").filter(token_hash=hashed(token)).first()
    if machine is None:
        raise NoEntry(_no(_("令牌不对。"), _("请核对 Authorization 里的令牌；丢失的请系统管理员撤销后另发。")))
    if machine.revoked:
        raise NoEntry(_no(_("这个令牌已经撤销。"), _("请向系统管理员申请新的令牌。")))
    if not machine.lives_on(timezone.localdate(at)):
        raise NoEntry(_no(_("这个令牌 %(day)s 到期。") % {"day": machine.expires}, _("请向系统管理员申请新的令牌。")))
    _count(machine, at)
    return machine


def _no(why: str, remedy: str) -> Problem:
    return Problem("token", "Authorization", "", why, remedy)


def _count(machine: Machine, at: datetime) -> None:
    """One more request of this minute, in one statement."""
    now = int(at.timestamp()) // 60
    used = Case(When(minute=now, then=F("used") + 1), default=Value(1), output_field=IntegerField())
    Machine.objects.filter(pk=machine.pk).update(used=used, minute=Value(now), last_used=at)
    most, counted = settings.WUSHANG_API_PER_MINUTE, Machine.objects.values_list("used", flat=True).get(pk=machine.pk)
    if counted > most:
        why = _("一分钟内的请求超过 %(n)d 次。") % {"n": most}
        raise TooOften(Problem("too_often", "", str(counted), why, _("请等到下一分钟，或把行合并到一次请求里。")))


def actor_of(machine: Machine) -> Actor:
    """What the machine may do: bring its department's files, and confirm them where it was made so."""
    verbs = {"collect.upload", *(["collect.confirm"] if machine.confirms else [])}
    grant = Grant(frozenset(verbs), regions=(machine.department.region.code,))
    return Actor(None, machine.name, Scope((grant,)), "api")
