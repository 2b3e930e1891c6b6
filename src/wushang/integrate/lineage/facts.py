"""The facts that add up to a figure of one unit: injuries, or another kind of fact, of some days, as known then or now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wushang.integrate.lineage.kinds import KINDS, VERB, Kind
from wushang.integrate.then import then
from wushang.people.page import day_of
from wushang.people.scope import Scope
from wushang.pool.known import NOW, Known
from wushang.pool.models import EnterpriseVersion, InjuryVersion

INJURIES = "injuries"
COUNTS = ("reported", "accepted", "recognised", "deemed")
SEVERITIES: dict[str, Any] = {"serious": _("重伤"), "fatal": _("死亡")}
BASES: dict[str, Any] = {"occurred": _("发生日期"), "reported": _("申报日期"), "recognised": _("认定日期")}
TITLES: dict[str, Any] = {INJURIES: _("工伤事故"), **{code: kind.title for code, kind in KINDS.items()}}


@dataclass(frozen=True)
class Figure:
    """What is asked: a kind of fact of one unit, between two days by one of the dates."""

    enterprise: int
    kind: str = INJURIES
    start: date | None = None
    end: date | None = None
    basis: str = "occurred"
    at_work: bool = False
    known: Known = NOW
    still_open: bool = False  # of hazards: those not closed by the last day
    severity: str = ""  # of injuries: those of this severity alone

    @classmethod
    def of(cls, enterprise: int, said: Mapping[str, str], known: Known) -> Figure:
        """From an address; what it does not say, or says wrongly, is the widest."""
        kind = said.get("what", "") if said.get("what") in TITLES else INJURIES
        basis = said.get("basis", "") if said.get("basis") in BASES else "occurred"
        at_work, still_open = said.get("scope") == "at_work", kind == "hazards" and said.get("state") == "open"
        severity = said.get("severity", "") if kind == INJURIES and said.get("severity") in SEVERITIES else ""
        return cls(enterprise, kind, day_of(said, "from"), day_of(said, "to"), basis, at_work, known, still_open, severity)

    @property
    def severity_title(self) -> Any:
        return SEVERITIES.get(self.severity, "")

    @property
    def verb(self) -> str:
        """What a person must be allowed to see them."""
        return VERB if self.kind == INJURIES else KINDS[self.kind].verb

    def rows(self) -> QuerySet[Any]:
        """The facts, newest first."""
        return self._injuries() if self.kind == INJURIES else self._told(KINDS[self.kind])

    def _injuries(self) -> QuerySet[Any]:
        here = Q(host=self.enterprise) | Q(host=None, employer=self.enterprise)
        rows = self.known.of(InjuryVersion).filter(here, status__in=COUNTS)
        rows = rows.filter(at_work=True) if self.at_work else rows
        rows = rows.filter(severity=self.severity) if self.severity else rows
        return self._between(rows, self.basis).order_by(f"-{self.basis}", "-injury")

    def _told(self, kind: Kind) -> QuerySet[Any]:
        rows = kind.rows(self.known.of(kind.model).filter(enterprise=self.enterprise), then(self.known, date.max).linked())
        if self.kind == "hazards":  # open since then: 从 says nothing of it
            return self._hazards(rows).order_by("-opened", "pk")
        return self._between(rows, kind.day, kind.month).order_by(*([f"-{kind.day}"] if kind.day else []), "pk")

    def _hazards(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = rows.filter(opened__lte=self.end) if self.end else rows
        later = Q(closed__gt=self.end) if self.end else Q(pk__in=[])
        return rows.filter(Q(closed=None) | later) if self.still_open else rows

    def _between(self, rows: QuerySet[Any], path: str, month: bool = False) -> QuerySet[Any]:
        if not path:
            return rows
        start = self.start.replace(day=1) if self.start and month else self.start
        rows = rows.filter(**{f"{path}__gte": start}) if start else rows
        return rows.filter(**{f"{path}__lte": self.end}) if self.end else rows


def unit_of(scope: Scope, enterprise: int) -> EnterpriseVersion | None:
    """The unit as it is now where it lies in the scope; None else. Access goes by the present place."""
    return EnterpriseVersion.objects.current().filter(scope.q(VERB), enterprise=enterprise).order_by("-pk").first()


def may_see_injury(scope: Scope, injury: int) -> bool:
    """Whether a unit that had, or has, a part in it lies in the scope."""
    rows = InjuryVersion.objects.filter(injury=injury, recorded__number__isnull=False).values_list("employer", "host")
    units = {unit for pair in rows for unit in pair if unit}
    return EnterpriseVersion.objects.current().filter(scope.q(VERB), enterprise__in=units).exists()
