"""今日走访: what a township officer has to go for today — letters to hand over, sites to see, contacts to check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wushang.people.models import User
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.rectify.access import masked
from wushang.rectify.models import Referral, Visit
from wushang.rectify.models.asked import VISIT_KINDS
from wushang.terms.deadline import Length
from wushang.terms.deadline import due as ends_on
from wushang.warn import tell, units
from wushang.warn.models import Warning

CHECK_CONTACT = Length.parse("5 working_days")  # our default: a warned unit can be called within a week


@dataclass(frozen=True)
class Stop:
    """One place to go to."""

    kind: str  # delivery | site | contact | other
    unit: EnterpriseVersion
    warning: Warning | None
    referral: Referral | None
    due: date | None
    phone: str = ""  # the whole number: the officer has to call (pool.contacts)
    who: str = ""

    @property
    def title(self) -> Any:
        return self.referral.kind_title if self.referral else VISIT_KINDS[self.kind]

    @property
    def enterprise(self) -> int:
        return self.unit.enterprise_id


def stops(user: User, scope: Scope, today: date) -> list[Stop]:
    """The stops of one officer, most pressing first; a stop done today or handed back is gone."""
    found = {(s.kind, s.enterprise): s for s in _contacts(scope)}
    found |= {(s.kind, s.enterprise): s for s in _deliveries(scope)}
    found |= {(s.kind, s.enterprise): s for s in _referred(user)}
    handed_back = set(Referral.objects.filter(to=user.department, state="sent_back").values_list("kind", "enterprise"))
    gone = set(Visit.objects.filter(on=today, result="done").values_list("kind", "enterprise")) | handed_back
    left = [stop for key, stop in found.items() if key not in gone]
    return sorted(left, key=lambda s: (s.due or date.max, s.unit.name))


def _deliveries(scope: Scope) -> Iterator[Stop]:
    """Issued letters that the unit has not acknowledged by telephone: to be handed over."""
    waiting = Warning.objects.filter(state="issued", enterprise__in=units.visible(scope, "rectify.visit"))
    for warning in waiting.select_related("enterprise"):
        yield _stop("delivery", warning, None, warning.due)


def _referred(user: User) -> Iterator[Stop]:
    """What was referred to the officer's own department."""
    if user.department_id is None:
        return
    for referral in Referral.objects.filter(to=user.department, state__in=("sent", "accepted")).select_related("warning"):
        kind = referral.kind if referral.kind in VISIT_KINDS else "other"
        yield _stop(kind, referral.warning, referral, referral.reply_by, referral.enterprise_id)


def _contacts(scope: Scope) -> Iterator[Stop]:
    """Units under an open warning whom nobody can call."""
    from wushang.warn.states import OPEN

    mine = Warning.objects.filter(state__in=OPEN, enterprise__in=units.visible(scope, "rectify.visit"))
    for warning in mine.select_related("enterprise"):
        if tell.reachable(warning.enterprise) is None:
            yield _stop("contact", warning, None, ends_on(timezone.localdate(warning.opened), CHECK_CONTACT))


def _stop(kind: str, warning: Warning | None, referral: Referral | None, due: date | None, enterprise: int = 0) -> Stop:
    enterprise = enterprise or (warning.enterprise_id if warning else 0)
    unit = units.version_of(enterprise)
    assert unit is not None  # a warned or referred unit has a version
    contact = tell.reachable(unit.enterprise)
    return Stop(kind, unit, warning, referral, due, contact.phone if contact else "", masked(contact) if contact else "")


def yesterday(user: User, today: date) -> dict[str, int]:
    """昨天: walked, handed over, nobody there."""
    rows = Visit.objects.filter(by=user, on=today - timedelta(days=1))
    return {
        "all": rows.count(),
        "delivered": rows.filter(kind="delivery", result="done").count(),
        "nobody": rows.filter(result="nobody").count(),
    }
