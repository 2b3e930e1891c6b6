"""数据核对申请: the list, by last day, and the answers."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.people import audit
from wushang.people.models import Department
from wushang.people.page import allowed
from wushang.rectify import in_scope, mended
from wushang.rectify.deeds.answer_correction import AnswerCorrection
from wushang.rectify.deeds.return_correction import ReturnCorrection
from wushang.rectify.models.asked import CORRECTION_ANSWERS
from wushang.rectify.views.answers import run


@allowed("rectify.answer_correction")
def corrections(request: Any) -> HttpResponse:
    """Open ones first. Their free text may name people, so reading it is written to the audit log."""
    rows = in_scope.corrections(request.scope, "rectify.answer_correction").order_by("answered", "due", "pk")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    for row in page.object_list:
        if not row.answered:
            row.suggested, row.accidents, row.senders = mended.suggestion(row), mended.accidents(row), mended.senders(row)
    if page.object_list:
        audit.write(request.actor, request.now, "rectify.see", "corrections", {"ids": [row.pk for row in page]})
    return render(request, "rectify/corrections.html", {"page": page, "answers": CORRECTION_ANSWERS.items()})


@allowed("rectify.answer_correction")
@require_POST
def answer(request: Any, pk: int) -> HttpResponse:
    held = in_scope.one(in_scope.corrections(request.scope, "rectify.answer_correction"), pk)
    deed = AnswerCorrection(request.actor, request.now, held, request.POST.get("answer", ""), request.POST.get("reply", ""))
    run(request, deed, _("已答复，单位会收到消息。"))
    return redirect("rectify:corrections")


@allowed("rectify.answer_correction")
@require_POST
def send_back(request: Any, pk: int) -> HttpResponse:
    """退回报送单位."""
    held = in_scope.one(in_scope.corrections(request.scope, "rectify.answer_correction"), pk)
    to = Department.objects.filter(code=request.POST.get("sender", "")).first()
    deed = ReturnCorrection(request.actor, request.now, held, to, request.POST.get("reason", ""))
    run(request, deed, _("已请报送单位核对。申请的期限不变，到期前仍要答复单位。"))
    return redirect("rectify:corrections")
