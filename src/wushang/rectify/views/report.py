"""填写整改情况 on the telephone: a page of questions at a time, kept while it is filled in, then the head's signature."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wushang.rectify import access, photos, questions
from wushang.rectify.deeds.add_photo import AddPhoto, RemovePhoto
from wushang.rectify.deeds.ask_head import AskHead
from wushang.rectify.deeds.confirm_report import ConfirmReport
from wushang.rectify.deeds.save_answer import SaveAnswer
from wushang.rectify.deeds.start_report import StartReport
from wushang.rectify.deeds.submit_report import SubmitReport
from wushang.rectify.models import Photo, RectifyReport
from wushang.rectify.report_form import MOST_MEASURES, Form, form_of
from wushang.rectify.steps import plainly, ready
from wushang.rectify.views.answers import number as id_of
from wushang.rectify.views.hand_back import handler_of
from wushang.rectify.views.phone import base, did, url
from wushang.rectify.visitor import Visitor, entered
from wushang.rectify.work import open_now
from wushang.terms.problem import Refused
from wushang.warn import tell

PROMISE = gettext_lazy("我单位保证所填内容真实，并按所列措施整改。")


@entered
def report(request: Any, visitor: Visitor, number: int) -> HttpResponse:
    held = _report(request, visitor)
    if held is None:
        return redirect(url(visitor, "home"))
    form = form_of(held.case)
    if not 1 <= number <= form.most(held.answers):
        raise Http404
    if request.method == "POST" and _save(request, visitor, held, number):
        stays = "remove" in request.POST or "stay" in request.POST  # a photo was taken away, or sent as soon as it was chosen
        return redirect(request.path if stays else _after(visitor, held, number, "more" in request.POST))
    return render(request, "web/phone/questions.html", _page(visitor, held, form, number))


def _report(request: Any, visitor: Visitor) -> RectifyReport | None:
    """The draft of this round; None (with a sentence) where nothing is to be filled in now."""
    if not visitor.warning.acknowledged:
        messages.error(request, _("请先签收，再填写整改情况。"))
        return None
    case = visitor.case or open_now(visitor.warning, request.now)
    try:
        return StartReport(visitor.actor, request.now, case).do()
    except Refused as refused:
        messages.error(request, plainly(refused))
        return None


def _save(request: Any, visitor: Visitor, held: RectifyReport, number: int) -> bool:
    """Answers first, then each photo: a photo that cannot be kept loses no word."""
    try:
        answers = form_of(held.case).read(request.POST, number, held.answers)
        SaveAnswer(visitor.actor, request.now, held.case, held, answers).do()
        if gone := held.photos.filter(pk=id_of(request, "remove"), removed=None).first():
            RemovePhoto(visitor.actor, request.now, held.case, gone).do()
        for file in request.FILES.getlist("photos"):
            AddPhoto(visitor.actor, request.now, held.case, held, file.read(photos.LARGEST + 1)).do()
    except Refused as refused:
        messages.error(request, plainly(refused))
        return False
    return True


def _after(visitor: Visitor, held: RectifyReport, number: int, more: bool) -> str:
    """The next page; after the last measure home, but where one more is wanted."""
    held.refresh_from_db()
    form = form_of(held.case)
    last = form.most(held.answers) if more else form.pages(held.answers)
    return url(visitor, "report", number + 1) if number < last else url(visitor, "home")


def _page(visitor: Visitor, held: RectifyReport, form: Form, number: int) -> dict[str, Any]:
    given = form.held(number, held.answers)
    measure = number - form.first_pages
    pages = max(form.pages(held.answers), number)
    title = _("整改措施 第 %(n)d 条") % {"n": measure} if measure > 0 else _("填写整改情况")
    return base(visitor, "home") | {
        "title": title, "at": number, "of": pages,
        "questions": [_question(visitor, held, q, given.get(q.code, ""), measure) for q in form.page(number)],
        "autosave_url": url(visitor, "save", number),
        "back_url": url(visitor, "report", number - 1) if number > 1 else url(visitor, "home"),
        "next": _("保存，填完了") if number == pages and measure > 0 else _("保存，下一页"),
        "more": _("保存，再加一条措施") if number == pages and measure > 0 and pages < form.first_pages + MOST_MEASURES else "",
    }  # fmt: skip


def _question(visitor: Visitor, held: RectifyReport, q: questions.Question, value: str, measure: int) -> dict[str, Any]:
    # one measure has to be there; a further one may be left empty after all
    return {
        "name": q.code, "ask": q.title, "hint": q.hint, "kind": q.kind, "value": value, "must": q.required and measure < 2,
        "options": [{"value": code, "title": title, "checked": code == value} for code, title in q.choices],
        "photos": pictures(held, lambda photo: url(visitor, "photo", photo.pk)) if q.kind == "photo" else [],
        "returned": remark_on(held, questions.MEASURES.code if measure == 1 and q.code == "what" else q.code),
    }  # fmt: skip


def pictures(held: RectifyReport, address: Any) -> list[dict[str, Any]]:
    live = held.photos.filter(removed=None)
    return [
        {"url": address(photo), "title": _("照片 %(n)d") % {"n": n}, "remove": photo.pk if held.may_be_filled else ""}
        for n, photo in enumerate(live, 1)
    ]


def remark_on(held: RectifyReport, field: str) -> str:
    """Why this field came back, from the round before."""
    before = held.case.reports.filter(round=held.round - 1).first()
    remark = before.remarks.filter(field=field).first() if before else None
    return remark.reason if remark else ""


@entered
@require_POST
def save(request: Any, visitor: Visitor, number: int) -> HttpResponse:
    """自动保存; 409 with the sentence when it cannot be kept."""
    held = visitor.case.report if visitor.case else None
    if held is None or not 1 <= number <= form_of(held.case).most(held.answers):
        raise Http404
    try:
        answers = form_of(held.case).read(request.POST, number, held.answers)
        SaveAnswer(visitor.actor, request.now, held.case, held, answers).do()
    except Refused as refused:
        return HttpResponse(plainly(refused), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@entered
def photo(request: Any, visitor: Visitor, pk: int) -> HttpResponse:
    found = get_object_or_404(Photo, pk=pk, report__case__enterprise=visitor.link.enterprise_id, removed=None)
    return picture(found)


def picture(found: Photo) -> HttpResponse:
    """The bytes, named for what they are; a browser must not guess."""
    kept = photos.kept(found.sha256, found.kind)
    if kept is None:
        raise Http404
    answer = FileResponse(kept, content_type=photos.MIME[found.kind])
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@entered
@require_POST
def ask_head(request: Any, visitor: Visitor) -> HttpResponse:
    """发给负责人签字: the head gets a link of the head's own."""
    if visitor.case is None or visitor.case.report is None:
        messages.error(request, _("请先填写整改情况。"))
        return redirect(url(visitor, "home"))
    form = form_of(visitor.case)
    if left := form.missing(visitor.case.report.answers):
        messages.error(request, _("还有没填的：%(titles)s。") % {"titles": questions.titles(left)})
        return redirect(url(visitor, "report", form.page_of(left[0].code)))
    link, token = access.make_link(visitor.warning, request.now, "confirm")
    head = next(iter(access.contacts_of(link)), None)
    if head is None:
        messages.error(request, _("没有登记主要负责人的手机号，请打电话告诉经办人。"))
        return redirect(url(visitor, "home"))
    if not did(request, AskHead(visitor.actor, request.now, visitor.case, visitor.case.report), ""):
        return redirect(url(visitor, "home"))
    text = _("请确认本单位的整改情况，点开后用本机验证码签字。\n%(link)s") % {"link": access.address(token)}
    sent = tell.phone(
        head.phone, text, request.now, of=visitor.link.enterprise_id, recipient=visitor.unit, title=_("请负责人签字"),
        purpose="notice",
    )  # fmt: skip
    if sent.state == "sent":
        messages.success(request, _("已发到 %(who)s，等负责人点开签字。") % {"who": access.masked(head)})
    else:
        messages.error(request, _("短信没有发出去，%(call)s。") % {"call": access.whom_to_call(visitor.warning)})
    return redirect(url(visitor, "home"))


