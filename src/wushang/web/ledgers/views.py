"""台账打印: choose, see, print (PDF), export (xlsx): the same rows under the same total, on A4 or A3."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from wushang.analyse.deeds.keep_export import KeepExport
from wushang.people import audit
from wushang.people.models import Region
from wushang.people.page import allowed, number_of
from wushang.pool.ledger import Ledger
from wushang.web.ledgers import injuries, paper
from wushang.web.ledgers.asked import Asked, asked
from wushang.web.ledgers.kinds import KINDS, Kind
from wushang.web.ledgers.page import sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ALL = slice(None)
PAGE = 50


@allowed("ledger.print")
def ledgers(request: Any) -> HttpResponse:
    """The ledgers to choose from, and a page of the chosen one."""
    shown = {name: kind for name, kind in KINDS.items() if request.scope.may(kind.verb)}
    name = request.GET.get("kind") if request.GET.get("kind") in shown else next(iter(shown), "")
    context: dict[str, Any] = {"kinds": shown, "chosen": name, "kind": shown.get(name)}
    if name:
        context |= _chosen(request, name, shown[name])
    return render(request, "web/ledgers.html", context)


def _chosen(request: Any, name: str, kind: Kind) -> dict[str, Any]:
    what = asked(request, _unit(request))
    start = PAGE * max(0, number_of(request.GET, "page") - 1)
    found, start = _page(kind, what, start)
    window = slice(start, start + PAGE)
    sources = injuries.ids(what, window) if name == "injuries" else [None] * len(found.rows)
    told, more = sheet(found), request.GET.urlencode()
    return {
        "asked": what, "sheet": told, "lines": list(zip(told.rows, sources, strict=True)), "towns": _towns(what),
        "page": Paginator(range(found.count), PAGE).get_page(start // PAGE + 1),
        "reconcile_url": reverse("reconcile") if request.scope.covers("analyse.reconcile", settings.WUSHANG_REGION) else None,
        "export_url": f"{reverse('ledger_file', args=[name])}?{more}", "print_url": f"{reverse('ledger_print', args=[name])}?{more}",
        "known": what.known, "not_known": "" if name == "injuries" else _("办理情况不能按某日所知，这张台账是现在的。"),
    }  # fmt: skip


def _page(kind: Kind, what: Asked, start: int) -> tuple[Ledger, int]:
    """The page that begins at `start`; the first where there is none such."""
    found = kind.make(what, slice(start, start + PAGE))
    return (found, start) if start < max(1, found.count) else (kind.make(what, slice(0, PAGE)), 0)


@allowed("ledger.print")
def ledger_file(request: Any, name: str) -> HttpResponse:
    """The chosen ledger as xlsx."""
    kind, what = _kind(request, name), asked(request, _unit(request))
    return _taken(request, name, what, kind.make(what, ALL).xlsx(what.paper), XLSX, "xlsx")


@allowed("ledger.print")
def ledger_print(request: Any, name: str) -> HttpResponse:
    """The chosen ledger as it prints."""
    kind, what = _kind(request, name), asked(request, _unit(request))
    band = {"demo": _("练习数据，不会发送"), "trial": _("试运行：只算不发")}.get(settings.WUSHANG_MODE, "")
    return _taken(request, name, what, paper.pdf(kind.make(what, ALL), what.paper, band), PDF, "pdf")


def _taken(request: Any, name: str, what: Asked, data: bytes, kind: str, ending: str) -> HttpResponse:
    """What left the house, by print or by file, leaves an audit row."""
    if name == "injuries":
        _keep(request, what)
    else:
        said = {"from": str(what.period.start), "to": str(what.period.end), "town": what.town, "enterprise": what.enterprise}
        audit.write(request.actor, request.now, "ledger.print", f"ledger:{name}", said)
    answer = HttpResponse(data, content_type=kind)
    file = f"{KINDS[name].title} {request.today}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(ending == "xlsx", file) or "attachment"
    return answer


def _keep(request: Any, what: Asked) -> None:
    """留底: which figures left, so that a later correction can name who holds the old ones."""
    events, commit = injuries.events_of(what)
    area = sorted({prefix for grant in request.scope.for_verb("ledger.print") for prefix in grant.regions})
    figures = {"events": events, "town": what.town, "enterprise": what.enterprise}
    KeepExport(request.actor, request.now, "ledger", what.period, area, commit, figures, about="ledger:injuries").do()


def _kind(request: Any, name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    if not request.scope.may(KINDS[name].verb):
        raise PermissionDenied
    return KINDS[name]


def _unit(request: Any) -> str:
    return request.user.department.name if request.user.department else settings.WUSHANG_CITY


def _towns(what: Asked) -> list[Region]:
    rows = Region.objects.filter(parent__code=settings.WUSHANG_REGION)
    return [town for town in rows if what.scope.covers("ledger.print", town.code)]
