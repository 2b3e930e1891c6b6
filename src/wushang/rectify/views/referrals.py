"""转办: sending one from the 预警件 page, the inbox, one referral with its answer."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wushang.people import audit
from wushang.people.models import Department
from wushang.people.page import allowed
from wushang.rectify import in_scope, plans
from wushang.rectify.deeds.accept_referral import AcceptReferral
from wushang.rectify.deeds.answer_referral import AnswerReferral
from wushang.rectify.deeds.check_referral import CheckReferral
from wushang.rectify.deeds.refer import Refer
from wushang.rectify.deeds.send_back_referral import SendBackReferral
from wushang.rectify.deeds.urge import UrgeReferral
from wushang.rectify.models import Referral
from wushang.rectify.models.asked import REFERRAL_OPEN
from wushang.rectify.referral_deed import others_to_check
from wushang.rectify.views.answers import must_day, number, run, to_warning
from wushang.warn.models import Warning
from wushang.warn.units import regulator_of, township_of, version_of, visible

SEE = "rectify.see"
TABS = (("mine", gettext_lazy("待本单位办理")), ("sent", gettext_lazy("本人转出")), ("all", gettext_lazy("全部")))


@allowed("rectify.refer")
@require_POST
def refer(request: Any, pk: int) -> HttpResponse:
    """From the 预警件 page."""
    held = in_scope.one(Warning.objects.filter(enterprise__in=visible(request.scope, "rectify.refer")), pk)
    unit = get_object_or_404(Department, pk=number(request, "to"))
    deed = Refer(
        request.actor, request.now, held, unit, request.POST.get("kind", ""), request.POST.get("what", ""),
        must_day(request, "reply_by"),
    )  # fmt: skip
    run(request, deed, _("已转办，下一步：%(unit)s接收。") % {"unit": unit.short_name})
    return to_warning(held.pk)


@allowed(SEE)
def referrals(request: Any) -> HttpResponse:
    rows, user = in_scope.referrals(request.scope, request.user), request.user
    theirs = Q(to=user.department, state__in=("sent", "accepted")) if user.department_id else Q(pk=None)
    cut = {"mine": theirs, "sent": Q(sent_by=user, state__in=REFERRAL_OPEN), "all": Q()}
    tab = request.GET.get("tab") if request.GET.get("tab") in cut else "mine" if rows.filter(theirs).exists() else "all"
    page = Paginator(rows.filter(cut[tab]), 50).get_page(request.GET.get("page"))
    tabs = [{"code": code, "title": title, "n": rows.filter(cut[code]).count(), "now": code == tab} for code, title in TABS]
    return render(request, "rectify/referrals.html", {"page": page, "tabs": tabs})


@allowed(SEE)
def referral(request: Any, pk: int) -> HttpResponse:
    held = in_scope.one(in_scope.referrals(request.scope, request.user), pk)
    if held.sealed_answer:  # its free text may name people
        audit.write(request.actor, request.now, SEE, f"referral:{held.pk}")
    theirs = held.to_id == request.user.department_id and request.scope.may("rectify.answer_referral")
    return render(request, "rectify/referral.html", {
        "referral": held,
        "theirs": theirs,
        "ours": request.scope.may("rectify.refer") and not others_to_check(held, request.user),
        "may_urge": request.scope.may("rectify.urge"),
        "departments": Department.objects.exclude(pk=held.to_id),
        "likely": _likely(held),
        "visits": held.visits.all(),
        "plans": plans.sent(held.case) if held.kind == "plan" and held.case else [],
    })  # fmt: skip


def _likely(held: Referral) -> int | None:
    """Whom a 转办 that came back goes to most likely: the unit's own township, else its regulator."""
    now = version_of(held.enterprise_id)
    found = [unit for unit in (township_of(now.region), regulator_of(now)) if unit and unit.pk != held.to_id] if now else []
    return found[0].pk if found else None


@allowed("rectify.refer")
@require_POST
def reassign(request: Any, pk: int) -> HttpResponse:
    """改派 of one that came back."""
    held = in_scope.one(in_scope.referrals(request.scope, request.user), pk)
    unit = get_object_or_404(Department, pk=number(request, "to"))
    what, day = request.POST.get("what", ""), must_day(request, "reply_by")
    deed = Refer(request.actor, request.now, held.warning, unit, held.kind, what, day, held)
    run(request, deed, _("已改派，下一步：%(unit)s接收。") % {"unit": unit.short_name})
    return redirect("rectify:referral", pk=held.pk)


@allowed(SEE)
@require_POST
def do(request: Any, pk: int, act: str) -> HttpResponse:
    """The deed says who may."""
    held = in_scope.one(in_scope.referrals(request.scope, request.user), pk)
    text = request.POST.get("reason", "").strip()
    who, at = request.actor, request.now
    deeds: dict[str, tuple[Any, str]] = {
        "accept": (AcceptReferral(who, at, held), _("已接收，下一步：办理后反馈。")),
        "send_back": (SendBackReferral(who, at, held, text), _("已退回，下一步：转出人改派。")),
        "answer": (AnswerReferral(who, at, held, text), _("已反馈，下一步：转出人核验。")),
        "good": (CheckReferral(who, at, held, True), _("已核验。")),
        "again": (CheckReferral(who, at, held, False, text), _("已请对方重办。")),
        "urge": (UrgeReferral(who, at, held), _("已催办。")),
    }
    if act not in deeds:
        raise Http404
    run(request, *deeds[act])
    return redirect("rectify:referral", pk=held.pk)
