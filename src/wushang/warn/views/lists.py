"""预警办理: the list by stage with its filters in the address, and its ledgers as xlsx."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushang.people import audit
from wushang.people.models import User
from wushang.people.page import allowed
from wushang.warn import failing, ledgers, shown
from wushang.warn.views.case import _there

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allowed("warn.see")
def warnings(request: HttpRequest) -> HttpResponse:
    every = shown.warnings(request.scope)  # type: ignore[attr-defined]
    asked = request.GET.copy()
    stage = asked.get("stage") if asked.get("stage") in shown.TABS else ""
    rows = shown.filtered(every, asked)
    rows = rows.order_by("-ended", "-pk") if stage == "ended" else rows.order_by("due", "pk")
    page = Paginator(rows.prefetch_related("letters", "steps"), 50).get_page(request.GET.get("page"))
    names = shown.town_names(row.region for row in page)
    for row in page:
        row.next = shown.next_step(row)
        row.town = names.get(row.region, "")
    return render(request, "warn/warnings.html", {
        "page": page,
        "tabs": _tabs(every, stage),
        "stage": stage,
        "asked": asked,
        "towns": shown.towns(every),
        "handlers": User.objects.filter(pk__in=every.values("handler")).order_by("name"),
        "last_run": shown.last_run(),
        "failures": failing.seen(request.scope, "warn.outbox"),  # type: ignore[attr-defined]
        "rectify_lists": _there("rectify/_lists.html"),
    })  # fmt: skip


def _tabs(every: Any, stage: str) -> list[dict[str, Any]]:
    counts = dict(every.order_by().values_list("state").annotate(n=Count("pk")))
    tabs = [{"code": "", "title": _("全部"), "n": sum(counts.values()), "now": stage == ""}]
    for code, (title, within) in shown.TABS.items():
        tabs.append({"code": code, "title": title, "n": sum(counts.get(s, 0) for s in within), "now": stage == code})
    return tabs


@allowed("ledger.print")
def warnings_ledger(request: HttpRequest) -> HttpResponse:
    """预警台账 of what the list shows."""
    rows = shown.filtered(shown.warnings(request.scope, "ledger.print"), request.GET)  # type: ignore[attr-defined]
    return _file(request, "warnings", _("预警台账"), ledgers.warnings(rows.order_by("opened", "pk"), *_maker(request)))


@allowed("ledger.print")
def deliveries_ledger(request: HttpRequest) -> HttpResponse:
    """文书送达台账 of what the list shows."""
    rows = shown.filtered(shown.warnings(request.scope, "ledger.print"), request.GET)  # type: ignore[attr-defined]
    return _file(request, "deliveries", _("文书送达台账"), ledgers.deliveries(rows, *_maker(request)))


def _maker(request: HttpRequest) -> tuple[str, str, Any]:
    user: Any = request.user
    unit = user.department.name if user.department else settings.WUSHANG_CITY
    return unit, user.name, request.today  # type: ignore[attr-defined]


def _file(request: HttpRequest, subject: str, title: str, data: bytes) -> HttpResponse:
    audit.write(request.actor, request.now, "ledger.print", f"ledger:{subject}", dict(request.GET.items()))  # type: ignore[attr-defined]
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = _attachment(f"{title} {request.today}.xlsx")  # type: ignore[attr-defined]
    return answer


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(True, name) or "attachment"
