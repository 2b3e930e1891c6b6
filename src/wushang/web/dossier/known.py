"""What is known of one unit now, read from the ledger: the rows that the dossier draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wushang.people.models import Department, Region
from wushang.people.scope import Scope
from wushang.pool import contacts
from wushang.pool.known import NOW, Known
from wushang.pool.models import (
    Commit,
    Contact,
    DiseaseHazard,
    EnterpriseVersion,
    Headcount,
    InjuryVersion,
    Report,
)
from wushang.rectify.models import Case, Referral, Visit
from wushang.terms.period import Period
from wushang.warn.models import Warning
from wushang.warn.states import OPEN


@dataclass
class Unit:
    """One unit in the eyes of one scope."""

    now: EnterpriseVersion
    scope: Scope
    today: date
    known: Known = NOW

    @property
    def id(self) -> int:
        return self.now.enterprise_id

    @cached_property
    def seen(self) -> EnterpriseVersion:
        """The unit as known then: name, trade, place; access goes by what it is now."""
        if not self.known.asked:
            return self.now
        return self.known.of(EnterpriseVersion).filter(enterprise=self.id).order_by("-pk").first() or self.now

    @cached_property
    def until(self) -> datetime | None:
        """What was begun later is not shown; None: now."""
        if not self.known.asked:
            return None
        if self.known.day:
            return timezone.make_aware(datetime.combine(self.known.day + timedelta(days=1), time()))
        held = Commit.objects.filter(number=self.known.commit).first()
        return held.published if held else None

    @property
    def day(self) -> date:
        """The day on which the page stands: today, or the day asked for."""
        return self.known.day or (timezone.localdate(self.until) if self.until else self.today)

    def begun(self, rows: QuerySet[Any], moment: str) -> QuerySet[Any]:
        return rows.filter(**{f"{moment}__lt": self.until}) if self.until else rows

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
        rows = self.known.of(InjuryVersion).filter(Q(host=self.id) | Q(host=None, employer=self.id) | Q(employer=self.id))
        return list(rows.order_by("-occurred", "-pk"))

    @cached_property
    def counted(self) -> list[InjuryVersion]:
        """Those that happened here and count."""
        return [
            row for row in self.injuries
            if row.status not in ("refused", "withdrawn") and (row.host_id or row.employer_id) == self.id
        ]  # fmt: skip

    def events(self, days: Period) -> int:
        """Accidents (起) by the day they happened."""
        return len({row.event for row in self.counted if row.occurred in days})

    @cached_property
    def headcounts(self) -> list[tuple[date, int]]:
        """Month, insured people (all modes together), oldest first."""
        found: dict[date, int] = {}
        for month, insured in self.known.of(Headcount).filter(enterprise=self.id).values_list("month", "insured"):
            found[month] = found.get(month, 0) + insured
        return sorted(found.items())

    @cached_property
    def newest_payment(self) -> Headcount | None:
        return self.known.of(Headcount).filter(enterprise=self.id, rate__isnull=False).order_by("-month").first()

    @cached_property
    def payments(self) -> QuerySet[Headcount]:
        return self.known.of(Headcount).filter(enterprise=self.id)

    @cached_property
    def warnings(self) -> list[Warning]:
        if not self.may("warn.see"):
            return []
        rows = self.begun(Warning.objects.filter(enterprise=self.id), "opened")
        return list(rows.select_related("finding__version").prefetch_related("letters").order_by("-opened"))

    @cached_property
    def open_warning(self) -> Warning | None:
        """The gravest open one."""
        rows = [row for row in self.warnings if row.state in OPEN]
        return max(rows, key=lambda row: row.rank_level.rank, default=None)

    @cached_property
    def cases(self) -> list[Case]:
        if not self.may("rectify.see"):
            return []
        return list(self.begun(Case.objects.filter(enterprise=self.id), "opened").order_by("-opened"))

    @cached_property
    def open_case(self) -> Case | None:
        return next((row for row in self.cases if row.is_open), None)

    @cached_property
    def referrals(self) -> list[Referral]:
        if not self.may("rectify.see"):
            return []
        return list(self.begun(Referral.objects.filter(enterprise=self.id), "sent").select_related("to").order_by("-sent"))

    @cached_property
    def visits(self) -> list[Visit]:
        return list(self.begun(Visit.objects.filter(enterprise=self.id), "at")) if self.may("rectify.see") else []

    @cached_property
    def hazards(self) -> list[DiseaseHazard]:
        return list(self.known.of(DiseaseHazard).filter(enterprise=self.id).order_by("-opened"))

    @cached_property
    def contacts(self) -> list[Contact]:
        """Those that can be reached, of the unit and of units merged into it; 主要负责人 first."""
        return contacts.usable(contacts.of([self.id])[self.id])

    @cached_property
    def region(self) -> Region | None:
        return Region.objects.filter(code=self.seen.region).first()

    @cached_property
    def regulator(self) -> Department | None:
        return Department.objects.filter(code=self.seen.regulator).first() if self.seen.regulator else None

    @cached_property
    def masked_names(self) -> dict[int, str]:
        ids = [row.injury_id for row in self.injuries]
        rows = self.known.of(Report).filter(injury__in=ids).exclude(masked_name="").order_by("pk")
        return dict(rows.values_list("injury_id", "masked_name"))


def unit_of(scope: Scope, pk: int, today: date, known: Known = NOW) -> Unit | None:
    """The unit, or None where it does not exist or lies outside the scope: nobody learns which."""
    rows = EnterpriseVersion.objects.current().filter(scope.q("pool.see"), enterprise=pk)
    now = rows.order_by("-pk").first()
    return Unit(now, scope, today, known) if now else None
