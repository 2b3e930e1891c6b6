"""风险排序: the units of one's scope in the order in which to look at them, and what the order rests on."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wushang.judge.risk import sheet, words
from wushang.judge.risk.models import Forecast, RiskVersion
from wushang.people import audit
from wushang.people.models import Region
from wushang.people.page import allowed
from wushang.pool.models import EnterpriseVersion
from wushang.pool.sheet import Heading

VERB = "judge.see_risk"
ORDERS = {"excess": "-excess", "year": "-year", "quarter": "-quarter"}
NAMED = 500  # units that a query may name
MOST = 5000  # units in a file: a list to go out with, not a second copy of the ledger
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allowed(VERB)
@require_safe
def risk(request: HttpRequest) -> HttpResponse:
    """The newest version; town and order stay in the address, 50 units a page."""
    version = RiskVersion.objects.first()
    return render(request, "judge/risk.html", _context(request, version) if version else {"version": None})


@allowed(VERB)
@require_safe
def risk_file(request: Any) -> HttpResponse:
    """What the page shows as xlsx: all pages of it, or the first so many units."""
    version = RiskVersion.objects.first()
    if version is None or not version.units:
        raise Http404
    all_of, title = asked(request, version), _("风险排序")
    rows, count = named(all_of[:MOST]), all_of.count()
    user, towns = request.user, towns_of(row.region for row in rows)
    heading = Heading(f"{title} {version.start:%Y-%m}", user.department.name if user.department else settings.WUSHANG_CITY, user.name, request.today, sheet.note(version, len(rows), count))
    audit.write(request.actor, request.now, VERB, f"risk:{version.pk}", {"list": title, "n": len(rows)})
    answer = HttpResponse(sheet.workbook(version, rows, towns, heading), content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}%20{version.start:%Y-%m}.xlsx"
    return answer


def asked(request: Any, version: RiskVersion) -> QuerySet[Forecast]:
    """The units of the scope, of the township and in the order that are asked for."""
    town, order = request.GET.get("town", ""), request.GET.get("order", "")
    rows = Forecast.objects.filter(version=version).visible(request.scope)
    return within(rows, town).order_by(ORDERS.get(order, ORDERS["excess"]), "pk")


def within(rows: QuerySet[Forecast], town: str) -> QuerySet[Forecast]:
    """Those that now lie in a township ('' all of them)."""
    if not town:
        return rows
    there = EnterpriseVersion.objects.current().filter(region__startswith=town, merged_into=None)
    return rows.filter(enterprise__in=there.values("enterprise"))


def _context(request: Any, version: RiskVersion) -> dict[str, Any]:
    mine = EnterpriseVersion.objects.current().filter(request.scope.q(VERB), merged_into=None)
    names = towns_of(mine.order_by().values_list("region", flat=True).distinct())
    page = Paginator(asked(request, version), 50).get_page(request.GET.get("page"))
    order = request.GET.get("order", "") if request.GET.get("order") in ORDERS else "excess"
    return {
        "version": version, "page": page, "lines": [_line(row, names, version) for row in named(page)], "town": request.GET.get("town", ""), "towns": names.items(),
        "order": order, "may_unit": request.scope.may("pool.see"), "short": "" if version.units else words.short(version), **_basis(version),
    }  # fmt: skip


def towns_of(regions: Any) -> dict[str, str]:
    """Code → name of the townships in which these regions lie."""
    towns = Region.objects.filter(code__in={region[:9] for region in regions}).order_by("code")
    return {town.code: town.name for town in towns}


def named(rows: Any) -> list[Any]:
    """Forecasts with the unit's name and region as they are now; of a page looked up for its rows only."""
    found, now = list(rows), EnterpriseVersion.objects.current()
    some = now.filter(enterprise__in=[row.enterprise_id for row in found]) if len(found) <= NAMED else now
    places = {unit: (name, region) for unit, name, region in some.values_list("enterprise", "name", "region")}
    for row in found:
        row.name, row.region = places.get(row.enterprise_id, ("", ""))
    return found


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
