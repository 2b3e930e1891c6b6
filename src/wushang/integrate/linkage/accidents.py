"""生产安全事故 name no person: an accident tells of the injuries at the same unit, within a day, of the same kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q

from wushang.integrate.linkage.waiting import changed_days
from wushang.integrate.linkage.windows import around, within
from wushang.integrate.models import Link
from wushang.people.lease import renew
from wushang.pool.models import Accident, InjuryVersion
from wushang.terms import codes


def found(since: int) -> list[Link]:
    """Links for accidents that are new, or near injuries that are new; none that stands already."""
    links: list[Link] = []
    for accident in _asked(since):
        renew()
        near = [injury for injury in _near(accident) if same_kind(accident, injury)]
        links += _links(accident, near)
    return links


def _asked(since: int) -> Iterable[Accident]:
    """New accidents, and those within a day of injuries that are new."""
    wanted = Q(recorded__number__gt=since)
    if since:
        wanted |= within("occurred", around(changed_days(since), 1, 1))
    return Accident.objects.current().filter(wanted, enterprise__isnull=False).order_by("pk")


def _near(accident: Accident) -> Iterable[InjuryVersion]:
    """Injuries of the unit within 24 hours where the hours are known, else on the same or the next day."""
    unit = Q(employer=accident.enterprise_id) | Q(host=accident.enterprise_id)
    days = (accident.occurred - timedelta(1), accident.occurred + timedelta(1))
    rows = InjuryVersion.objects.current().filter(unit, occurred__range=days).exclude(status="withdrawn").order_by("injury_id")
    return [row for row in rows if within_a_day(accident, row)]


def within_a_day(accident: Accident, injury: InjuryVersion) -> bool:
    days = (injury.occurred - accident.occurred).days
    if accident.hour is None or injury.hour is None:
        return abs(days) <= 1
    return abs(days * 24 + injury.hour - accident.hour) <= 24


def same_kind(accident: Accident, injury: InjuryVersion) -> bool:
    """Equal, or what an old code has become; a kind that is not known contradicts nothing."""
    if not accident.kind or not injury.kind or accident.kind == injury.kind:
        return True
    becomes = {kind: {kind, *(one.code for one in codes.successors(kind))} for kind in (accident.kind, injury.kind)}
    return bool(becomes[accident.kind] & becomes[injury.kind])


def persons(accident: Accident) -> int:
    """How many were hurt, as the bureau counts them."""
    return sum(count or 0 for count in (accident.dead, accident.serious, accident.minor))


def _links(accident: Accident, near: list[InjuryVersion]) -> list[Link]:
    """As many injuries as persons were hurt: linked. More: a person says which."""
    known = set(Link.objects.filter(source=accident.source, sender=accident.sender, key=accident.key).values_list("injury_id", flat=True))
    state = Link.LINKED if len(near) <= max(1, persons(accident)) else Link.OPEN
    return [
        Link(
            what="accident", source=accident.source, sender=accident.sender, key=accident.key, injury_id=injury.injury_id,
            state=state, how="rule", probability=0.95 if state == Link.LINKED else 0.5,
            levels={"kind": int(bool(accident.kind and accident.kind == injury.kind)), "hours": int(injury.hour is not None and accident.hour is not None)},
        )
        for injury in near if injury.injury_id not in known
    ]  # fmt: skip
