"""对账: the months, one month with one party, entering, uploading, confirming."""

from __future__ import annotations

from datetime import date
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wushang.analyse.deeds.confirm_reconciliation import ConfirmReconciliation, side_of
from wushang.analyse.deeds.enter_reconciliation import EnterReconciliation
from wushang.analyse.models import Reconciliation
from wushang.analyse.models.reconciliation import PARTIES, REASONS
from wushang.people.page import allowed
from wushang.pool.known import known_of
from wushang.terms.period import add_months, month_end, month_of
from wushang.terms.problem import Refused
from wushang.web import days
from wushang.web.reconcile.ours import Ours, ours
from wushang.web.reconcile.upload import months_of

SHOWN = 12  # months
COUNTED = {"agency": gettext_lazy("人次，按申报日"), "emergency": gettext_lazy("起，按申报日")}


def of_this_place(view: Any) -> Any:
    """For who may reconcile the deployment's own figures: the right over another county is not enough."""

    @allowed("analyse.reconcile")
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.scope.covers("analyse.reconcile", settings.WUSHANG_REGION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class Figures(forms.Form):
    theirs = forms.IntegerField(min_value=0, label=gettext_lazy("对方的数"))
    source = forms.CharField(max_length=200, label=gettext_lazy("出处"), help_text=gettext_lazy("报表名称、文号或文件名"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for reason, title in REASONS.items():
            self.fields[reason] = forms.IntegerField(required=False, label=title)
            self.fields[f"{reason}_note"] = forms.CharField(required=False, max_length=300, label=gettext_lazy("说明"))

    def named(self) -> dict[str, tuple[int, str]]:
        said = self.cleaned_data
        return {reason: (said.get(reason) or 0, said.get(f"{reason}_note") or "") for reason in REASONS}


@of_this_place
def reconcile(request: Any) -> HttpResponse:
    """The last twelve months, both parties side by side."""
    last = add_months(month_of(request.today), -1)
    months = [add_months(last, -n) for n in range(SHOWN)]
    kept = {(r.month, r.party): r for r in Reconciliation.objects.filter(month__in=months).prefetch_related("differences")}
    rows = [
        {"month": month, "cells": [_cell(month, party, kept.get((month, party))) for party in PARTIES]} for month in months
    ]
    return render(request, "web/reconcile.html", {"rows": rows, "parties": PARTIES, "counted": COUNTED})


def _cell(month: date, party: str, found: Reconciliation | None) -> dict[str, Any]:
    url = reverse("reconcile_one", args=[f"{month:%Y-%m}", party])
    if found is None:
        return {"url": url, "found": None}
    rest = next((d.count for d in found.differences.all() if d.reason == "unexplained"), 0)
    return {"url": url, "found": found, "rest": rest}


def _asked(month: str, party: str) -> date:
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError as wrong:
        raise Http404 from wrong
    if party not in PARTIES:
        raise Http404
    return day


@of_this_place
def one(request: Any, month: str, party: str) -> HttpResponse:
    """One month with one party: ours, theirs, the parts of the difference, who has confirmed."""
    day = _asked(month, party)
    found = Reconciliation.objects.filter(month=day, party=party).first()
    known = known_of(request.GET, request.today)
    here = ours(request.scope, day, party, known.commit)
    form = Figures(request.POST or None, initial=_initial(found))
    if request.method == "POST" and not known.asked and form.is_valid():
        try:
            said = form.cleaned_data
            made = EnterReconciliation(
                request.actor, request.now, day, party, here.count, here.commit, said["theirs"], said["source"], form.named()
            ).do()
            messages.success(request, _answer(made))
            return redirect("reconcile_one", month, party)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "web/reconcile_one.html", _context(request, day, party, found, here, form) | {
        "known": known, "not_known": _("对方的数和确认不能按某日所知；按旧数不能登记。"),
        "may_print": request.scope.may("ledger.print"),
    })  # fmt: skip


def _context(request: Any, day: date, party: str, found: Any, here: Ours, form: Figures) -> dict[str, Any]:
    reasons = [
        {"title": title, "count": form[reason], "note": form[f"{reason}_note"], "hint": here.hints.get(reason)}
        for reason, title in REASONS.items()
    ]
    side = side_of(request.user, party)
    return {
        "month": day, "last": month_end(day), "party": party, "title": PARTIES[party], "counted": COUNTED[party], "found": found, "ours": here,
        "form": form, "reasons": reasons, "moved": found and found.ours != here.count,
        "may_confirm": bool(found and side and not getattr(found, f"{side}_at")),
    }  # fmt: skip


def _initial(found: Reconciliation | None) -> dict[str, Any]:
    if found is None:
        return {}
    parts = {d.reason: d.count for d in found.differences.all()} | {
        f"{d.reason}_note": d.note for d in found.differences.all()
    }
    return {"theirs": found.theirs, "source": found.source, **parts}


def _answer(made: Reconciliation) -> str:
    rest = made.differences.filter(reason="unexplained").first()
    left = _("，还有 %(n)+d 未解释") % {"n": rest.count} if rest else ""
    return _("已记下，差 %(gap)+d%(left)s。下一步：双方各自确认。") % {"gap": made.gap, "left": left}


@of_this_place
@require_POST
def confirm(request: Any, month: str, party: str) -> HttpResponse:
    found = get_object_or_404(Reconciliation, month=_asked(month, party), party=party)
    try:
        done = ConfirmReconciliation(request.actor, request.now, found).do()
        messages.success(request, _("双方都已确认，对账完成。") if done.settled else _("已确认，下一步：等对方确认。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("reconcile_one", month, party)


@of_this_place
@require_POST
def upload(request: Any, party: str) -> HttpResponse:
    """Figures of several months from one small file; months that are not over are passed over."""
    file = request.FILES.get("file")
    if party not in PARTIES or file is None:
        messages.error(request, _("没有选文件。请选择对方的报表再上传。"))
        return redirect("reconcile")
    try:
        entered = [_enter(request, party, month, count, file.name) for month, count in sorted(_complete(request, file).items())]
        span = "、".join(days.month(made.month) for made in entered)
        messages.success(request, _("已记下 %(n)d 个月（%(span)s）。下一步：逐月写明差异原因，双方确认。") % {"n": len(entered), "span": span})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("reconcile")


def _complete(request: Any, file: Any) -> dict[date, int]:
    this = month_of(request.today)
    return {month: count for month, count in months_of(file.read(), file.name).items() if month < this}


def _enter(request: Any, party: str, month: date, count: int, name: str) -> Reconciliation:
    """The named differences of a month stay; only the figures are new."""
    here = ours(request.scope, month, party)
    old = Reconciliation.objects.filter(month=month, party=party).first()
    named = {d.reason: (d.count, d.note) for d in old.differences.all() if d.reason in REASONS} if old else {}
    return EnterReconciliation(request.actor, request.now, month, party, here.count, here.commit, count, name, named).do()
