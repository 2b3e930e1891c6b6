"""The enterprise's page: what happened, three steps, the letter, the request for correction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.rectify import clocks, happened, steps
from wushang.rectify.deeds.ask_correction import AskCorrection
from wushang.rectify.models.asked import CORRECTION_KINDS
from wushang.rectify.policy import rules_of
from wushang.rectify.views.door import help_of, issuer
from wushang.rectify.visitor import Visitor, entered
from wushang.rectify.words import said_day
from wushang.rectify.work import open_now
from wushang.terms.problem import Refused
from wushang.warn.deeds.acknowledge import Acknowledge
from wushang.warn.deeds.read_item import ReadByUnit
from wushang.warn.models import InboxItem, Letter
from wushang.warn.papers import official_file

SHOWN = 50  # messages on the page


@entered
def home(request: Any, visitor: Visitor) -> HttpResponse:
    context = base(visitor, "home") | steps.headline(visitor, request.today) | {
        "issuer": issuer(visitor.warning), "today": request.today, "links": _links(visitor),
    }  # fmt: skip
    if not context["level"]:
        return render(request, "rectify/phone/nothing.html", context)
    listed = happened.events(visitor.warning)
    return render(request, "web/phone/case.html", context | {
        "happened": happened.parts(visitor.warning),
        "steps": steps.steps(visitor, request.today),
        "events": listed,
        "grounds": happened.grounds(visitor.warning),
        "events_title": _("%(n)d 起事故") % {"n": len({one["when"] + one["text"] for one in listed})},
        "sent": steps.answer_words(visitor),
        "returned": steps.returned_words(visitor),
    })  # fmt: skip


def base(visitor: Visitor, here: str) -> dict[str, Any]:
    """What every page of the unit shows: its name and the two tabs; 我的函件 counts what it has not read."""
    unread = _messages(visitor).filter(read=None).count()
    names = (("home", _("要办的事"), 0), ("letters", _("我的函件"), unread))
    tabs = [{"title": title, "url": url(visitor, name), "active": name == here, "count": n} for name, title, n in names]
    return {"unit": visitor.unit, "tabs": tabs}


def _messages(visitor: Visitor) -> QuerySet:
    """站内消息 of this unit, newest first."""
    return InboxItem.objects.filter(enterprise=visitor.link.enterprise_id).select_related("delivery__warning")


def url(visitor: Visitor, name: str, *args: Any) -> str:
    return reverse(f"rectify:{name}", args=[visitor.token, visitor.warning.pk, *args])


def _links(visitor: Visitor) -> list[dict[str, str]]:
    letter, help_ = visitor.warning.letter, help_of(visitor.warning)
    asked = visitor.warning.corrections.order_by("-pk").first()
    says = (asked.answer_title or _("正在核对")) if asked else _("%(length)s内答复") % {"length": _answered_within(visitor)}
    return [
        {"title": _("查看原函"), "says": letter.number if letter else "", "url": url(visitor, "letter")},
        {"title": _("数据不对，申请核对"), "says": str(says), "url": url(visitor, "correction")},
        {"title": _("打电话问经办人"), "says": help_["title"], "url": help_["url"]},
    ]


def _answered_within(visitor: Visitor) -> str:
    """5个工作日, or what the policy says."""
    clock = clocks.deadline(rules_of(visitor.warning), "correction", timezone.localdate(visitor.warning.opened))
    return clock.length if clock else _("尽快")


def did(request: Any, deed: Any, said: str) -> bool:
    """Do the deed and say so ('': the caller has more to say), or say plainly why not."""
    try:
        deed.do()
    except Refused as refused:
        messages.error(request, steps.plainly(refused))
        return False
    if said:
        messages.success(request, said)
    return True


@entered
@require_POST
def acknowledge(request: Any, visitor: Visitor) -> HttpResponse:
    deed = Acknowledge(visitor.actor, request.now, visitor.warning, person=visitor.contact.name)
    try:
        deed.do()
    except Refused as refused:
        messages.error(request, steps.plainly(refused))
    else:
        case = open_now(visitor.warning, request.now)
        told = steps.next_step(replace(visitor, case=case), request.today)
        messages.success(request, _("已签收。下一步：%(what)s。") % {"what": told})
    return redirect(url(visitor, "home"))


@entered
def letter(request: Any, visitor: Visitor, pk: int = 0) -> HttpResponse:
    """The official piece as PDF (or the stamped scan): the warning's own letter, or another one of this unit."""
    asked = _letters(visitor).filter(pk=pk).first() if pk else visitor.warning.letter
    found = official_file(asked) if asked else None
    if found is None:
        raise Http404
    return FileResponse(found.file.open("rb"), filename=found.name, as_attachment=False)


def _letters(visitor: Visitor) -> QuerySet:
    """Every piece that was sent to this unit."""
    mine = Letter.objects.filter(warning__enterprise=visitor.link.enterprise_id, dropped=False).exclude(code="")
    return mine.exclude(warning__issued=None).select_related("warning")


@entered
def letters(request: Any, visitor: Visitor) -> HttpResponse:
    """我的函件, newest first: the warning letters lead to their page, the others open."""
    rows = []
    for one in _letters(visitor).order_by("-created", "-pk"):
        main = one.purpose == "main"
        to = reverse("rectify:home", args=[visitor.token, one.warning_id]) if main else url(visitor, "letter_file", one.pk)
        state = one.warning.state_title if main else said_day(one.signed)
        rows.append({"title": one.title, "says": one.number, "url": to, "state": state})
    told = [_told(visitor, one) for one in _messages(visitor)[:SHOWN]]
    ReadByUnit(visitor.actor, request.now, visitor.warning.enterprise).do()  # what is on the page counts as read
    return render(request, "rectify/phone/letters.html", base(visitor, "letters") | {"rows": rows, "told": told})


def _told(visitor: Visitor, one: InboxItem) -> dict[str, Any]:
    """A message as the page shows it; it leads to the warning it is about."""
    about = one.delivery.warning
    to = reverse("rectify:home", args=[visitor.token, about.pk]) if about and about.issued else ""
    return {"title": one.title, "text": one.text, "at": one.created, "new": one.read is None, "url": to}


@entered
def correction(request: Any, visitor: Visitor) -> HttpResponse:
    """数据不对，申请核对: what is wrong, in the unit's own words; below it what was asked and answered before."""
    asked = {"kind": request.POST.get("kind", ""), "text": request.POST.get("text", "")}
    if request.method == "POST":
        deed = AskCorrection(visitor.actor, request.now, visitor.warning, **asked)
        if did(request, deed, _("已提交，%(length)s内答复。核对期间整改照常进行。") % {"length": _answered_within(visitor)}):
            return redirect(url(visitor, "correction"))
    return render(request, "rectify/phone/correction.html", base(visitor, "home") | {
        "may_ask": not visitor.warning.corrections.filter(answered=None).exists(),
        "kinds": CORRECTION_KINDS.items(), "asked": asked, "within": _answered_within(visitor), "past": visitor.warning.corrections.order_by("-pk"),
        "back_url": url(visitor, "home"),
    })  # fmt: skip
