"""From a user's appointments to a Scope, on a day."""

from datetime import date

from wushang.people.models import Appointment, User, valid_on
from wushang.people.scope import Grant, Scope, region_prefix
from wushang.people.succession import older_codes


def appointments_on(user: User, day: date):
    """The appointments that hold on a day; a deputy's (AB岗) only while the principal's own appointment holds."""
    held = Appointment.objects.filter(valid_on(day), user=user).exclude(deputy_of__valid_to__lt=day)
    return held.exclude(deputy_of__valid_from__gt=day).select_related(
        "role", "user__department", "deputy_of__role", "deputy_of__user__department"
    )


def place_of(user: User) -> tuple[str, str, int | None]:
    """Where an account stands, for an administrator's scope; without a department only the platform reaches it."""
    return (user.department.region.code if user.department else "", "", None)


def scope_of(user: User, day: date) -> Scope:
    if not user.is_active:
        return Scope.nothing()
    grants = tuple(grant_of(appointment) for appointment in appointments_on(user, day))
    purposes = {"case_analysis"} if any(grant.gives("pool.case_analysis") for grant in grants) else set()
    return Scope(grants, frozenset(purposes))


def grant_of(appointment: Appointment) -> Grant:
    """What an appointment lets its holder do and where; a deputy's is the principal's."""
    held = appointment.deputy_of or appointment
    inside = [region_prefix(code) for code in held.regions]
    return Grant(
        verbs=frozenset(held.role.verbs),
        regions=(*inside, *older_codes(inside)),  # access goes by the region of today, whatever code a row of old bears
        industries=tuple(held.industries) or None,
        department=_own(held),
    )


def _own(appointment: Appointment) -> str:
    department = appointment.user.department
    return department.code if department else ""
