"""预警件: one page from top to bottom, and the acts on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.people.page import allowed, day_of
from wushang.terms import codes
from wushang.warn import facts, judged, numbers, offered, shown, standing, states, units, wording
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.deeds.register_delivery import METHODS, RegisterDelivery
from wushang.warn.deeds.sign_offline import SignOffline
from wushang.warn.deeds.withdraw import CAUSES
from wushang.warn.letter_form import LetterForm
from wushang.warn.models import Letter, LetterNumber, Warning
from wushang.warn.views._answers import back, further_of, run, warning_in_scope
from wushang.warn.views.papers import pages_of

ANY = ("warn.see",)


@allowed(*ANY)
def warning(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, warning_in_scope(request, pk))


@allowed(*ANY)
def further(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """A 另发文书: the same page for its fields, number, signatures and acts."""
    held = warning_in_scope(request, pk)
    return _page(request, held, further=get_object_or_404(held.letters.exclude(state=""), pk=letter))


def _page(request: Any, held: Warning, form: LetterForm | None = None, further: Letter | None = None) -> HttpResponse:
    now, letter = units.version_of(held.enterprise_id), further or held.letter
    return render(request, "warn/further.html" if further else "warn/warning.html", {
        "further": further,
        "on": f"?letter={further.pk}" if further else "",
        "piece": further or held,
        "due": further.due if further else held.due,
        "warning": held,
        "now": now,
        "town": shown.town_name(now.region) if now else "",
        "industry": codes.name("industry", now.industry) if now else "",
        "regulator": units.regulator_of(now) if now else None,
        "unit_url": _unit_url(request, held),
        "after": standing.after(held) if held.is_open else "",
        "neighbours": shown.neighbours(request.scope, held),
        "stages": shown.stages(held, request.today),
        "why": _why(held),
        "form": form or _form(held, request, further=further),
        "offer": offered.offer(held, request.actor, further),
        "next": shown.next_step(held, further),
        "numbering": _numbering(further or held, letter, request),
        "told": shown.told(held),
        "methods": [(m, codes.name("delivery_method", m)) for m in METHODS],
        "causes": CAUSES.items(),
        "mend": _may_edit(held, request, further),
        "explain": request.scope.may("judge.see"),
        "may": {v: request.scope.covers(f"warn.{v}", *units.place_of(held.enterprise_id)) for v in ("deliver", "number")},
        **_papers(held, letter, further),
        **_rooms(held, further),
    })  # fmt: skip


def _papers(held: Warning, letter: Letter | None, further: Letter | None) -> dict[str, Any]:
    """The letter, what it still lacks, the pages of the one shown, and the others."""
    there = held.letters.exclude(purpose="correction", number="")
    left = there.filter(Q(state="") | Q(state="issued"), dropped=False)
    seen = further or left.order_by("-pk").first()
    return {
        "letter": letter,
        "others": there.exclude(pk=letter.pk if letter else None).order_by("pk"),
        "paper": getattr(held, "paper", None),
        "pages": range(1, len(pages_of(seen)) + 1) if seen and not hasattr(held, "paper") else (),
        "shown_letter": seen,
        "missing": [f.label for f in wording.letter(letter.kind).missing(letter.values)] if letter else [],
        "edits": shown.edits(letter) if letter else [],
    }  # fmt: skip


def _rooms(held: Warning, further: Letter | None) -> dict[str, Any]:
    """The parts that the next room puts on the page of a warning, where it is built in."""
    taken_over = shown.is_taken_over(held)
    return {
        "taken_over": taken_over,
        "rectify_next": _there("rectify/_warning_next.html") if not further and (taken_over or held.state == "acknowledged") else "",
        "rectify_foot": "" if further else _there("rectify/_warning_foot.html"),
        "rectify_due": _there("rectify/_warning_due.html"),
        "rectify_section": _there("rectify/_warning_section.html"),
        "rectify_referral": _there("rectify/_warning_referral.html"),
        "volume_door": _there("evaluate/_volume_door.html"),
    }  # fmt: skip


def _unit_url(request: Any, held: Warning) -> str:
    """The unit's dossier, for who may open it."""
    if not request.scope.covers("pool.see", *units.place_of(held.enterprise_id)):
        return ""
    try:
        return reverse("enterprise", args=[held.enterprise_id])
    except NoReverseMatch:  # the top floor's page is not built in
        return ""


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


