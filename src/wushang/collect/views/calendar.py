"""报送日历: departments and their tables × months, who has reported and who has not; 催报; 应报日."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wushang.collect.deeds.set_due_day import SetDueDay
from wushang.collect.deeds.urge_sender import UrgeSender
from wushang.collect.inforce import sources
from wushang.collect.models import DueRule
from wushang.collect.owed import LATE, MISSING, ON_TIME, Owed, owed
from wushang.collect.place import departments_in
from wushang.collect.views.asked import nav
from wushang.people.models import Department, User
from wushang.people.page import allowed, day_of, number_of
from wushang.terms.period import Period, add_months, month_end, month_of
from wushang.terms.problem import Refused

MONTHS = 12


@allowed("collect.see")
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Twelve months; the chosen month in detail below."""
    last = add_months(month_of(request.today), -1)
    until = min(_month(request, "until") or last, last)
    chosen = min(_month(request, "month") or until, until)
    period = Period(add_months(until, 1 - MONTHS), month_end(until))
    found = owed(request.scope, period, request.today)
    detail = [one for one in found if one.month == chosen and (one.due or one.batches)]
    context = {
        "nav": nav(request, "collect:calendar"), "months": period.months(), "chosen": chosen, "rows": _rows(found),
        "detail": detail, "counts": _counts(detail), "until": until, "earlier": add_months(until, -MONTHS),
        "later": add_months(until, MONTHS) if until < last else None,
        "may_urge": request.scope.covers("collect.urge", settings.WUSHANG_REGION), **_due_days(request),
    }  # fmt: skip
    return render(request, "collect/calendar.html", context)


def _month(request: HttpRequest, name: str) -> date | None:
    found = day_of({name: f"{request.GET.get(name, '')}-01"}, name)
    return found if found and 1990 <= found.year <= 2100 else None


def _rows(found: list[Owed]) -> list[dict[str, Any]]:
    """One row a department and table."""
    groups = groupby(found, key=lambda one: (one.sender, one.source.id))
    rows = [(sender, list(cells)) for (sender, _source), cells in groups]
    return [{"sender": sender, "source": cells[0].source, "cells": cells} for sender, cells in rows]


def _counts(detail: list[Owed]) -> dict[str, int]:
    due = [one for one in detail if one.due]
    return {
        "owed": len(due), "on_time": sum(one.state == ON_TIME for one in due), "late": sum(one.state == LATE for one in due),
        "missing": sum(one.state == MISSING for one in due), "open": sum(one.open > 0 for one in detail),
    }  # fmt: skip


def _due_days(request: HttpRequest) -> dict[str, Any]:
    tables = sources()
    titles = {one.id: one.title for one in tables}
    rules = [{"rule": rule, "title": titles.get(rule.source, rule.source)} for rule in DueRule.objects.select_related("sender")]
    kinds = {kind for one in tables for kind in one.departments}
    return {
        "rules": rules, "tables": tables, "shifts": DueRule.SHIFTS, "may_set": request.scope.may("collect.sources"),
        "senders": departments_in(request.scope, "collect.see").filter(kind__in=kinds),
    }  # fmt: skip


@allowed("collect.urge")
@require_POST
def urge(request: HttpRequest) -> HttpResponse:
    """One tap: the message stands on the 待办 of the department's people."""
    sender = get_object_or_404(departments_in(request.scope, "collect.urge"), pk=number_of(request.POST, "sender"))
    month = day_of(request.POST, "month")
    back = reverse("collect:calendar") + (f"?month={month:%Y-%m}" if month else "")
    try:
        UrgeSender(request.actor, request.now, request.POST.get("source", ""), sender, month or request.today).do()
        messages.success(request, _("已催报。") + _who_reads(sender))
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return redirect(back)


def _who_reads(sender: Department) -> str:
    """On whose 待办 it stands; told where nobody of the department has an account."""
    people = User.objects.filter(department=sender, is_active=True, appointments__role__verbs__icontains="collect.upload")
    names = "、".join(people.values_list("name", flat=True).distinct())
    if names:
        return _("已放进%(who)s%(names)s的待办。") % {"who": sender.short_name, "names": names}
    return _("%(who)s还没有报送员账号，平台里没有人看得到，请另外打电话。") % {"who": sender.short_name}


@allowed("collect.sources")
@require_POST
def set_due_day(request: HttpRequest) -> HttpResponse:
    """应报日 from a month on."""
    said = request.POST
    sender = departments_in(request.scope, "collect.sources").filter(pk=number_of(said, "sender")).first()
    since = day_of({"since": f"{said.get('since', '')}-01"}, "since") or month_of(request.today)
    try:
        SetDueDay(
            request.actor, request.now, said.get("source", ""), number_of(said, "day"), since, said.get("shift", ""), sender,
            said.get("owed", "yes") == "yes", said.get("basis", ""),
        ).do()  # fmt: skip
        messages.success(request, _("应报日已设定，自 %(m)s 起。") % {"m": f"{since.year}年{since.month}月"})
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return redirect("collect:calendar")
