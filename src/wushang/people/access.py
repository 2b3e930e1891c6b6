"""From a user's appointments to a Scope, on a day."""

from datetime import date

from wushang.people.models import Appointment, User, valid_on
from wushang.people.scope import Grant, Scope, region_prefix


def appointments_on(user: User, day: date):
    """The appointments that hold on a day; a deputy's (AB岗) only while the principal's own appointment holds."""
    held = Appointment.objects.filter(valid_on(day), user=user).exclude(deputy_of__valid_to__lt=day)
    return held.exclude(deputy_of__valid_from__gt=day).select_related("role", "deputy_of__role")


def place_of(user: User) -> tuple[str, str, int | None]:
    """Where an account stands, for an administrator's scope; without a department only the platform reaches it."""
    return (user.department.region.code if user.department else "", "", None)


def scope_of(user: User, day: date) -> Scope:
    if not user.is_active:
        return Scope.nothing()
    grants = tuple(_grant(appointment) for appointment in appointments_on(user, day))
    purposes = {"case_analysis"} if any(grant.gives("pool.case_analysis") for grant in grants) else set()
    return Scope(grants, frozenset(purposes))


def _grant(appointment: Appointment) -> Grant:
    held = appointment.deputy_of or appointment
    return Grant(
        verbs=frozenset(held.role.verbs),
        regions=tuple(region_prefix(code) for code in held.regions),
        industries=tuple(held.industries) or None,
    )
