"""The office's acts on a case; they stand on the 预警件 page (rectify/_warning_section.html)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.people.models import Department
from wushang.people.page import allowed
from wushang.rectify import access, in_scope, qr
from wushang.rectify.deeds.accept_report import AcceptReport
from wushang.rectify.deeds.close_case import CloseCase
from wushang.rectify.deeds.follow_verdict import DelistCase
from wushang.rectify.deeds.issue_link import IssueLink
from wushang.rectify.deeds.plan_interview import PlanInterview
from wushang.rectify.deeds.record_interview import RecordInterview
from wushang.rectify.deeds.refer_to_enforcement import ReferToEnforcement
from wushang.rectify.deeds.return_report import ReturnReport
from wushang.rectify.deeds.urge import UrgeEnterprise
from wushang.rectify.models import Case, Photo
from wushang.rectify.questions import BY_CODE
from wushang.rectify.views.answers import moment, must_day, number, run, to_warning
from wushang.rectify.views.report import picture
from wushang.rectify.words import said_day
from wushang.terms.problem import Refused
from wushang.warn.models import Warning
from wushang.warn.units import visible

SEE = "rectify.see"


@allowed(SEE)
def case(request: Any, pk: int) -> HttpResponse:
    return to_warning(_held(request, pk).warning_id)


def _held(request: Any, pk: int) -> Case:
    return in_scope.one(in_scope.cases(request.scope), pk)


@allowed(SEE)
@require_POST
def do(request: Any, pk: int, act: str) -> HttpResponse:
    held = _held(request, pk)
    text = request.POST.get("reason", "").strip()
    acts = {
        "accept": lambda: run(request, AcceptReport(request.actor, request.now, held, text), lambda: _accepted(held)),
        "close": lambda: run(request, CloseCase(request.actor, request.now, held, text), _("已办结。")),
        "delist": lambda: run(request, DelistCase(request.actor, request.now, held, text), _("已摘牌，办结。")),
        "urge": lambda: run(request, UrgeEnterprise(request.actor, request.now, held), _("已催办，单位会收到消息。")),
    }
    if act not in acts:
        raise Http404
    acts[act]()
    return to_warning(held.warning_id)


def _accepted(held: Case) -> str:
    if held.recheck_on:
        return _("已通过复核，下一步：%(day)s起评估。") % {"day": said_day(held.recheck_on)}
    return _("已通过复核，下一步：办结。")


@allowed("rectify.review")
@require_POST
def send_back(request: Any, pk: int) -> HttpResponse:
    """Reasons beside fields: remark_<field>."""
    held = _held(request, pk)
    remarks = {code: request.POST.get(f"remark_{code}", "").strip() for code in BY_CODE}
    deed = ReturnReport(request.actor, request.now, held, {code: text for code, text in remarks.items() if text})
    run(request, deed, lambda: _("已退回，下一步：单位补正，%(day)s前。") % {"day": said_day(held.due) if held.due else ""})
    return to_warning(held.warning_id)


@allowed("rectify.refer")
@require_POST
def interview(request: Any, pk: int) -> HttpResponse:
    """Arrange one, or record the one that was arranged."""
    held = _held(request, pk)
    planned = held.interviews.filter(state="planned").first()
    if planned is None:
        deed: Any = PlanInterview(request.actor, request.now, held, moment(request, "on", "at"), request.POST.get("place", ""))
        run(request, deed, _("已约定，单位会收到通知。"))
    else:
        said = request.POST.get("came")
        came = said in ("yes", "earlier")
        deed = RecordInterview(
            request.actor, request.now, held, planned, came, must_day(request, "on"), request.POST.get("text", ""),
            earlier=said == "earlier",
        )  # fmt: skip
        run(request, deed, _("已登记约谈。") if came else _("已登记未到场，下一步：再约一次。"))
    return to_warning(held.warning_id)


@allowed("rectify.refer")
@require_POST
def enforcement(request: Any, pk: int) -> HttpResponse:
    held = _held(request, pk)
    unit = get_object_or_404(Department, pk=number(request, "to"))
    deed = ReferToEnforcement(
        request.actor, request.now, held, unit, request.POST.get("reason", ""), must_day(request, "reply_by"),
        request.POST.getlist("articles"),
    )  # fmt: skip
    run(request, deed, _("已移送线索，下一步：%(unit)s接收。") % {"unit": unit.short_name})
    return to_warning(held.warning_id)


@allowed(SEE)
def photo(request: Any, pk: int) -> HttpResponse:
    """A photo of a report, for whom may see the case."""
    found = get_object_or_404(Photo.objects.select_related("report"), pk=pk)
    _held(request, found.report.case_id)
    return picture(found)


@allowed("warn.deliver")
@require_POST
def slip(request: Any, pk: int) -> HttpResponse:
    """A printed slip with a QR code that leads the unit in; every print is a link of its own."""
    held = in_scope.one(Warning.objects.filter(enterprise__in=visible(request.scope, "warn.deliver")), pk)
    try:
        token = IssueLink(request.actor, request.now, held).do()
    except Refused as refused:
        return render(request, "rectify/slip.html", {"problem": refused.problem, "warning": held}, status=409)
    address = access.address(token)
    shown = {"warning": held, "address": address, "picture": qr.picture(address), "until": request.now + access.LINK_LASTS}
    return render(request, "rectify/slip.html", shown | {"letter": held.letter})