@entered
def confirm(request: Any, visitor: Visitor) -> HttpResponse:
    """主要负责人确认 and, with it, the report goes to the reviewer."""
    held = visitor.case.report if visitor.case else None
    if held is None or not held.may_be_filled or visitor.is_head and not ready(visitor.case):
        return redirect(url(visitor, "home"))  # whose step is next is told there
    if not visitor.is_head:
        messages.error(request, _("要由主要负责人本人确认。请点“发给负责人签字”，由负责人用自己的手机打开。"))
        return redirect(url(visitor, "home"))
    if request.method == "POST":
        sign = ConfirmReport(
            visitor.actor, request.now, held.case, held, visitor.contact, visitor.contact.name,
            promised=request.POST.get("promise") == "yes",
        )  # fmt: skip
        try:
            sign.do()
        except Refused as refused:
            return render(request, "web/phone/confirm.html", _confirmation(visitor, held) | {"error": plainly(refused)})
        if did(request, SubmitReport(visitor.actor, request.now, held.case, held), _("已提交。")):
            return redirect(url(visitor, "home"))
    return render(request, "web/phone/confirm.html", _confirmation(visitor, held))


def _confirmation(visitor: Visitor, held: RectifyReport) -> dict[str, Any]:
    return base(visitor, "home") | {
        "says": _("%(name)s，您好。请看一遍，确认后提交。") % {"name": visitor.contact.name},
        "answers": answers_of(held, lambda photo: url(visitor, "photo", photo.pk)),
        "promise": PROMISE,
        "code": False,  # this telephone was proved at the door
        "back_url": url(visitor, "hand_back") if handler_of(visitor) else "",
        "edit_url": url(visitor, "report", 1),
    }


def answers_of(held: RectifyReport, address: Any) -> list[dict[str, Any]]:
    """Every question with its answer, as both sides read it."""
    answers = held.answers
    return [
        {"code": q.code, "ask": q.title, "value": questions.spoken(q, answers),
         "photos": pictures(held, address) if q.kind == "photo" else []}
        for q in (*form_of(held.case).questions, questions.MEASURES)
    ]  # fmt: skip
