"""待发箱, 练习短信箱, 收件箱."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.people.page import allowed, signed_in
from wushang.warn import channels, failing, hours, units
from wushang.warn.deeds.read_item import ReadAll, ReadItem
from wushang.warn.deeds.set_start_day import SetStartDay
from wushang.warn.deeds.tell_by_hand import HOW, TellByHand, awaits_registration
from wushang.warn.deeds.withdraw_push import WithdrawPush
from wushang.warn.deeds.withhold import Withhold
from wushang.warn.inbox import READERS, letter_of
from wushang.warn.inbox import mine as items_for
from wushang.warn.models import Delivery, InboxItem, PracticeMessage, Push, StartDay
from wushang.warn.models.outbox import DELIVERY_STATES
from wushang.warn.outbox import BY_HAND
from wushang.warn.views._answers import run


def _in_scope(request: Any, verb: str = "warn.outbox") -> QuerySet:
    """Messages about enterprises in the scope."""
    seen = units.visible(request.scope, verb)
    about = Q(enterprise__in=seen) | Q(warning__enterprise__in=seen) | Q(push__enterprise__in=seen)
    return Delivery.objects.filter(about).exclude(purpose="code").select_related("push", "warning", "letter")


@allowed("warn.outbox")
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits, what failed, what was sent; pushes can be withdrawn while they wait."""
    rows = _in_scope(request)
    state = request.GET.get("state", "waiting")
    shown = rows.filter(state=state) if state in DELIVERY_STATES else rows
    if request.GET.get("by") == "hand":  # 人工告知: where the desk leads
        shown = shown.filter(channel=BY_HAND)
    shown = shown.order_by("next_attempt", "pk") if state == "waiting" else shown.order_by("-created", "-pk")
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    for row in page:
        row.by = channels.channel(row.channel).title
        row.to_tell = row.state == "waiting" and row.channel == BY_HAND and not awaits_registration(row)
    tabs = [
        {"code": c, "title": t, "n": rows.filter(state=c).count(), "now": c == state}
        for c, t in DELIVERY_STATES.items()
    ]
    days = {row.name: row for row in StartDay.objects.all()}
    starts = [{"name": n, "title": t, "row": days.get(n)} for n, t in _starts()]
    failures = failing.seen(request.scope, "warn.outbox")  # type: ignore[attr-defined]
    said = {"page": page, "tabs": tabs, "state": state, "starts": starts, "failures": failures, "how": HOW.items()}
    said |= {"hours": hours.said(request.now), "open": hours.are_open(request.now)}  # type: ignore[attr-defined]
    said["may_start"] = request.scope.may("warn.start_day")  # type: ignore[attr-defined]
    return render(request, "warn/outbox.html", said)


def _starts() -> list[tuple[str, Any]]:
    return [("push", _("工伤三推送")), *((f"channel:{n}", channels.channel(n).title) for n in channels.outside())]


@allowed("warn.outbox")
@require_POST
def withhold(request: Any, pk: int) -> HttpResponse:
    row = get_object_or_404(_in_scope(request), pk=pk)
    run(
        request,
        Withhold(request.actor, request.now, row, request.POST.get("reason", "")),
        _("已撤回，这条消息不会发出。"),
    )
    return redirect("warn:outbox")


@allowed("warn.outbox")
@require_POST
def told(request: Any, pk: int) -> HttpResponse:
    """登记告知 of a row for the hand."""
    row = get_object_or_404(_in_scope(request), pk=pk)
    run(request, TellByHand(request.actor, request.now, row, request.POST.get("how", "")), _("已登记告知。"))
    return redirect(f"{reverse('warn:outbox')}?by=hand")


@allowed("warn.outbox")
@require_POST
def withdraw_push(request: Any, pk: int) -> HttpResponse:
    push = get_object_or_404(Push.objects.filter(enterprise__in=units.visible(request.scope, "warn.outbox")), pk=pk)
    run(
        request,
        WithdrawPush(request.actor, request.now, push, request.POST.get("reason", "")),
        _("已撤回这起事故的推送，没有发出的不再发出。"),
    )
    return redirect("warn:outbox")


@allowed("warn.start_day")
@require_POST
def start_day(request: Any) -> HttpResponse:
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Http404 from None
    deed = SetStartDay(request.actor, request.now, request.POST.get("name", ""), day)
    run(request, deed, _("已设启用日期 %(day)s，以前的不会推送。") % {"day": day})
    return redirect("warn:outbox")


@signed_in
def practice(request: Any) -> HttpResponse:
    """练习短信箱 of the units in reach: for everybody in demo, in trial for those who see the outbox; a live deployment
    has none. Codes lie in it: whoever reads another county's could pass for its unit."""
    mode = settings.WUSHANG_MODE
    if mode == "live" or mode == "trial" and not request.scope.may("warn.outbox"):
        raise PermissionDenied
    seen = units.visible(request.scope, "warn.outbox" if mode == "trial" else "warn.see")
    page = Paginator(PracticeMessage.objects.filter(delivery__enterprise__in=seen), 50).get_page(request.GET.get("page"))
    return render(request, "warn/practice.html", {"page": page, "may_warn": request.scope.may("warn.see")})


@allowed(*READERS)
def inbox(request: Any) -> HttpResponse:
    """收件箱 of my department."""
    mine = items_for(request.actor)
    page = Paginator(mine.select_related("delivery__letter__warning"), 50).get_page(request.GET.get("page"))
    for item in page:
        item.opens = _behind(request, item)
    return render(request, "warn/inbox.html", {"page": page, "unread": mine.filter(read=None).count()})


@allowed(*READERS)
@require_POST
def read_all(request: Any) -> HttpResponse:
    run(request, ReadAll(request.actor, request.now), _("全部已阅。"))
    return redirect("warn:inbox")


@allowed(*READERS)
@require_POST
def read(request: Any, pk: int) -> HttpResponse:
    item = get_object_or_404(items_for(request.actor), pk=pk)
    run(request, ReadItem(request.actor, request.now, item), _("已阅。"))
    return redirect(_behind(request, item) or "warn:inbox")


def _behind(request: Any, item: InboxItem) -> str:
    """The address that a message opens: its page; a circular itself for whom the page of its unit is not; '' for none."""
    letter = letter_of(item)
    if letter and letter.warning and not request.scope.covers("warn.see", *units.place_of(letter.warning.enterprise_id)):
        return reverse("warn:paper", args=[letter.pk, "pdf"])
    return item.link if _may_open(request, item.link) else ""


def _may_open(request: Any, link: str) -> bool:
    """Whether the page behind a message is one of this role's; else the message is all there is to read."""
    try:
        verbs = getattr(resolve(link.split("#")[0].split("?")[0]).func, "verbs", ())
    except Resolver404:
        return False
    return "signed_in" in verbs or any(request.scope.may(verb) for verb in verbs)
