"""Links as a page shows them: the report and the injury beside each other, no personal value opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.integrate.delivery import as_date
from wushang.integrate.linkage.injury import names_the_worker, near_in_time
from wushang.integrate.models import Link
from wushang.integrate.pairs import standing
from wushang.people.scope import Scope
from wushang.pool.models import Accident, Disease, EnterpriseVersion, InjuryVersion, Report, Visit
from wushang.terms import codes

KINDS = {"visit": gettext_lazy("医院首诊"), "disease": gettext_lazy("职业病报告"), "accident": gettext_lazy("生产安全事故"), "report": gettext_lazy("手工录入")}
HOW = {
    "exact": gettext_lazy("证件号码一致"), "model": gettext_lazy("多项相符"), "rule": gettext_lazy("同单位同时同类"), "person": gettext_lazy("人工核对"),
}  # fmt: skip


def seen(scope: Scope, verb: str = "integrate.see") -> QuerySet[Link]:
    """Links to injuries of units in the scope."""
    units = standing(scope, verb).values("enterprise_id")
    injuries = InjuryVersion.objects.current().filter(Q(employer__in=units) | Q(host__in=units))
    return Link.objects.filter(injury__in=injuries.values("injury_id"))


def waiting(scope: Scope, verb: str = "integrate.see") -> QuerySet[Link]:
    return seen(scope, verb).filter(state=Link.OPEN).order_by("-probability", "pk")


@dataclass
class Shown:
    """One link with both its sides."""

    link: Link
    told: Any
    injury: InjuryVersion | None
    reports: list[Report]
    unit: EnterpriseVersion | None

    @property
    def kind(self) -> str:
        return str(KINDS[self.link.what])

    @property
    def how(self) -> str:
        return str(HOW[self.link.how])

    @property
    def doubt(self) -> str:
        """Why the platform does not link by itself."""
        levels, days = self.link.levels, self._days()
        if self.link.what == "accident":
            return _("当天受伤的人比事故报告的多")
        if levels.get("id_number") == 0:
            return _("证件号码不同")
        if days is not None and not near_in_time(levels):
            return _("相差 %(n)d 天，可能是另一次受伤") % {"n": abs(days)}
        if not names_the_worker(levels):
            return _("说明是谁的只有一项")
        return _("另有一起也相近，或相符的还不够多")

    def _days(self) -> int | None:
        return (self.told_day - self.injury.occurred).days if self.told_day and self.injury else None

    @property
    def chance(self) -> float | None:
        """No page says 100 %: nothing is that sure. None where only keyed hashes were compared."""
        return None if self.link.how == "exact" and self.link.model_id is None else min(self.link.probability, 0.999)

    @property
    def told_day(self) -> date | None:
        if self.told is None:
            return None
        return as_date(self.told.values.get("occurred")) if self.link.what == "report" else getattr(self.told, "visited", None) or self.told.occurred

    @property
    def told_unit(self) -> str:
        """The unit in the report's own words."""
        if self.told is None:
            return ""
        return str(self.told.values.get("employer_name") or "") if self.link.what == "report" else self.told.employer_text

    @property
    def masked(self) -> str:
        return next((r.masked_name for r in self.reports if r.masked_name), "")

    def sides(self) -> list[tuple[str, Any, Any]]:
        """(what, as the report says, as the injury is known); both empty: left out."""
        injury, told = self.injury, self.told
        if injury is None or told is None:
            return []
        rows = [
            (_("姓名"), getattr(told, "masked_name", ""), self.masked),
            (_("单位"), self.told_unit, self.unit.name if self.unit else ""),
            (_("部位"), told.values.get("part") if self.link.what == "report" else codes_part(getattr(told, "part", "")), injury.part),
            (_("类别"), _kind(getattr(told, "kind", "")), _kind(injury.kind)),
            (_("性别、年龄"), _person(told), ""),
            (_("报送单位"), getattr(told, "facility", "") or getattr(told, "institution", ""), "、".join(r.key for r in self.reports)),
        ]  # fmt: skip
        return [row for row in rows if row[1] or row[2]]


def shown(links: Iterable[Link]) -> list[Shown]:
    """Many links with their sides, in few queries."""
    some = list(links)
    injuries = {v.injury_id: v for v in InjuryVersion.objects.current().filter(injury__in={one.injury_id for one in some})}
    reports: dict[int, list[Report]] = {}
    for report in Report.objects.current().filter(injury__in=list(injuries)).order_by("pk"):
        reports.setdefault(report.injury_id or 0, []).append(report)
    units = {v.host_id or v.employer_id for v in injuries.values()} - {None}
    versions = {v.enterprise_id: v for v in EnterpriseVersion.objects.current().filter(enterprise__in=units)}
    rows = _rows(some)
    return [
        Shown(
            one, rows.get((one.source, one.sender, one.key)), injuries.get(one.injury_id), reports.get(one.injury_id, []),
            versions.get(_unit(injuries.get(one.injury_id))),
        )
        for one in some
    ]  # fmt: skip


def _unit(injury: InjuryVersion | None) -> int:
    return (injury.host_id or injury.employer_id or 0) if injury else 0


def _rows(links: list[Link]) -> dict[tuple[str, str, str], Any]:
    found: dict[tuple[str, str, str], Any] = {}
    for what, model in (("visit", Visit), ("disease", Disease), ("accident", Accident), ("report", Report)):
        mine = [one for one in links if one.what == what]
        for row in model.objects.current().filter(source__in={m.source for m in mine}, key__in=[m.key for m in mine]):  # type: ignore[attr-defined]
            found[row.source, row.sender, row.key] = row
    return found


def codes_part(part: str) -> str:
    return next((code.extra.get("part_name", "") for code in codes.all("icd10_injury") if code.extra.get("part") == part), part) if part else ""


def _kind(kind: str) -> str:
    return codes.name("accident_kind", kind) or kind if kind else ""


def _person(told: Any) -> str:
    sex = {"M": _("男"), "F": _("女")}.get(getattr(told, "sex", ""), "")
    age = getattr(told, "age", None)
    return "，".join(part for part in (sex, _("%(n)d 岁") % {"n": age} if age is not None else "") if part)
