"""What is known of one unit now, read from the ledger: the rows that the dossier draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from wushang.people.models import Department, Region
from wushang.people.scope import Scope
from wushang.pool import contacts
from wushang.pool.models import (
    Contact,
    DiseaseHazard,
    EnterpriseVersion,
    Headcount,
    InjuryVersion,
    Report,
)
from wushang.rectify.models import Case, Referral, Visit
from wushang.warn.models import Warning
from wushang.warn.states import OPEN


@dataclass
class Unit:
    """One unit in the eyes of one scope."""

    now: EnterpriseVersion
    scope: Scope
    today: date

    @property
    def id(self) -> int:
        return self.now.enterprise_id

    def may(self, verb: str) -> bool:
        """Whether the right holds over this very unit: one over another place does not open it."""
        return self.scope.covers(verb, self.now.region, self.now.industry, self.id)

    @property
    def names_workers(self) -> bool:
        """Masked names and body parts of the injured only for case analysis (purpose limitation)."""
        return "case_analysis" in self.scope.purposes and self.may("pool.case_analysis")

    @cached_property
    def injuries(self) -> list[InjuryVersion]:
        """Where the injured worked or were employed, newest first."""
        rows = InjuryVersion.objects.current().filter(Q(host=self.id) | Q(host=None, employer=self.id) | Q(employer=self.id))
        return list(rows.order_by("-occurred", "-pk"))

    @cached_property
    def counted(self) -> list[InjuryVersion]:
        """Those that happened here and count."""
        return [
            row for row in self.injuries
            if row.status not in ("refused", "withdrawn") and (row.host_id or row.employer_id) == self.id
        ]  # fmt: skip

    def events(self, year: int, until: date | None = None) -> int:
        """Accidents (起) of a year by the day they happened."""
        return len({row.event for row in self.counted if row.occurred.year == year and (not until or row.occurred <= until)})

    @cached_property
    def headcounts(self) -> list[tuple[date, int]]:
        """Month, insured people (all modes together), oldest first."""
        found: dict[date, int] = {}
        for month, insured in Headcount.objects.current().filter(enterprise=self.id).values_list("month", "insured"):
            found[month] = found.get(month, 0) + insured
        return sorted(found.items())

    @cached_property
    def newest_payment(self) -> Headcount | None:
        return Headcount.objects.current().filter(enterprise=self.id, rate__isnull=False).order_by("-month").first()

    @cached_property
    def payments(self) -> QuerySet[Headcount]:
        return Headcount.objects.current().filter(enterprise=self.id)

    @cached_property
    def warnings(self) -> list[Warning]:
        if not self.may("warn.see"):
            return []
        return list(Warning.objects.filter(enterprise=self.id).prefetch_related("letters").order_by("-opened"))

    @cached_property
    def open_warning(self) -> Warning | None:
        """The gravest open one."""
        rows = [row for row in self.warnings if row.state in OPEN]
        return max(rows, key=lambda row: row.rank_level.rank, default=None)

    @cached_property
    def cases(self) -> list[Case]:
        if not self.may("rectify.see"):
            return []
        return list(Case.objects.filter(enterprise=self.id).order_by("-opened"))

    @cached_property
    def open_case(self) -> Case | None:
        return next((row for row in self.cases if row.is_open), None)

    @cached_property
    def referrals(self) -> list[Referral]:
        if not self.may("rectify.see"):
            return []
        return list(Referral.objects.filter(enterprise=self.id).select_related("to").order_by("-sent"))

    @cached_property
    def visits(self) -> list[Visit]:
        return list(Visit.objects.filter(enterprise=self.id)) if self.may("rectify.see") else []

    @cached_property
    def hazards(self) -> list[DiseaseHazard]:
        return list(DiseaseHazard.objects.current().filter(enterprise=self.id).order_by("-opened"))

    @cached_property
    def contacts(self) -> list[Contact]:
        """Those that can be reached, of the unit and of units merged into it; 主要负责人 first."""
        return contacts.usable(contacts.of([self.id])[self.id])

    @cached_property
    def region(self) -> Region | None:
        return Region.objects.filter(code=self.now.region).first()

    @cached_property
    def regulator(self) -> Department | None:
        return Department.objects.filter(code=self.now.regulator).first() if self.now.regulator else None

    @cached_property
    def masked_names(self) -> dict[int, str]:
        ids = [row.injury_id for row in self.injuries]
        rows = Report.objects.current().filter(injury__in=ids).exclude(masked_name="").order_by("pk")
        return dict(rows.values_list("injury_id", "masked_name"))


def unit_of(scope: Scope, pk: int, today: date) -> Unit | None:
    """The unit, or None where it does not exist or lies outside the scope: nobody learns which."""
    rows = EnterpriseVersion.objects.current().filter(scope.q("pool.see"), enterprise=pk)
    now = rows.order_by("-pk").first()
    return Unit(now, scope, today) if now else None
