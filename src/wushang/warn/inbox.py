"""收件箱 of a department: who of it may read what."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from wushang.people.actor import Actor
from wushang.warn import units
from wushang.warn.actions import county_circular
from wushang.warn.models import Delivery, InboxItem, Letter

READERS = ("warn.see", "collect.own")  # who works with warnings, or hands in the department's data; not who only administers
CIRCULAR = county_circular.letter


def mine(actor: Actor) -> QuerySet[InboxItem]:
    """What came to the actor's department, newest first: of the units that a reader's right of the actor covers, and circulars of
    whatever unit, for they are written to be read by everybody they are addressed to."""
    if actor.user is None or actor.user.department_id is None or not any(actor.scope.may(verb) for verb in READERS):
        return InboxItem.objects.none()
    seen = Q(delivery__warning=None, delivery__push=None)  # about no unit
    for verb in READERS:
        covered = units.visible(actor.scope, verb)
        seen |= Q(delivery__warning__enterprise__in=covered) | Q(delivery__push__enterprise__in=covered)
    seen |= Q(delivery__in=_of_circulars())
    return InboxItem.objects.filter(seen, department=actor.user.department_id)


def _of_circulars() -> QuerySet:
    """Messages that bring a circular, or say that one is withdrawn or revoked."""
    of_it = Q(letter__kind=CIRCULAR) | Q(letter__purpose="revocation", letter__warning__in=_circulars().values("warning"))
    return Delivery.objects.filter(of_it).values("pk")


def _circulars() -> QuerySet[Letter]:
    return Letter.objects.filter(kind=CIRCULAR, dropped=False)


def letter_of(item: InboxItem) -> Letter | None:
    """The circular, or its 撤销通知, that a message brings."""
    letter = item.delivery.letter
    if letter is None or letter.kind == CIRCULAR:
        return letter
    return letter if letter.purpose == "revocation" and _circulars().filter(warning=letter.warning_id).exists() else None


def addressed(actor: Actor, letter: int) -> bool:
    """Whether an issued circular, or its 撤销通知, came to the actor's department."""
    return mine(actor).filter(delivery__letter=letter, delivery__in=_of_circulars()).exists()
