"""预警件: one page from top to bottom, and the acts on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.people.page import allowed
from wushang.terms import codes
from wushang.warn import facts, judged, numbers, offered, shown, signing, units, wording
from wushang.warn.deeds.countersign import Countersign
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.issue import Issue
from wushang.warn.deeds.keep_warning import KeepWarning
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.deeds.propose_withdrawal import ProposeWithdrawal
from wushang.warn.deeds.register_delivery import METHODS, RegisterDelivery
from wushang.warn.deeds.review import Review
from wushang.warn.deeds.revoke import Revoke
from wushang.warn.deeds.send_back import SendBack
from wushang.warn.deeds.sign import Sign
from wushang.warn.deeds.sign_offline import SignOffline
from wushang.warn.deeds.submit_for_review import SubmitForReview
from wushang.warn.deeds.undo_delivery import UndoDelivery
from wushang.warn.deeds.withdraw import CAUSES, Withdraw
from wushang.warn.letter_form import LetterForm
from wushang.warn.models import LetterNumber, Warning
from wushang.warn.views._answers import back, run, warning_in_scope
from wushang.warn.views.papers import pages_of

ANY = ("warn.see",)


@allowed(*ANY)
def warning(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, warning_in_scope(request, pk))


def _page(request: Any, held: Warning, form: LetterForm | None = None) -> HttpResponse:
    now = units.version_of(held.enterprise_id)
    letter = held.letter
    shown_letter = held.letters.filter(dropped=False).order_by("-pk").first()
    return render(request, "warn/warning.html", {
        "warning": held,
        "now": now,
        "town": shown.town_name(now.region) if now else "",
        "industry": codes.name("industry", now.industry) if now else "",
        "regulator": units.regulator_of(now) if now else None,
        "neighbours": shown.neighbours(request.scope, held),
        "stages": shown.stages(held, request.today),
        "why": _why(held),
        "letter": letter,
        "others": held.letters.exclude(pk=letter.pk if letter else None).order_by("pk"),
        "form": form or _form(held, request),
        "pages": range(1, len(pages_of(shown_letter)) + 1) if shown_letter else (),
        "shown_letter": shown_letter,
        "offer": offered.offer(held, request.actor),
        "next": shown.next_step(held),
        "numbering": _numbering(held, request),
        "methods": [(m, codes.name("delivery_method", m)) for m in METHODS],
        "causes": CAUSES.items(),
        "steps": signing.steps(),
        "mend": _may_edit(held, request),
        "explain": request.scope.may("judge.see"),
        "may": {v: request.scope.covers(f"warn.{v}", *units.place_of(held.enterprise_id)) for v in ("deliver", "number")},
        "missing": [f.label for f in wording.letter(letter.kind).missing(letter.values)] if letter else [],
        "edits": shown.edits(letter) if letter else [],
        "rectify_next": _there("rectify/_warning_next.html") if held.state == "acknowledged" else "",
        "rectify_due": _there("rectify/_warning_due.html"),
        "rectify_section": _there("rectify/_warning_section.html"),
        "rectify_referral": _there("rectify/_warning_referral.html"),
    })  # fmt: skip


def _there(template: str) -> str:
    """A later room's part of the page, where that room has one."""
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return ""
    return template


def _why(held: Warning) -> dict[str, Any]:
    """为什么预警: counts, headcount, clause, versions, and the accidents themselves."""
    told = judged.told(held.finding)
    found = judged.accidents(held.finding)
    return {
        "told": told,
        "found": found,
        "rows": found.rows(told.as_of),
        "hazards": facts.open_hazards(held.enterprise_id, told.as_of, told.commit),
        "insured": facts.insured(held.enterprise_id, told.as_of, told.commit),
        "before": judged.accidents(held.finding, -1).events,
        "clause": held.finding.clause,
        "basis": {"occurred": _("发生日期"), "reported": _("申报日期"), "recognised": _("认定日期")}[told.basis],
        "deciding": judged.deciding(held.finding),
        "compared": judged.compared(held.finding),
    }


def _may_edit(held: Warning, request: Any) -> bool:
    verb = {"drafted": "warn.draft", "submitted": "warn.review"}.get(held.state)
    return bool(verb) and request.scope.covers(verb, *units.place_of(held.enterprise_id))


def _form(held: Warning, request: Any, data: Any = None) -> LetterForm | None:
    letter = held.letter
    if letter is None:
        return None
    return LetterForm(wording.letter(letter.kind), letter.values, data, frozen=not _may_edit(held, request))


def _numbering(held: Warning, request: Any) -> dict[str, Any]:
    """字 used last, and how far this year's numbers are used."""
    now = units.version_of(held.enterprise_id)
    bureau = units.issuing_bureau(now.region) if now else None
    word = numbers.last_word(bureau.code if bureau else "", "")
    top = LetterNumber.objects.filter(word=word, year=request.today.year).order_by("-number").first() if word else None
    return {"word": word, "top": top, "open": held.state in ("drafted", "submitted", "reviewed", "signed")}


