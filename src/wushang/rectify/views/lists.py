"""整改 lists: 未交 and 迟交 are two lists (S0.8); what waits for review."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from wushang.people.page import allowed
from wushang.rectify import in_scope
from wushang.rectify.states import OPEN, WITH_REVIEWER
from wushang.warn.shown import town_names

SEE = ("rectify.see",)
LISTS: dict[str, tuple[Any, Q]] = {
    "overdue": (_("未交"), Q(state="overdue")),
    "late": (_("迟交"), Q(late=True)),
    "review": (_("待复核"), Q(state__in=WITH_REVIEWER)),
    "due": (_("待报"), Q(state__in=("report_due", "returned"))),
    "evaluate": (_("待评估"), Q(state__in=("evaluating", "extended"))),
    "listed": (_("挂牌督办"), Q(state="listed")),
    "open": (_("全部在办"), Q(state__in=OPEN)),
    "all": (_("全部"), Q()),
}
SAYS = {
    "overdue": _("期限已过、报告没有交的单位；可以催办，或移送执法线索。"),
    "late": _("过了期限才交的单位（不论现在到哪一步），与“未交”分列，供安排重点执法检查。"),
}


@allowed(*SEE)
def reports(request: Any) -> HttpResponse:
    everything = in_scope.cases(request.scope)
    counts = {code: everything.filter(cut).count() for code, (_title, cut) in LISTS.items()}
    # without a choice the first list that holds anything
    chosen = request.GET.get("list") if request.GET.get("list") in LISTS else next((c for c in LISTS if c != "late" and counts[c]), "overdue")
    rows = everything.filter(LISTS[chosen][1])
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    towns = town_names(row.region or "" for row in page)
    for row in page:
        row.town = towns.get(row.region, "")
    tabs = [{"code": code, "title": title, "n": counts[code], "now": code == chosen} for code, (title, _cut) in LISTS.items()]
    return render(request, "rectify/reports.html", {
        "page": page, "tabs": tabs, "chosen": chosen, "title": LISTS[chosen][0], "says": SAYS.get(chosen, ""),
        "may_print": request.scope.may("ledger.print"),
    })  # fmt: skip
