"""Whose word each field of an injury has, and by which order of precedence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushang.integrate import telling
from wushang.integrate.injuries import first_day
from wushang.integrate.lineage.rows import SourceRow
from wushang.integrate.precedence import order_for, speaker
from wushang.pool.models import Report
from wushang.terms import codes

FIELDS: dict[str, Any] = {
    "occurred": _("发生日期"), "hour": _("几点"), "reported": _("申请日期"), "accepted": _("受理日期"), "decided": _("决定日期"),
    "conclusion": _("认定结论"), "situation": _("认定情形"), "kind": _("事故类别"), "severity": _("伤害程度"), "part": _("伤害部位"),
    "grade": _("伤残等级"), "workshop": _("车间"), "post": _("工种"), "employment": _("用工形式"), "hired": _("入职日期"),
}  # fmt: skip
CODED = {"kind": "accident_kind", "severity": "severity", "situation": "situation", "conclusion": "conclusion", "grade": "grade",
         "employment": "employment"}  # fmt: skip


@dataclass(frozen=True)
class Spoken:
    """A field, its value in words, the row that says it, and why that row goes first."""

    title: str
    value: str
    row: SourceRow
    because: str


def spoken(told: Iterable[SourceRow], hidden: frozenset[str] = frozenset()) -> list[Spoken]:
    """The fields that anybody says anything of; `hidden` ones are left out."""
    rows = {id(row.fact): row for row in told}
    facts = [row.fact for row in rows.values()]
    reports = [fact for fact in facts if isinstance(fact, Report)]
    if not any(report.values.get("occurred") for report in reports):
        return []
    voices, first = [telling.voice(fact) for fact in facts], first_day(reports)
    found = []
    for name, title in FIELDS.items():
        heard = None if name in hidden else speaker(name, voices, first)
        if heard:
            found.append(Spoken(str(title), _words(name, heard.values[name]), rows[id(heard.fact)], order_for(name, first).because))
    return found


def _words(name: str, value: Any) -> str:
    return codes.name(CODED[name], str(value)) or str(value) if name in CODED else str(value)