@allowed("warn.draft", "warn.review")
@require_POST
def edit(request: Any, pk: int) -> HttpResponse:
    held = warning_in_scope(request, pk)
    form = _form(held, request, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("有 %(n)d 项没有填对，请按各栏下面的说明改正。") % {"n": len(form.errors)})
        return _page(request, held, form)
    run(request, EditLetter(request.actor, request.now, held, held.letter, form.values()), _("已保存，预览已更新。"))
    return back(held)


@allowed("warn.number")
@require_POST
def number(request: Any, pk: int) -> HttpResponse:
    held = warning_in_scope(request, pk)
    own = request.POST.get("source") == "own"
    given = {"word": request.POST.get("word", "")} if own else {"typed": request.POST.get("typed", "")}
    run(
        request,
        NumberLetter(request.actor, request.now, held, held.letter, **given),
        lambda: _("文号 %(n)s 已记下。") % {"n": held.letter.number},
    )
    return back(held)


@allowed("warn.number")
@require_POST
def scan(request: Any, pk: int) -> HttpResponse:
    held = warning_in_scope(request, pk)
    data = request.FILES["scan"].read() if "scan" in request.FILES else b""
    deed = SignOffline(
        request.actor, request.now, held, data, _day(request, "signed"), request.POST.get("signed_by", "")
    )
    run(request, deed, _("盖章件已上传，以扫描件为正式件。下一步：发出。"))
    return back(held)


@allowed("warn.deliver")
@require_POST
def deliver(request: Any, pk: int) -> HttpResponse:
    held = warning_in_scope(request, pk)
    asked = {name: request.POST.get(name, "") for name in ("method", "person", "handed_by", "tracking", "note")}
    photo = request.FILES["photo"].read() if "photo" in request.FILES else b""
    deed = RegisterDelivery(request.actor, request.now, held, on=_day(request, "on"), photo=photo, **asked)
    run(request, deed, _("已登记送达，下一步：单位签收。"), undo=reverse("warn:do", args=[held.pk, "undo_delivery"]))
    return back(held)


def _day(request: Any, name: str) -> date | None:
    """A date of the form; None when it cannot be read, which the deed refuses."""
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        return None


@allowed(*ANY)
@require_POST
def do(request: Any, pk: int, act: str) -> HttpResponse:
    """Acts with at most a reason or a remark; the deed says who may."""
    held = warning_in_scope(request, pk)
    if act not in ACTS:
        raise Http404
    deed, said = ACTS[act](request, held)
    run(request, deed, said, undo=reverse("warn:do", args=[held.pk, "undo_delivery"]) if act == "deliver" else "")
    return back(held)


def _submit(request: Any, held: Warning) -> Any:
    return SubmitForReview(request.actor, request.now, held, _remark(request)), _("已提交审核，下一步：科长审核。")


def _review(request: Any, held: Warning) -> Any:
    return Review(
        request.actor, request.now, held, _remark(request)
    ), lambda: _("已审核，下一步：%(n)s。") % {"n": shown.next_step(held)}


def _countersign(request: Any, held: Warning) -> Any:
    return Countersign(request.actor, request.now, held, _remark(request)), _("已复审，下一步：签发。")


def _sign(request: Any, held: Warning) -> Any:
    return Sign(
        request.actor, request.now, held, _remark(request)
    ), lambda: _("已签发，下一步：%(n)s。") % {"n": shown.next_step(held)}


def _send_back(request: Any, held: Warning) -> Any:
    return SendBack(request.actor, request.now, held, _reason(request)), _("已退回，下一步：经办人修改。")


def _issue(request: Any, held: Warning) -> Any:
    return Issue(request.actor, request.now, held), _("已发出，下一步：登记送达。")


def _undo_delivery(request: Any, held: Warning) -> Any:
    return UndoDelivery(request.actor, request.now, held), _("已撤回送达登记。")


def _withdraw(request: Any, held: Warning) -> Any:
    cause = request.POST.get("cause", "other")
    return Withdraw(request.actor, request.now, held, _reason(request), cause), _("已撤回，文书不再发出。")


def _revoke(request: Any, held: Warning) -> Any:
    own = {"typed": request.POST.get("typed", ""), "word": request.POST.get("word", "")}
    cause = request.POST.get("cause", "other")
    return Revoke(request.actor, request.now, held, _reason(request), cause, **own), _("已撤销，撤销通知已发出。")


def _propose(request: Any, held: Warning) -> Any:
    return ProposeWithdrawal(request.actor, request.now, held, _reason(request)), _("已提出撤回，下一步：科长决定。")


def _keep(request: Any, held: Warning) -> Any:
    return KeepWarning(request.actor, request.now, held, _reason(request)), _("已维持，继续办理。")


ACTS = {
    "submit": _submit, "review": _review, "countersign": _countersign, "sign": _sign, "send_back": _send_back,
    "issue": _issue, "undo_delivery": _undo_delivery, "withdraw": _withdraw, "revoke": _revoke, "propose": _propose,
    "keep": _keep,
}  # fmt: skip


def _remark(request: Any) -> str:
    return request.POST.get("remark", "").strip()


def _reason(request: Any) -> str:
    return request.POST.get("reason", "").strip()
