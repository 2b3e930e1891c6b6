"""Pages of 评估: what waits for a signature, one re-check with its figures and 统计依据, the signature."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wushang.evaluate.beneath import of_unit
from wushang.evaluate.deeds.propose_recheck import ProposeRecheck
from wushang.evaluate.deeds.sign_recheck import SignRecheck
from wushang.evaluate.models import DECISIONS, PREVIEW, Recheck
from wushang.evaluate.shown import shown
from wushang.integrate.then import today
from wushang.people.page import allowed, day_of
from wushang.people.scope import Scope
from wushang.rectify import in_scope
from wushang.rectify.models import Case
from wushang.terms.problem import Refused
from wushang.warn.units import place_of, visible

SEE = "evaluate.see"
TABS = (
    ("sign", gettext_lazy("待签发")), ("wait", gettext_lazy("待评估")), ("signed", gettext_lazy("已签发")),
)  # fmt: skip


def in_my_scope(scope: Scope, verb: str = SEE) -> QuerySet:
    rows = Recheck.objects.filter(enterprise__in=visible(scope, verb)).exclude(state="replaced")
    return in_scope.named(rows.select_related("case__warning", "signer"))


@allowed(SEE)
def rechecks(request: Any) -> HttpResponse:
    mine = in_my_scope(request.scope)
    to_sign = mine.filter(state="proposed").exclude(PREVIEW)
    waiting = in_scope.named(
        Case.objects.filter(state__in=("evaluating", "extended"), enterprise__in=visible(request.scope, SEE))
    ).exclude(pk__in=to_sign.order_by().values("case")).order_by("recheck_on", "pk")
    cut = {"sign": to_sign, "wait": waiting, "signed": mine.filter(state="signed")}
    counts = {code: rows.count() for code, rows in cut.items()}
    # without a choice the first list that holds anything
    tab = request.GET.get("tab") if request.GET.get("tab") in cut else next((code for code in cut if counts[code]), "sign")
    page = Paginator(cut[tab], 50).get_page(request.GET.get("page"))
    tabs = [{"code": code, "title": title, "n": counts[code], "now": code == tab} for code, title in TABS]
    may = {"may_warn": request.scope.may("warn.see"), "may_case": request.scope.may("rectify.see"), "may_propose": request.scope.may("evaluate.propose")}
    previews = dict(mine.filter(PREVIEW).values_list("case", "pk")) if tab == "wait" else {}
    for row in page if tab == "wait" else ():
        row.preview = previews.get(row.pk)
    shown_ = {"page": page, "tabs": tabs, "tab": tab, "first": waiting.first() if tab == "sign" else None}
    return render(request, "evaluate/rechecks.html", shown_ | may)


@allowed(SEE)
def recheck(request: Any, pk: int) -> HttpResponse:
    held = in_scope.one(in_my_scope(request.scope), pk)
    place = place_of(held.enterprise_id)
    beneath = held.basis.get("beneath", [])
    return render(request, "evaluate/recheck.html", {
        "recheck": held,
        "beneath": [*beneath, *of_unit.leads(request.scope, held.enterprise_id, today(request.today))] if beneath else [],
        "shown": shown(held),
        "may_warn": request.scope.covers("warn.see", *place),
        "may_sign": held.state == "proposed" and not held.is_preview and request.scope.covers("evaluate.sign", *place),
        "may_propose": held.state == "proposed" and request.scope.covers("evaluate.propose", *place),
        "decisions": _decisions(held),
    })  # fmt: skip


def _decisions(held: Recheck) -> list[dict[str, Any]]:
    """The three decisions; the proposed one first ticked."""
    proposed = {"passed": "close", "failed": "list", "unripe": "extend"}.get(held.verdict, "")
    return [{"code": code, "title": title, "proposed": code == proposed} for code, title in DECISIONS.items()]


@allowed("evaluate.sign")
@require_POST
def sign(request: Any, pk: int) -> HttpResponse:
    held = in_scope.one(in_my_scope(request.scope, "evaluate.sign"), pk)
    given = {name: request.POST.get(name, "") for name in ("decision", "reason", "typed", "word")}
    try:
        SignRecheck(request.actor, request.now, held, until=day_of(request.POST, "until"), **given).do()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已签发：%(decision)s。") % {"decision": held.decision_title})
    return redirect("evaluate:recheck", pk=held.pk)


@allowed("evaluate.propose")
@require_POST
def propose(request: Any, pk: int) -> HttpResponse:
    """Count now: a preview before the figures are ripe, a new proposal after."""
    case = in_scope.one(in_scope.cases(request.scope, "evaluate.propose"), pk)
    try:
        made = ProposeRecheck(request.actor, request.now, case).do()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("evaluate:rechecks")
    messages.success(request, _("已试算，到期后重新计算，再由人签发。") if made.is_preview else _("已计算，下一步：签发。"))
    return redirect("evaluate:recheck", pk=made.pk)
