"""Who is behind a signal: the units whose accidents fell into its very weeks, and where each stands by the rules in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import ibis

from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import Ask
from wushang.analyse.placed import placed_rows
from wushang.judge.models import Finding, PolicyVersion
from wushang.judge.prose import title
from wushang.judge.signals.models import Signal
from wushang.people.models import Region
from wushang.people.scope import Scope
from wushang.pool import reading
from wushang.pool.models import EnterpriseVersion
from wushang.terms.period import Period

VERB = "pool.see"


@dataclass(frozen=True)
class Stands:
    """By one rule: `level` '' for a list, the finding that says why."""

    level: str
    title: str
    finding: int


@dataclass
class Behind:
    enterprise: int
    name: str
    town: str
    accidents: int
    stands: list[Stands] = field(default_factory=list)


def behind(signal: Signal, scope: Scope, today: date) -> list[Behind]:
    """The most accidents first; of units in the scope alone."""
    counts = _counts(signal, reading.open(scope, verb=VERB))
    seen = EnterpriseVersion.objects.current().filter(scope.q(VERB), enterprise__in=counts)
    towns = dict(Region.objects.values_list("code", "name"))
    found = {
        one.enterprise_id: Behind(one.enterprise_id, one.name, towns.get(one.region, ""), counts[one.enterprise_id])
        for one in seen
    }
    for version in PolicyVersion.objects.in_force_on(today).order_by("policy"):
        _stand(version, found, today)
    return sorted(found.values(), key=lambda one: (-one.accidents, one.name))


def _counts(signal: Signal, pool: reading.Pool) -> dict[int, int]:
    """Unit → accidents (起) with an accepted injury in the signal's weeks, place, trade and cause."""
    span = Period(signal.first, signal.last)
    rows = placed_rows(pool, "injuries", Ask(signal.last, basis="occurred", scope="all", status="accepted", span=span))
    of, places = dimensions(), signal.towns or [signal.region]
    rows = rows.filter(ibis.or_(*(rows.region.startswith(place) for place in places)))
    rows = rows.filter(of["division"].of(rows) == signal.industry) if signal.industry else rows
    rows = rows.filter(of["kind"].of(rows) == signal.kind) if signal.kind else rows
    once = rows.select("enterprise", event=ibis.coalesce(rows.event, rows.injury.cast("string"))).distinct()
    found = pool.fetch(once.group_by("enterprise").agg(n=once.count())).to_pylist()
    return {row["enterprise"]: row["n"] for row in found if row["enterprise"] is not None}


def _stand(version: PolicyVersion, found: dict[int, Behind], today: date) -> None:
    if not found or not version.pack.of_units:
        return
    for unit, finding in Finding.objects.filter(enterprise__in=found).standing(version.policy, version.region, today).items():
        if unit in found and finding.outcome:
            level = finding.outcome if finding.kind == "level" else ""
            found[unit].stands.append(Stands(level, title(version.pack, finding.outcome), finding.pk))
