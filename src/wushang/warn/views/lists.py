"""预警办理: the list by stage with its filters in the address."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushang.people.models import User
from wushang.people.page import allowed
from wushang.warn import failing, shown
from wushang.warn.views.case import _there


@allowed("warn.see")
def warnings(request: HttpRequest) -> HttpResponse:
    every = shown.warnings(request.scope)  # type: ignore[attr-defined]
    asked = request.GET.copy()
    stage = asked.get("stage") if asked.get("stage") in shown.TABS else ""
    rows = shown.filtered(every, asked)
    rows = shown.taken_over(rows).order_by("-ended", "-pk") if stage == "ended" else shown.by_due(rows)
    page = Paginator(rows.select_related("paper").prefetch_related("letters", "steps"), 50).get_page(request.GET.get("page"))
    names = shown.town_names(row.region for row in page)
    for row in page:
        row.next, row.until = shown.step_of_list(row)
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
        "may_print": request.scope.may("ledger.print"),  # type: ignore[attr-defined]
        "may_outbox": request.scope.may("warn.outbox"),  # type: ignore[attr-defined]
        "may_take_over": request.scope.may("warn.take_over"),  # type: ignore[attr-defined]
    })  # fmt: skip


def _tabs(every: Any, stage: str) -> list[dict[str, Any]]:
    counts = dict(every.order_by().values_list("state").annotate(n=Count("pk")))
    tabs = [{"code": "", "title": _("全部"), "n": sum(counts.values()), "now": stage == ""}]
    for code, (title, within) in shown.TABS.items():
        tabs.append({"code": code, "title": title, "n": sum(counts.get(s, 0) for s in within), "now": stage == code})
    return tabs
