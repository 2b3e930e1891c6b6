"""单位档案: the search page and one unit's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.analyse.deeds.keep_demonstration import EndDemonstration, KeepDemonstration
from wushang.analyse.models import Demonstration
from wushang.integrate.past import past as unit_past
from wushang.people.deed import Deed
from wushang.people.page import allowed
from wushang.people.scope import Scope
from wushang.pool.known import known_of
from wushang.terms.level import Level
from wushang.terms.problem import Refused
from wushang.web.dossier import (
    before_after,
    beside,
    demonstration,
    facts,
    finding,
    foretold,
    past,
    shown,
    spread,
    tables,
)
from wushang.web.dossier.known import Unit, unit_of
from wushang.web.dossier.two_spans import SPANS, Asked, two_spans, workshops

FILTERS = ("q", "town", "industry", "level")


@allowed("pool.see")
def enterprises(request: Any) -> HttpResponse:
    """Units by filters that stay in the address, 50 a page."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    known = known_of(request.GET, request.today)
    page = Paginator(finding.found(request.scope, asked, known), 50).get_page(request.GET.get("page"))
    return render(request, "web/enterprises.html", {
        "page": page, "table": finding.table(list(page.object_list), known.day or request.today, known), "asked": asked, "known": known,
        "asks": any(asked.values()) or known.asked, "not_known": _("在办预警不能按某日所知，显示的是现在的。"),
        "towns": finding.towns(request.scope), "industries": finding.industries(request.scope),
        "levels": [(level.value, level.zh) for level in Level],
        "contacts_url": reverse("pool:contacts") if request.scope.may("pool.contacts") else None,
        "risk_url": reverse("judge:risk") if request.scope.may("judge.see_risk") else None,
    })  # fmt: skip


def _may_split(scope: Scope, unit: Any) -> bool:
    """Whether the person decides of this very unit, and it is one that stands."""
    return unit.now.state == "active" and scope.covers("integrate.decide", unit.now.region, unit.now.industry, unit.now.enterprise_id)


@allowed("pool.see")
def enterprise(request: Any, pk: int) -> HttpResponse:
    """一企一档; a unit that was merged away leads to the one it lives on in."""
    known = known_of(request.GET, request.today)
    unit = unit_of(request.scope, pk, request.today, known)
    if unit is None:
        raise Http404
    if unit.now.merged_into_id:
        return redirect("enterprise", unit.now.merged_into_id)
    lanes = shown.lanes(unit)
    told, nothing = facts.facts(unit)
    return render(request, "web/dossier.html", {
        "unit": shown.head(unit), "facts": shown.facts(unit), "lanes": lanes, "tables": tables.tables(unit) + told, "nothing": nothing,
        "spread": spread.spread(unit, spread.asked_months(request.GET)), "beside": beside.panel(unit),
        "risk": foretold.panel(unit),
        "before_after_url": reverse("enterprise_before_after", args=[pk]) + (f"?{known.query}" if known.query else ""),
        "demonstration_url": reverse("enterprise_demonstration", args=[pk]) + (f"?{known.query}" if known.query else ""),
        "past": past.past(unit), "older": None, "sources": past.sources(unit), "list_url": reverse("enterprises"),
        "crumb": _("一企一档"), "export_url": None, "known": known,
        "not_known": _("联系人、预警和整改的办理情况、权限不能按某日所知：只列那天以前开始的，状态是现在的。"),
        "contacts_url": reverse("pool:unit_contacts", args=[pk]) if request.scope.may("pool.contacts") else None,
        "unit_past": unit_past(unit.seen, known),
        "split_url": reverse("integrate:split", args=[pk]) if _may_split(request.scope, unit) else None,
    })  # fmt: skip


def _standing(request: Any, pk: int) -> Unit:
    """The unit in the eyes of who asks, as known when the address says; 404 where it is not theirs or lives on in another."""
    unit = unit_of(request.scope, pk, request.today, known_of(request.GET, request.today))
    if unit is None or unit.now.merged_into_id:
        raise Http404
    return unit


@allowed("pool.see")
def accidents(request: Any, pk: int) -> HttpResponse:
    """The injuries that one row of 事故分布 counts."""
    unit = _standing(request, pk)
    found = spread.listed(unit, request.GET)
    if found is None:
        raise Http404
    return render(request, "web/dossier_accidents.html", {"unit": unit.seen, "known": unit.known, "found": found})


@allowed("pool.see")
def before_after_page(request: Any, pk: int) -> HttpResponse:
    """前后对比: the day, the months and the workshop stay in the address."""
    unit = _standing(request, pk)
    asked = Asked.of(request.GET, unit)
    found = two_spans(unit, asked)
    return render(request, "web/dossier_before_after.html", {
        "unit": unit.seen, "known": unit.known, "asked": asked, "spans": sorted(SPANS), "workshops": workshops(unit),
        "starts": before_after.starts(unit), "found": found, "shown": before_after.shown(unit, found) if found else None,
    })  # fmt: skip


@allowed("pool.see")
def demonstration_page(request: Any, pk: int) -> HttpResponse:
    """示范档案: the unit's projects with before and after; who may register them does so here."""
    unit = _standing(request, pk)
    may = unit.may("analyse.demonstrate") and not unit.known.asked
    form = demonstration.Record(request.POST or None) if may else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            return _registered(request, pk, KeepDemonstration(request.actor, request.now, pk, **form.cleaned_data))
    months = Asked.of(request.GET, unit).months
    return render(request, "web/dossier_demonstration.html", {
        "unit": unit.seen, "known": unit.known, "facts": shown.facts(unit), "months": months, "spans": sorted(SPANS),
        "rows": demonstration.records(unit, months), "form": form,
    })  # fmt: skip


@allowed("analyse.demonstrate")
@require_POST
def demonstration_end(request: Any, pk: int, record: int) -> HttpResponse:
    _standing(request, pk)
    made = get_object_or_404(Demonstration, pk=record, enterprise=pk)
    return _registered(request, pk, EndDemonstration(request.actor, request.now, made, request.POST.get("reason", "")))


def _registered(request: Any, pk: int, deed: Deed) -> HttpResponse:
    try:
        deed.do()
        messages.success(request, _("已记下。"))
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return redirect("enterprise_demonstration", pk)
