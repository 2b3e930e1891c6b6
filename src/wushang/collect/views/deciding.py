"""确认入库, 撤回本批."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.collect import shown
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.withdraw_batch import WithdrawBatch
from wushang.collect.models import Batch
from wushang.collect.views.asked import batch_of
from wushang.people.page import allowed
from wushang.terms.problem import Refused


@allowed("collect.confirm")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found = batch_of(request, pk)
    try:
        ConfirmBatch(request.actor, request.now, found, request.POST.get("reason", "")).do()
        left = shown.numbers(found).open
        said = (
            _("已确认，正在入库。")
            if not left
            else _("已确认，正在入库；还有 %(n)s 行待订正，订正后单独入库。") % {"n": left}
        )
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}。{refused.problem.remedy}".replace("。。", "。"))
    return redirect("collect:batch", pk=pk)


@allowed("collect.withdraw")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = batch_of(request, pk)
    try:
        done = WithdrawBatch(request.actor, request.now, found, request.POST.get("reason", "")).do()
        landed = done.state == Batch.WITHDRAWING
        messages.success(request, _("正在撤回，入库前的数据将恢复。") if landed else _("已撤回，没有计入任何数据。"))
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return redirect("collect:batch", pk=pk)
