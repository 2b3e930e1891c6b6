"""To whom a signal can be handed on: the departments with somebody who may answer for its place and trade."""

from __future__ import annotations

from datetime import date

from wushang.judge.signals.models import Signal
from wushang.people.access import scope_of
from wushang.people.models import Appointment, Department, Role, User, valid_on

VERB = "judge.answer_signals"


def takers(signal: Signal, today: date) -> list[Department]:
    """Those of the very place first."""
    roles = [role.pk for role in Role.objects.all() if VERB in role.verbs]
    held = Appointment.objects.filter(valid_on(today), role__in=roles).values("user")
    users = User.objects.filter(pk__in=held, is_active=True).exclude(department=None).select_related("department__region")
    found = {user.department for user in users if scope_of(user, today).covers(VERB, signal.region, signal.industry)}
    return sorted((one for one in found if one), key=lambda one: (-len(one.region.code), one.code))
