"""Pages of 评估: what waits for a signature, one re-check with its figures and 统计依据, the signature."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wushang.evaluate.deeds.propose_recheck import ProposeRecheck
from wushang.evaluate.deeds.sign_recheck import SignRecheck
from wushang.evaluate.models import DECISIONS, Recheck
from wushang.evaluate.shown import shown
from wushang.people.page import allowed
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
    waiting = in_scope.named(
        Case.objects.filter(state__in=("evaluating", "extended"), enterprise__in=visible(request.scope, SEE))
    ).order_by("recheck_on", "pk")
    cut = {"sign": mine.filter(state="proposed"), "wait": waiting, "signed": mine.filter(state="signed")}
    tab = request.GET.get("tab") if request.GET.get("tab") in cut else "sign"
    page = Paginator(cut[tab], 50).get_page(request.GET.get("page"))
    tabs = [{"code": code, "title": title, "n": cut[code].count(), "now": code == tab} for code, title in TABS]
    return render(request, "evaluate/rechecks.html", {"page": page, "tabs": tabs, "tab": tab})


@allowed(SEE)
def recheck(request: Any, pk: int) -> HttpResponse:
    held = in_scope.one(in_my_scope(request.scope), pk)
    place = place_of(held.enterprise_id)
    return render(request, "evaluate/recheck.html", {
        "recheck": held,
        "shown": shown(held),
        "may_sign": held.state == "proposed" and request.scope.covers("evaluate.sign", *place),
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
        SignRecheck(request.actor, request.now, held, until=_day(request.POST.get("until", "")), **given).do()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已签发：%(decision)s。") % {"decision": held.decision_title})
    return redirect("evaluate:recheck", pk=held.pk)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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
    messages.success(request, _("已计算，下一步：%(who)s。") % {"who": _("到期后签发") if made.verdict == "unripe" else _("签发")})
    return redirect("evaluate:recheck", pk=made.pk)