def _may_edit(held: Warning, request: Any, further: Letter | None = None) -> bool:
    verb = {"drafted": "warn.draft", "submitted": "warn.review"}.get((further or held).state)
    if verb == "warn.review" and not offered.of_the_issuer(request.actor, further or held.letter):
        return False
    return bool(verb) and request.scope.covers(verb, *units.place_of(held.enterprise_id))


def _form(held: Warning, request: Any, data: Any = None, further: Letter | None = None) -> LetterForm | None:
    letter = further or held.letter
    if letter is None:
        return None
    return LetterForm(wording.letter(letter.kind), letter.values, data, frozen=not _may_edit(held, request, further))


def _numbering(piece: Any, letter: Letter | None, request: Any) -> dict[str, Any]:
    """字 that the issuer used last, and how far this year's numbers are used."""
    bureau = letter.bureau if letter else None
    word = numbers.last_word(bureau.code, "") if bureau else ""
    top = LetterNumber.objects.filter(word=word, year=request.today.year).order_by("-number").first() if word else None
    return {"word": word, "top": top, "open": piece.state in states.BEFORE_ISSUE}


@allowed("warn.draft", "warn.review")
@require_POST
def edit(request: Any, pk: int) -> HttpResponse:
    held = warning_in_scope(request, pk)
    further = further_of(request, held)
    form = _form(held, request, request.POST, further)
    if form is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("有 %(n)d 项没有填对，请按各栏下面的说明改正。") % {"n": len(form.errors)})
        return _page(request, held, form, further)
    deed = EditLetter(request.actor, request.now, held, further or held.letter, form.values())
    run(request, deed, _("已保存，预览已更新。"))
    return back(held, further)


@allowed("warn.number")
@require_POST
def number(request: Any, pk: int) -> HttpResponse:
    held = warning_in_scope(request, pk)
    own = request.POST.get("source") == "own"
    given = {"word": request.POST.get("word", "")} if own else {"typed": request.POST.get("typed", "")}
    letter = further_of(request, held) or held.letter
    run(
        request,
        NumberLetter(request.actor, request.now, held, letter, **given),
        lambda: _("文号 %(n)s 已记下。") % {"n": letter.number},
    )
    return back(held, letter)


@allowed("warn.number")
@require_POST
def scan(request: Any, pk: int) -> HttpResponse:
    held = warning_in_scope(request, pk)
    data = request.FILES["scan"].read() if "scan" in request.FILES else b""
    further = further_of(request, held)
    who = request.POST.get("signed_by", "")
    deed = SignOffline(request.actor, request.now, held, data, day_of(request.POST, "signed"), who, further=further)
    run(request, deed, _("盖章件已上传，以扫描件为正式件。下一步：发出。"))
    return back(held, further)


@allowed("warn.deliver")
@require_POST
def deliver(request: Any, pk: int) -> HttpResponse:
    held = warning_in_scope(request, pk)
    asked = {name: request.POST.get(name, "") for name in ("method", "person", "handed_by", "tracking", "note")}
    photo = request.FILES["photo"].read() if "photo" in request.FILES else b""
    deed = RegisterDelivery(request.actor, request.now, held, on=day_of(request.POST, "on"), photo=photo, **asked)
    run(request, deed, lambda: _delivered(held), undo=reverse("warn:do", args=[held.pk, "undo_delivery"]))
    return back(held)


def _delivered(held: Warning) -> str:
    if held.acknowledged:
        return _("已登记送达和签收，下一步由单位办理。")
    return _("已登记送达，没有人签收，期限从送达之日起算。") if held.nobody_signs else _("已登记送达，下一步：单位签收。")
