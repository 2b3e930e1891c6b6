"""The figures and the list of accidents that a letter tells: from the ledger's rows as known at a commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from wushang.analyse.data_day import data_day_of
from wushang.analyse.injuries import REACHED
from wushang.pool.models import DiseaseHazard, EnterpriseVersion, Headcount, InjuryVersion
from wushang.terms import codes
from wushang.terms.period import Period

RECOGNISED = ("recognised", "deemed")
PENDING = ("reported", "accepted")
STATUS = {"reported": "正在办理", "accepted": "正在办理", "recognised": "已认定", "deemed": "已认定（视同）"}


@dataclass(frozen=True)
class Accidents:
    """Injuries of one enterprise in a period, at work, neither refused nor withdrawn; 起 are counted by event."""

    injuries: tuple[InjuryVersion, ...]

    @property
    def events(self) -> int:
        return len({i.event for i in self.injuries})

    @property
    def recognised(self) -> int:
        return len({i.event for i in self.injuries if i.status in RECOGNISED})

    @property
    def pending(self) -> int:
        """Events of which nothing is recognised yet: recognised and pending add up to all."""
        return self.events - self.recognised

    @property
    def people(self) -> int:
        return len(self.injuries)

    def rows(self, on: date) -> list[dict[str, Any]]:
        """For the letter: date, kind, post and status; no person, no diagnosis."""
        return [
            {
                "occurred": i.occurred.isoformat(),
                "kind": codes.name("accident_kind", i.kind, i.occurred),
                "workshop": i.workshop,
                "post": i.post,
                "part": i.part,
                "status": STATUS[i.status],
                "status_on": (i.recognised or i.accepted or i.reported or on).isoformat(),
            }
            for i in self.injuries
        ]


def accidents(
    enterprise: int,
    period: Period,
    commit: int,
    basis: str = "occurred",
    status: str = "reported",
    at_work: bool = True,
) -> Accidents:
    """The accidents of a period by one of the three dates (happened, reported, recognised), counted as judge counts
    them: at the unit where the work was done (用工单位), else at the employer."""
    rows = counted(commit, status, at_work).filter(unit=enterprise, **_inside(period, basis))
    return Accidents(tuple(rows.order_by("occurred", "pk")))


def counted(commit: int, status: str = "reported", at_work: bool = True) -> QuerySet:
    """The injuries that count, each with the `unit` it counts at."""
    rows = InjuryVersion.objects.as_of(commit).filter(status__in=REACHED[status])
    rows = rows.annotate(unit=Coalesce("host_id", "employer_id"))
    return rows.filter(at_work=True) if at_work else rows


def _inside(period: Period, basis: str) -> dict[str, date]:
    return {f"{basis}__gte": period.start, f"{basis}__lte": period.end}


def events_in(region: str, period: Period, commit: int, basis: str = "occurred") -> int:
    """起数 of a whole place (code prefix) in a period, counted as `accidents` counts them."""
    rows = counted(commit).filter(_placed(region, commit), **_inside(period, basis))
    return rows.values("event").distinct().count()


def known_to(region: str, commit: int) -> date | None:
    """数据截至 of a place (code prefix)."""
    return data_day_of(_placed(region, commit), commit)


def _placed(region: str, commit: int) -> Q:
    """Injuries of a place; where a row says none (a hand entry, a table without towns), the unit's own, as every page reads it."""
    units = EnterpriseVersion.objects.as_of(commit).filter(region__startswith=region).values("enterprise")
    unplaced = Q(region="") & (Q(host__in=units) | Q(host=None, employer__in=units))
    return Q(region__startswith=region) | unplaced


def open_hazards(enterprise: int, on: date, commit: int) -> list[str]:
    """Factors of the occupational-disease hazards (职业病危害) open on a day, each once."""
    rows = DiseaseHazard.objects.as_of(commit).filter(enterprise=enterprise, opened__lte=on)
    held = rows.filter(Q(closed=None) | Q(closed__gt=on)).order_by("opened", "pk")
    return list(dict.fromkeys(h.factor or codes.name("hazard_kind", h.kind, on) for h in held))


def insured(enterprise: int, on: date, commit: int) -> int | None:
    """参保人数 of the newest month known, all modes together; None when nothing is reported."""
    rows = Headcount.objects.as_of(commit).filter(enterprise=enterprise, month__lte=on)
    newest = rows.order_by("-month").values_list("month", flat=True).first()
    return sum(rows.filter(month=newest).values_list("insured", flat=True)) if newest else None


def first_known(enterprise: int, since: date, commit: int) -> bool:
    """Whether anything that counts against the enterprise is new: happened and was reported on or after `since`, and
    came in by a commit that was not an import of history. Without it, nothing is drafted."""
    injuries = list(
        counted(commit, at_work=False).filter(unit=enterprise, occurred__gte=since).values_list("injury", flat=True)
    )
    old = set(
        InjuryVersion.objects.filter(injury__in=injuries, recorded__historical=True).values_list("injury", flat=True)
    )
    if any(injury not in old for injury in injuries):
        return True
    hazards = DiseaseHazard.objects.as_of(commit).filter(enterprise=enterprise, opened__gte=since, closed=None)
    return hazards.filter(recorded__historical=False).exists()
