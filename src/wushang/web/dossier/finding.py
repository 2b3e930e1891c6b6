"""Find units: by name, former name, 统一社会信用代码 or insurance number, township, trade, level of an open warning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.integrate.models import Alias
from wushang.people.models import Region
from wushang.people.scope import Scope
from wushang.pool.known import NOW, Known
from wushang.pool.models import EnterpriseVersion, Headcount, InjuryVersion
from wushang.terms import codes
from wushang.terms.level import Level
from wushang.warn.models import Warning
from wushang.warn.states import OPEN
from wushang.web import figures

VERB = "pool.see"


def units(scope: Scope, known: Known = NOW) -> QuerySet[EnterpriseVersion]:
    """The versions, as known now or then, of the units that lie in a scope now; merged ones live on in the unit they were
    merged into."""
    if not known.asked:
        return EnterpriseVersion.objects.current().filter(scope.q(VERB), merged_into=None)
    mine = EnterpriseVersion.objects.current().filter(scope.q(VERB)).values("enterprise")
    return known.of(EnterpriseVersion).filter(enterprise__in=mine, merged_into=None)


def found(scope: Scope, asked: Mapping[str, str], known: Known = NOW) -> QuerySet[EnterpriseVersion]:
    """The filters of an address: q, town, industry, level."""
    rows = units(scope, known)
    if text := asked.get("q", "").strip():
        former = Alias.objects.filter(value__icontains=text, commit__number__isnull=False).values("enterprise")
        rows = rows.filter(
            Q(name__icontains=text) | Q(uscc__iexact=text) | Q(insurance_number=text) | Q(enterprise__in=former)
        )
    if town := asked.get("town"):
        rows = rows.filter(region__startswith=town)
    if industry := asked.get("industry"):
        rows = rows.filter(industry__startswith=industry)
    if asked.get("level") in set(Level):
        rows = rows.filter(enterprise__in=Warning.objects.filter(state__in=OPEN, level=asked["level"]).values("enterprise"))
    return rows.order_by("plain_name", "enterprise_id")


def table(rows: list[EnterpriseVersion], today: date, known: Known = NOW) -> dict[str, Any]:
    """A page of units for _table.html."""
    ids = [row.enterprise_id for row in rows]
    towns = dict(Region.objects.values_list("code", "name"))
    staff, events, levels = _staff(ids, known), _events(ids, today, known), _levels(ids)
    more = f"?{known.query}" if known.query else ""
    head = [
        {"title": _("单位")}, {"title": _("统一社会信用代码")}, {"title": _("镇（街道、区）")}, {"title": _("行业")},
        {"title": _("参保"), "unit": _("人"), "num": True}, {"title": _("今年事故"), "unit": _("起"), "num": True},
        {"title": _("在办预警")},
    ]  # fmt: skip
    return {"head": head, "long": True, "rows": [
        [
            {"text": row.name, "url": reverse("enterprise", args=[row.enterprise_id]) + more}, row.uscc or "—",
            towns.get(row.region, "—"), codes.name("industry", row.industry) if row.industry else "—",
            figures.count(staff.get(row.enterprise_id)), figures.count(events.get(row.enterprise_id, 0)),
            {"level": levels[row.enterprise_id], "text": ""} if row.enterprise_id in levels else
            {"text": _("待确认单位")} if row.provisional else "—",
        ]
        for row in rows
    ]}  # fmt: skip


def _staff(ids: list[int], known: Known) -> dict[int, int]:
    """Insured people of the newest month."""
    newest = known.of(Headcount).filter(enterprise=OuterRef("enterprise")).order_by("-month").values("month")[:1]
    rows = known.of(Headcount).filter(enterprise__in=ids, month=Subquery(newest))
    found: dict[int, int] = {}
    for enterprise, insured in rows.values_list("enterprise", "insured"):
        found[enterprise] = found.get(enterprise, 0) + insured
    return found


def _events(ids: list[int], today: date, known: Known) -> dict[int, int]:
    """Accidents of this year by the day they happened, where the injured worked."""
    rows = counted(known).filter(occurred__year=today.year, occurred__lte=today)
    found: dict[int, int] = {}
    for path, rest in (("host", Q(host__in=ids)), ("employer", Q(host=None, employer__in=ids))):
        for enterprise, n in rows.filter(rest).values_list(path).annotate(n=Count("event", distinct=True)):
            found[enterprise] = found.get(enterprise, 0) + n
    return found


def counted(known: Known = NOW) -> QuerySet[InjuryVersion]:
    """Injuries that count: received, neither refused nor withdrawn."""
    return known.of(InjuryVersion).exclude(status__in=("refused", "withdrawn"))


def _levels(ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for enterprise, level in Warning.objects.filter(enterprise__in=ids, state__in=OPEN).values_list("enterprise", "level"):
        if enterprise not in found or Level(level).rank > Level(found[enterprise]).rank:
            found[enterprise] = level
    return found


def towns(scope: Scope) -> list[Region]:
    rows = Region.objects.filter(parent__code=settings.WUSHANG_REGION)
    return [town for town in rows if scope.covers(VERB, town.code)]


def industries(scope: Scope) -> list[tuple[str, str]]:
    """The divisions (大类) that occur in the scope."""
    there = {code[:3] for code in units(scope).order_by().values_list("industry", flat=True).distinct() if code}
    return [(code, codes.name("industry", code)) for code in sorted(there)]
