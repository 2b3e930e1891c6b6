"""How many injuries at work there were in all: claims against first visits, by two lists that do not know of each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from wushang.integrate.leads import STATED, VERB, told
from wushang.integrate.models import Link
from wushang.integrate.then import Then
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion, InjuryVersion
from wushang.statistics.capture_recapture import Total, chapman, with_linkage_errors


@dataclass(frozen=True)
class Estimate:
    """Sizes of the two lists over a year, and how many there were in all; corrected for the linkage's own errors."""

    first: date
    last: date
    claims: int
    hospital: int
    both: int
    total: Total
    corrected: Total | None


def estimate(scope: Scope, at: Then, precision: float | None, recall: float | None) -> Estimate | None:
    """Over the twelve months whose time is over; None where a list is empty."""
    last = at.day - timedelta(days=settings.WUSHANG_LEAD_DAYS)
    first = last - timedelta(days=365)
    claims = claimed(scope, at, first, last)
    linked, alone = seen_in_hospital(scope, at, first, last)
    both = len(linked & claims)  # a visit linked to an injury on the way to work, or outside the months, is in neither list
    hospital = both + alone
    if not claims or not hospital:
        return None
    corrected = with_linkage_errors(len(claims), hospital, both, precision, recall) if precision and recall else None
    return Estimate(first, last, len(claims), hospital, both, chapman(len(claims), hospital, both), corrected)


def claimed(scope: Scope, at: Then, first: date, last: date) -> set[int]:
    """Injuries at work with a claim."""
    seen = EnterpriseVersion.objects.current().filter(scope.q(VERB)).values("enterprise_id")  # who may look goes by today
    rows = at.known.of(InjuryVersion).filter(Q(employer__in=seen) | Q(host__in=seen), at_work=True, occurred__range=(first, last))
    return set(rows.exclude(status="withdrawn").values_list("injury_id", flat=True))


def seen_in_hospital(scope: Scope, at: Then, first: date, last: date) -> tuple[set[int], int]:
    """Injuries with a first visit, and persons with a visit that no claim is known of (one a fortnight)."""
    rows = told("visit", scope, at.known).filter(STATED, day__range=(first, last)).values_list("source", "sender", "key", "worker_key", "day")
    links = Link.objects.filter(at.linked(), what="visit").values_list("source", "sender", "key", "injury_id")
    injury = {one[:3]: one[3] for one in links}
    linked, alone = set(), set()
    for source, sender, key, worker, day in rows:
        if (source, sender, key) in injury:
            linked.add(injury[source, sender, key])
        else:
            alone.add((worker or f"{source}|{sender}|{key}", day.toordinal() // 14 if worker else 0))
    return linked, len(alone)
