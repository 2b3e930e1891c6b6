"""单位档案: the search page and one unit's page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.people.page import allowed
from wushang.terms.level import Level
from wushang.web.dossier import finding, past, shown, tables
from wushang.web.dossier.known import unit_of

FILTERS = ("q", "town", "industry", "level")


@allowed("pool.see")
def enterprises(request: Any) -> HttpResponse:
    """Units by filters that stay in the address, 50 a page."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    page = Paginator(finding.found(request.scope, asked), 50).get_page(request.GET.get("page"))
    return render(request, "web/enterprises.html", {
        "page": page, "table": finding.table(list(page.object_list), request.today), "asked": asked,
        "towns": finding.towns(request.scope), "industries": finding.industries(request.scope),
        "levels": [(level.value, level.zh) for level in Level],
    })  # fmt: skip


@allowed("pool.see")
def enterprise(request: Any, pk: int) -> HttpResponse:
    """一企一档; a unit that was merged away leads to the one it lives on in."""
    unit = unit_of(request.scope, pk, request.today)
    if unit is None:
        raise Http404
    if unit.now.merged_into_id:
        return redirect("enterprise", unit.now.merged_into_id)
    lanes = shown.lanes(unit)
    return render(request, "web/dossier.html", {
        "unit": shown.head(unit), "facts": shown.facts(unit), "lanes": lanes, "tables": tables.tables(unit),
        "past": past.past(unit), "older": None, "sources": past.sources(unit), "list_url": reverse("enterprises"),
        "crumb": _("一企一档"), "export_url": None,
        "contacts_url": reverse("pool:unit_contacts", args=[pk]) if request.scope.may("pool.contacts") else None,
    })  # fmt: skip
