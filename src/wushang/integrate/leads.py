"""疑似未申报: reports of injuries at work without a linked claim, after the days the law gives the unit (工伤保险条例第十七条).

Seen with its own verb, never by the unit, and part of nothing that is pushed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wushang.integrate.models import LeadCheck, Link
from wushang.integrate.then import Then
from wushang.people.scope import Scope
from wushang.pool.known import NOW, Known
from wushang.pool.models import Accident, Disease, EnterpriseVersion, Visit
from wushang.pool.models.told import Told
from wushang.terms import codes

VERB = "integrate.see_leads"
KINDS: dict[str, tuple[type[Told], str, Any]] = {
    "visit": (Visit, "visited", _("医院首诊")), "disease": (Disease, "occurred", _("职业病报告")), "accident": (Accident, "occurred", _("生产安全事故")),
}  # fmt: skip
STATED = Q(at_work=True) | Q(category="injury")  # 自述工作中受伤, or paid as an injury at work
AT_WORK = {
    "visit": STATED | Q(at_work=None) & ~Q(presumed=""),  # 按主诉推定: shown as such, a part of no figure
    "disease": ~Q(status="suspected"),
    "accident": Q(dead__gt=0) | Q(serious__gt=0) | Q(minor__gt=0),
}
NO_UNIT = 0


def told(what: str, scope: Scope, known: Known = NOW) -> QuerySet:
    """Reports at work of one kind that the scope may see as leads; a report without a place lies in ours."""
    model, day, _title = KINDS[what]
    rows = known.of(model).filter(AT_WORK[what])
    here = Case(When(region="", then=Value(settings.WUSHANG_REGION)), default=F("region"), output_field=CharField())
    return rows.annotate(here=here, day=F(day)).filter(scope.q(VERB, region="here"))


def presumed(row: Told) -> str:
    """The phrase by which alone a lead is one; '' where somebody stated it."""
    alone = isinstance(row, Visit) and row.at_work is None and row.category != "injury"
    return codes.name("at_work_phrase", row.presumed) if alone and row.presumed else ""


def open_leads(what: str, scope: Scope, at: Then) -> QuerySet:
    """Those whose time is over, without a claim and not yet looked into; with the chance that a claim is there all the same."""
    same_row = {"source": OuterRef("source"), "sender": OuterRef("sender"), "key": OuterRef("key")}
    linked = Link.objects.filter(at.linked(), **same_row)
    checked = LeadCheck.objects.filter(at.checked(), **same_row)
    over = at.day - timedelta(days=settings.WUSHANG_LEAD_DAYS)
    maybe = Link.objects.filter(at.proposed(), **same_row)
    likeliest = maybe.filter(model__isnull=False).order_by("-probability").values("probability")[:1]
    rows = told(what, scope, at.known).filter(~Exists(checked), day__lt=over).order_by("-day", "pk")
    rows = rows.annotate(maybe=Exists(maybe), chance=Coalesce(Subquery(likeliest), 0.0))
    return _fewer_claims(rows, linked) if what == "accident" else rows.filter(~Exists(linked))


def _fewer_claims(rows: QuerySet, linked: QuerySet) -> QuerySet:
    """Accidents after which fewer people claimed than were hurt."""
    counted = linked.order_by().values("key").annotate(n=Count("pk")).values("n")
    hurt = sum((Coalesce(name, 0) for name in ("dead", "serious", "minor")), start=Value(0))
    return rows.annotate(claims=Coalesce(Subquery(counted), 0), hurt=hurt).filter(claims__lt=F("hurt"))


@dataclass
class Unit:
    """The leads of one enterprise; number 0 holds the reports whose unit is not known."""

    enterprise: int
    version: EnterpriseVersion | None = None
    counts: Counter[str] = field(default_factory=Counter)
    maybe: int = 0  # reports for which a person has not yet decided whether they tell of a claim
    expected: float = 0  # how many of these do, by the model
    latest: date | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def add(self, what: str, day: date, maybe: bool, chance: float) -> None:
        self.counts[what] += 1
        self.maybe += maybe
        self.expected += chance
        self.latest = max(self.latest or day, day)


def by_unit(scope: Scope, at: Then) -> list[Unit]:
    """Enterprises with leads, the most first; those whose unit is unknown at the end."""
    units: dict[int, Unit] = {}
    for what in KINDS:
        for enterprise, *lead in open_leads(what, scope, at).values_list("enterprise_id", "day", "maybe", "chance"):
            units.setdefault(enterprise or NO_UNIT, Unit(enterprise or NO_UNIT)).add(what, *lead)
    named = {v.enterprise_id: v for v in versions(list(units), at.known)}
    for number, unit in units.items():
        unit.version = named.get(number)
    return sorted(units.values(), key=lambda unit: (unit.version is None, -unit.total, unit.enterprise))


def versions(ids: list[int], known: Known = NOW) -> Iterator[EnterpriseVersion]:
    """The units of these numbers as known."""
    for start in range(0, len(ids), 500):
        yield from known.of(EnterpriseVersion).filter(enterprise__in=ids[start : start + 500])


def of_unit(scope: Scope, at: Then, enterprise: int) -> list[tuple[str, Told]]:
    """One unit's leads of all kinds, the newest first."""
    wanted = Q(enterprise=enterprise) if enterprise else Q(enterprise=None)
    found = [(what, row) for what in KINDS for row in open_leads(what, scope, at).filter(wanted)[:500]]
    return sorted(found, key=lambda one: (one[1].day, one[1].pk), reverse=True)  # type: ignore[attr-defined]
