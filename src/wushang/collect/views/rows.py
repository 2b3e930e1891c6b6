"""One waiting row: its form, and what a person does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wushang.collect.deeds.accept_row import AcceptRow
from wushang.collect.deeds.mend_row import MendRow
from wushang.collect.deeds.return_row import ReturnRow
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.shown.rows import shown_row
from wushang.collect.views.asked import batch_of, may
from wushang.collect.views.result import fields_of, numbers_of
from wushang.people.page import allowed
from wushang.terms.problem import Refused


@allowed("collect.see")
@require_safe
def row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """One waiting row; ?act= opens its form. Plain personal cells are shown to who mends, and that is written down."""
    found = batch_of(request, pk)
    waiting = get_object_or_404(found.quarantined, row=row)
    act = request.GET.get("act", "")
    return render(request, "collect/_row.html", _row(request, waiting, act if may(request, "collect.mend", found) else ""))


def _row(request: HttpRequest, waiting: QuarantinedRow, act: str = "", error: str = "") -> dict[str, Any]:
    one = shown_row(waiting, waiting.batch.version.loaded())
    allowed_to = may(request, "collect.mend", waiting.batch) and waiting.batch.state in (Batch.CHECKED, Batch.LANDED)
    entry = {"shown": one, "act": act, "error": error, "fields": fields_of(request, one) if act == "mend" else []}
    return {"batch": waiting.batch, "entry": entry, "may_mend": allowed_to}


@allowed("collect.mend")
@require_POST
def settle(request: HttpRequest, pk: int, row: int, act: str) -> HttpResponse:
    """改正, 仍按原值, 退回: one row. htmx gets the row and the numbers, a plain form the page."""
    found = batch_of(request, pk)
    waiting = get_object_or_404(found.quarantined.select_related("batch__version", "batch__sender__region"), row=row)
    reason, error = request.POST.get("reason", ""), ""
    try:
        _deed(request, waiting, act, reason).do()
    except Refused as refused:
        waiting.refresh_from_db()
        error = f"{refused.problem.why}{refused.problem.remedy}"
    if not request.htmx:
        if error:
            messages.error(request, error)
        place = request.GET.copy()  # the same part of the same list, with a word on the row that was
        place["last"] = str(row)
        return redirect(reverse("collect:batch", args=[pk]) + f"?{place.urlencode()}#waiting")
    waiting = found.quarantined.get(pk=waiting.pk)
    again = act if error or (act == "mend" and waiting.waits) else ""
    found.refresh_from_db()
    waiting.batch = found
    context = {**numbers_of(request, found), **_row(request, waiting, again, error), "and_numbers": True}
    answer = render(request, "collect/_row.html", context)
    if not waiting.waits:
        answer["HX-Trigger"] = "settled"  # kinds, differences and papers of the page are asked for anew
    return answer


def _deed(request: HttpRequest, waiting: QuarantinedRow, act: str, reason: str) -> MendRow | AcceptRow | ReturnRow:
    if act == "mend":
        columns = waiting.batch.version.loaded().columns
        values = {n.removeprefix("value-"): v for n, v in request.POST.items() if n.removeprefix("value-") in columns}
        return MendRow(request.actor, request.now, waiting, values, reason)
    if act == "accept":
        return AcceptRow(request.actor, request.now, waiting, reason)
    if act == "return":
        return ReturnRow(request.actor, request.now, waiting, reason)
    raise Http404
