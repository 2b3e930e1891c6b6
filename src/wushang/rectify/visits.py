"""今日走访: what a township officer has to go for today — letters to hand over, sites to see, contacts to check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wushang.people.models import User
from wushang.people.scope import Scope
from wushang.pool import contacts
from wushang.pool.models import Contact, EnterpriseVersion
from wushang.rectify.access import masked
from wushang.rectify.models import Referral, Visit
from wushang.rectify.models.asked import VISIT_KINDS
from wushang.terms.deadline import Length
from wushang.terms.deadline import due as ends_on
from wushang.warn import units
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


@dataclass(frozen=True)
class _Wanted:
    """A stop before its unit is looked up."""

    kind: str
    enterprise: int
    warning: Warning | None
    referral: Referral | None
    due: date | None


def stops(user: User, scope: Scope, today: date) -> list[Stop]:
    """The stops of one officer, most pressing first; a stop done today or handed back is gone. Units and contacts are
    looked up together: the queries do not grow with the stops."""
    known: dict[int, Contact | None] = {}
    found = {(w.kind, w.enterprise): w for w in _contacts(scope, known)}
    found |= {(w.kind, w.enterprise): w for w in _deliveries(scope)}
    found |= {(w.kind, w.enterprise): w for w in _referred(user)}
    handed_back = set(Referral.objects.filter(to=user.department, state="sent_back").values_list("kind", "enterprise"))
    gone = set(Visit.objects.filter(on=today, result="done").values_list("kind", "enterprise")) | handed_back
    left = _stops([wanted for key, wanted in found.items() if key not in gone], known)
    return sorted(left, key=lambda s: (s.due or date.max, s.unit.name))


def _deliveries(scope: Scope) -> Iterator[_Wanted]:
    """Issued letters that the unit has not acknowledged by telephone: to be handed over."""
    waiting = Warning.objects.filter(state="issued", enterprise__in=units.visible(scope, "rectify.visit"))
    for warning in waiting:
        yield _Wanted("delivery", warning.enterprise_id, warning, None, warning.due)


def _referred(user: User) -> Iterator[_Wanted]:
    """What was referred to the officer's own department."""
    if user.department_id is None:
        return
    for referral in Referral.objects.filter(to=user.department, state__in=("sent", "accepted")).select_related("warning"):
        kind = referral.kind if referral.kind in VISIT_KINDS else "other"
        yield _Wanted(kind, referral.enterprise_id, referral.warning, referral, referral.reply_by)


def _contacts(scope: Scope, known: dict[int, Contact | None]) -> Iterator[_Wanted]:
    """Units under an open warning whom nobody can call; `known` learns whom one can."""
    from wushang.warn.states import OPEN

    mine = list(Warning.objects.filter(state__in=OPEN, enterprise__in=units.visible(scope, "rectify.visit")))
    known |= _reachable(warning.enterprise_id for warning in mine)
    for warning in mine:
        if known[warning.enterprise_id] is None:
            due = ends_on(timezone.localdate(warning.opened), CHECK_CONTACT)
            yield _Wanted("contact", warning.enterprise_id, warning, None, due)


def _reachable(enterprises: Iterable[int]) -> dict[int, Contact | None]:
    """Whom to call at each unit, as tell.reachable says it of one; a unit merged away keeps its own contacts here."""
    ids = set(enterprises)
    merged = EnterpriseVersion.objects.current().filter(enterprise__in=ids, merged_into__isnull=False)
    away = set(merged.values_list("enterprise_id", flat=True))
    found: dict[int, Contact | None] = {}
    for some in filter(None, (ids - away, away)):
        held = contacts.of(some)
        found |= {enterprise: next(iter(contacts.usable(held[enterprise])), None) for enterprise in some}
    return found


def _stops(wanted: list[_Wanted], known: dict[int, Contact | None]) -> Iterator[Stop]:
    ids = {one.enterprise for one in wanted}
    reach = known | _reachable(ids - known.keys())
    now = {v.enterprise_id: v for v in EnterpriseVersion.objects.current().filter(enterprise__in=ids).order_by("pk")}
    for one in wanted:  # a warned or referred unit has a version
        who = reach[one.enterprise]
        said = (who.phone, masked(who)) if who else ("", "")
        yield Stop(one.kind, now[one.enterprise], one.warning, one.referral, one.due, *said)


def yesterday(user: User, today: date) -> dict[str, int]:
    """昨天: walked, handed over, nobody there."""
    rows = Visit.objects.filter(by=user, on=today - timedelta(days=1))
    return {
        "all": rows.count(),
        "delivered": rows.filter(kind="delivery", result="done").count(),
        "nobody": rows.filter(result="nobody").count(),
    }
