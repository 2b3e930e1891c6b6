"""风险排序: the units of one's scope in the order in which to look at them, and what the order rests on."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wushang.judge.risk import words
from wushang.judge.risk.models import Forecast, RiskVersion
from wushang.people.models import Region
from wushang.people.page import allowed
from wushang.pool.models import EnterpriseVersion

VERB = "judge.see_risk"
ORDERS = {"excess": "-excess", "year": "-year", "quarter": "-quarter"}


@allowed(VERB)
@require_safe
def risk(request: HttpRequest) -> HttpResponse:
    """The newest version; town and order stay in the address, 50 units a page."""
    version = RiskVersion.objects.first()
    return render(request, "judge/risk.html", _context(request, version) if version else {"version": None})


def _context(request: Any, version: RiskVersion) -> dict[str, Any]:
    rows = placed(Forecast.objects.filter(version=version).visible(request.scope))
    towns = Region.objects.filter(code__in={region[:9] for region in rows.values_list("region", flat=True).distinct()}).order_by("code")
    names = {town.code: town.name for town in towns}
    town = request.GET.get("town", "")
    order = request.GET.get("order", "") if request.GET.get("order") in ORDERS else "excess"
    page = Paginator(rows.filter(region__startswith=town).order_by(ORDERS[order], "pk"), 50).get_page(request.GET.get("page"))
    return {
        "version": version, "page": page, "lines": [_line(row, names, version) for row in page], "town": town, "towns": names.items(),
        "order": order, "may_unit": request.scope.may("pool.see"), "short": "" if version.units else words.short(version), **_basis(version),
    }  # fmt: skip


def placed(rows: QuerySet[Forecast]) -> QuerySet[Forecast]:
    """With the unit's name and region as they are now."""
    now = EnterpriseVersion.objects.current().filter(enterprise=OuterRef("enterprise"))
    return rows.annotate(name=Subquery(now.values("name")[:1]), region=Subquery(now.values("region")[:1]))


def _line(row: Any, towns: dict[str, str], version: RiskVersion) -> dict[str, Any]:
    return {
        "row": row, "town": towns.get(row.region[:9], "—"), "year": words.number(row.year), "span": words.between(row.low, row.high),
        "usual": words.number(row.usual), "quarter": words.number(row.quarter), "reasons": words.reasons(row), "sure": words.sure(row, version.top),
    }  # fmt: skip


def _basis(version: RiskVersion) -> dict[str, Any]:
    if not version.units:
        return {}
    return {
        "grounds": words.grounds(version), "watch": words.watch(version),
        "lines_year": words.line_table(version.learnt["12"]), "lines_quarter": words.line_table(version.learnt["3"]),
        "classes": words.class_table(version.learnt["12"]),
    }  # fmt: skip
