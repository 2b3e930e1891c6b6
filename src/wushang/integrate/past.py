"""沿革 of a unit: new names and codes, what was merged into it or parted from it, its branches, whom its workers work for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from wushang.integrate import identity
from wushang.integrate.models import Candidate
from wushang.integrate.pairs import PARTED
from wushang.pool.known import NOW, Known
from wushang.pool.models import EnterpriseVersion, InjuryVersion

SHOWN = 8  # names in one line


@dataclass(frozen=True)
class Past:
    """What happened to the unit, the newest first, and the units it is tied to: (label, names)."""

    events: list[tuple[datetime, str]] = field(default_factory=list)
    ties: list[tuple[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return len(self.events) > 1 or bool(self.ties)  # that it came to be known is no story


def past(version: EnterpriseVersion, known: Known = NOW) -> Past:
    """As known then or now."""
    unit = version.enterprise_id
    events = [*_renamed(unit, known), *_merged(unit, known), *_parted(unit, known)]
    return Past(sorted(events, reverse=True), [tie for tie in _ties(version, known) if tie[1]])


def _renamed(unit: int, known: Known) -> Iterator[tuple[datetime, str]]:
    before: identity.Period | None = None
    for now in identity.history(unit, known.number):
        if before is None:
            yield now.since, _("首次报送：%(name)s") % {"name": now.name}
        else:
            yield from ((now.since, said) for said in _changes(before, now))
        before = now


def _changes(before: identity.Period, now: identity.Period) -> Iterator[str]:
    if before.name != now.name:
        yield _("更名：%(old)s → %(new)s") % {"old": before.name, "new": now.name}
    if before.uscc != now.uscc:
        said = _("换码：%(old)s → %(new)s") if before.uscc and now.uscc else _("补登信用代码：%(new)s") if now.uscc else _("信用代码 %(old)s 不再是本单位的")
        yield said % {"old": before.uscc, "new": now.uscc}


def _merged(unit: int, known: Known) -> Iterator[tuple[datetime, str]]:
    rows = EnterpriseVersion.objects.filter(merged_into=unit, recorded__number__lte=known.number).select_related("recorded", "superseded")
    for row in rows:
        said = {"name": row.name, "code": f"（{row.uscc}）" if row.uscc else ""}
        yield row.recorded.published, _("归并：%(name)s%(code)s 并入本单位") % said
        if row.superseded and row.superseded.number and row.superseded.number <= known.number:
            yield row.superseded.published, _("撤销归并：%(name)s%(code)s") % said


def _parted(unit: int, known: Known) -> Iterator[tuple[datetime, str]]:
    pairs = Candidate.objects.filter(Q(left=unit) | Q(right=unit), reason=PARTED, commit__number__lte=known.number)
    for pair in pairs.select_related("commit"):
        undone = _("（已撤销）") if pair.state != "different" else ""
        yield pair.commit.published, pair.commit.title + undone


def _ties(version: EnterpriseVersion, known: Known) -> Iterator[tuple[str, str]]:
    company, unit = identity.parent(version), version.enterprise_id
    yield _("总公司"), company.name if company else ""
    yield _("分公司"), _listed([one.name for one in identity.branches(version)])
    injured = known.of(InjuryVersion)
    yield _("派往的用工单位（有工伤的）"), _listed(_named(injured.filter(employer=unit).exclude(host=unit), "host", known))
    yield _("派来职工的单位（有工伤的）"), _listed(_named(injured.filter(host=unit).exclude(employer=unit), "employer", known))


def _named(rows: Any, side: str, known: Known) -> list[str]:
    """The units on the other side with how many were hurt, the most first."""
    counts = dict(rows.exclude(**{side: None}).values_list(side).annotate(n=Count("pk")).order_by("-n", side))
    names = dict(known.of(EnterpriseVersion).filter(enterprise__in=list(counts)).values_list("enterprise", "name"))
    return [_("%(name)s（%(n)d 人次）") % {"name": names[unit], "n": n} for unit, n in counts.items() if unit in names]


def _listed(names: list[str]) -> str:
    more = _(" 等 %(n)d 家") % {"n": len(names)} if len(names) > SHOWN else ""
    return "、".join(names[:SHOWN]) + more
