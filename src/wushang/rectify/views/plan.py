"""整改方案: the unit's page for it on the telephone, and the office's acts and files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.people import audit
from wushang.people.page import allowed
from wushang.rectify import in_scope, photos, plan_files, plans
from wushang.rectify.deeds.add_plan_file import AddPlanFile, RemovePlanFile
from wushang.rectify.deeds.review_plan import ReviewPlan
from wushang.rectify.deeds.submit_plan import SubmitPlan
from wushang.rectify.duties import asked_of
from wushang.rectify.models import PlanFile
from wushang.rectify.steps import plainly
from wushang.rectify.views.answers import number, run, to_warning
from wushang.rectify.views.phone import base, did, url
from wushang.rectify.visitor import Visitor, entered
from wushang.rectify.work import open_now
from wushang.terms.problem import Refused


@entered
def plan(request: Any, visitor: Visitor) -> HttpResponse:
    """Its files; while they are not sent, more may come and any may go."""
    if not visitor.warning.acknowledged:
        messages.error(request, _("请先签收，再交整改方案。"))
        return redirect(url(visitor, "home"))
    case = visitor.case or open_now(visitor.warning, request.now)
    if case.plan is None and not plans.wanted(case):
        raise Http404
    if request.method == "POST":
        kept = _keep(request, visitor, case)
        send = kept and "send" in request.POST
        done = send and did(request, SubmitPlan(visitor.actor, request.now, case), _("整改方案已提交，审阅后告诉您。"))
        return redirect(url(visitor, "home" if done else "plan"))
    return render(request, "rectify/phone/plan.html", _page(visitor, case))


def _keep(request: Any, visitor: Visitor, case: Any) -> bool:
    """Each file by itself: one that cannot be kept loses no other."""
    deeds: list[Any] = [
        AddPlanFile(visitor.actor, request.now, case, file.name, file.read(plan_files.LARGEST + 1))
        for file in request.FILES.getlist("files")
    ]
    if gone := PlanFile.objects.filter(pk=number(request, "remove"), plan__case=case, removed=None).first():
        deeds.append(RemovePlanFile(visitor.actor, request.now, case, gone))
    done = [_done(request, deed) for deed in deeds]
    return all(done)


def _done(request: Any, deed: Any) -> bool:
    try:
        deed.do()
    except Refused as refused:
        messages.error(request, plainly(refused))
        return False
    return True


def _page(visitor: Visitor, case: Any) -> dict[str, Any]:
    plan, asked = case.plan, asked_of(case, "plan")
    return base(visitor, "home") | {
        "plan": plan, "open": plans.waits_for_unit(case), "bureau": asked.to.short_name if asked else "",
        "files": [(file, url(visitor, "plan_file", file.pk)) for file in (plans.files(plan) if plan else [])],
        "returned": plans.returned(plan), "accept": plan_files.ACCEPT, "back_url": url(visitor, "home"),
    }  # fmt: skip


@entered
def file(request: Any, visitor: Visitor, pk: int) -> HttpResponse:
    return _sent(get_object_or_404(PlanFile, pk=pk, plan__case__enterprise=visitor.link.enterprise_id, removed=None))


@allowed("rectify.see")
def office_file(request: Any, pk: int) -> HttpResponse:
    """For whoever may see the case, and for the bureau that was asked to see to the plan."""
    found = get_object_or_404(PlanFile.objects.exclude(plan__submitted=None), pk=pk, removed=None)
    case, unit = found.plan.case, request.user.department_id
    if not (unit and case.referrals.filter(kind="plan", to=unit).exists()):
        in_scope.one(in_scope.cases(request.scope), case.pk)
    audit.write(request.actor, request.now, "rectify.see", f"plan:{found.plan_id}")  # its text may name people
    return _sent(found)


def _sent(found: PlanFile) -> HttpResponse:
    """The bytes, named for what they are; a browser must not guess. Word is taken away, the others open."""
    kept = photos.kept(found.sha256, found.kind)
    if kept is None:
        raise Http404
    word = found.kind in plan_files.WORD
    answer = FileResponse(kept, content_type=plan_files.MIME[found.kind], filename=found.name, as_attachment=word)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@allowed("rectify.review")
@require_POST
def review(request: Any, pk: int, act: str) -> HttpResponse:
    case = in_scope.one(in_scope.cases(request.scope), pk)
    if act not in ("accept", "return"):
        raise Http404
    good = act == "accept"
    said = _("整改方案已通过。") if good else _("已退回，下一步：单位补充整改方案。")
    run(request, ReviewPlan(request.actor, request.now, case, good, request.POST.get("reason", "")), said)
    return to_warning(case.warning_id)
