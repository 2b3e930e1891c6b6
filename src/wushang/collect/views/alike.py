"""Many rows at once: all of a kind by one act, all suggestions, a 订正表 that comes back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.collect.deeds.settle_alike import SettleAlike
from wushang.collect.deeds.take_corrections import Outcome, TakeCorrections
from wushang.collect.models import Batch, Settling
from wushang.collect.settling import carry_out
from wushang.collect.views.asked import batch_of
from wushang.people.page import allowed
from wushang.terms.problem import Refused

SOON = 4.0  # seconds of one request; the worker goes on with the rest


@allowed("collect.mend")
@require_POST
def settle_alike(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """按原值接收, 退回 or 按建议改正 for all rows of one kind; without a kind 按建议全部改正."""
    found = batch_of(request, pk)
    if act not in dict(Settling.ACTS):
        raise Http404
    try:
        order = SettleAlike(
            request.actor, request.now, found, act, request.POST.get("kind", ""), request.POST.get("reason", "")
        ).do()
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
        return redirect("collect:batch", pk=pk)
    if not order.done:
        carry_out(order, request.now, SOON)
    _say(request, found, order)
    return redirect("collect:batch", pk=pk)


def _say(request: HttpRequest, found: Batch, order: Settling) -> None:
    if order.act == Settling.RETURN:
        words = {"n": order.settled, "s": found.sender.short_name}
        messages.success(request, _("已退回%(s)s %(n)d 行。下一步：%(s)s改好再报，或把订正表填好传回来。") % words)
        return
    said = {"n": order.settled, "how": order.get_act_display(), "left": order.left, "why": order.why}
    messages.success(request, _("%(how)s：已处理 %(n)d 行。") % said)
    if order.left:
        messages.warning(request, _("还有 %(left)d 行不能这样处理，仍在待订正。%(why)s") % said)
    if not order.done:
        messages.info(request, _("其余的行正在后台处理，可以先做别的事。"))


@allowed("collect.mend")
@require_POST
def take_corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """上传订正表: the workbook that was downloaded here, filled in."""
    found = batch_of(request, pk)
    sent = request.FILES.get("file")
    if sent is None:
        messages.error(request, _("请先选文件。"))
    else:
        taken_back(request, found, sent.read(), sent.name or "")
    return redirect("collect:batch", pk=pk)


def taken_back(request: HttpRequest, found: Batch, content: bytes, name: str) -> None:
    """Mend what the workbook changed, and say what became of it."""
    try:
        done: Outcome = TakeCorrections(request.actor, request.now, found, content, name).do()
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
        return
    said = {"n": len(done.mended), "same": len(done.same), "file": name}
    messages.success(request, _("订正表 %(file)s：改正 %(n)d 行，未改动 %(same)d 行。") % said)
    for row, why in done.wrong[:5]:
        messages.warning(request, _("第 %(row)d 行仍有问题：%(why)s") % {"row": row, "why": why})
    if len(done.wrong) > 5:
        messages.warning(request, _("仍有问题的共 %(n)d 行，都还在待订正。") % {"n": len(done.wrong)})
    if done.unknown:
        rows = "、".join(map(str, done.unknown[:10]))
        messages.warning(request, _("订正表第 %(rows)s 行对不上本批的行（核对码缺失或原文已变），没有处理。") % {"rows": rows})
