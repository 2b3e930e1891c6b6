"""The acts on a 预警件, or on its 另发文书, that need at most a reason or a remark; each deed says who may."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.people.page import allowed
from wushang.warn import shown, standing
from wushang.warn.deeds.countersign import Countersign
from wushang.warn.deeds.give_up_letter import GiveUpLetter
from wushang.warn.deeds.issue import Issue
from wushang.warn.deeds.keep_warning import KeepWarning
from wushang.warn.deeds.propose_withdrawal import ProposeWithdrawal
from wushang.warn.deeds.review import Review
from wushang.warn.deeds.revoke import Revoke
from wushang.warn.deeds.send_back import SendBack
from wushang.warn.deeds.sign import Sign
from wushang.warn.deeds.submit_for_review import SubmitForReview
from wushang.warn.deeds.undo_delivery import UndoDelivery
from wushang.warn.deeds.withdraw import Withdraw
from wushang.warn.models import Warning
from wushang.warn.views._answers import back, further_of, run, warning_in_scope


@allowed("warn.see")
@require_POST
def do(request: Any, pk: int, act: str) -> HttpResponse:
    """Acts with at most a reason or a remark; the deed says who may."""
    held = warning_in_scope(request, pk)
    if act not in ACTS:
        raise Http404
    deed, said = ACTS[act](request, held)
    done = run(request, deed, said, undo=reverse("warn:do", args=[held.pk, "undo_delivery"]) if act == "deliver" else "")
    if act == "revoke" and done:
        return back(held, deed.made)
    return back(held, deed.further)


def _submit(request: Any, held: Warning) -> Any:
    return SubmitForReview(request.actor, request.now, held, _remark(request), further=further_of(request, held)), _("已提交审核，下一步：科长审核。")


def _review(request: Any, held: Warning) -> Any:
    more = further_of(request, held)
    deed = Review(request.actor, request.now, held, _remark(request), further=more)
    return deed, lambda: _("已审核，下一步：%(n)s。") % {"n": shown.next_step(held, more)}


def _countersign(request: Any, held: Warning) -> Any:
    return Countersign(request.actor, request.now, held, _remark(request), further=further_of(request, held)), _("已复审，下一步：签发。")


def _sign(request: Any, held: Warning) -> Any:
    more = further_of(request, held)
    deed = Sign(request.actor, request.now, held, _remark(request), further=more)
    return deed, lambda: _("已签发，下一步：%(n)s。") % {"n": shown.next_step(held, more)}


def _send_back(request: Any, held: Warning) -> Any:
    return SendBack(request.actor, request.now, held, _reason(request), further=further_of(request, held)), _("已退回，下一步：经办人修改。")


def _issue(request: Any, held: Warning) -> Any:
    more = further_of(request, held)
    return Issue(request.actor, request.now, held, further=more), _("已发出。") if more else _("已发出，下一步：登记送达。")


def _undo_delivery(request: Any, held: Warning) -> Any:
    return UndoDelivery(request.actor, request.now, held), _("已撤回送达登记。")


def _withdraw(request: Any, held: Warning) -> Any:
    deed = Withdraw(request.actor, request.now, held, _reason(request), request.POST.get("cause", "other"))
    return deed, lambda: _("已撤回，文书不再发出。") + _stands(deed.stands)


def _stands(held: Warning | None) -> str:
    return _("现在是第 %(n)d 件：%(said)s。") % {"n": held.pk, "said": standing.said(held)} if held else ""


def _revoke(request: Any, held: Warning) -> Any:
    deed = Revoke(request.actor, request.now, held, reason=_reason(request), cause=request.POST.get("cause", "other"))
    return deed, _("撤销通知已起草，下一步：提交审核。发出以后预警才撤销。")


def _give_up(request: Any, held: Warning) -> Any:
    return GiveUpLetter(request.actor, request.now, held, _reason(request), further=further_of(request, held)), _("已作废，不再发出。")


def _propose(request: Any, held: Warning) -> Any:
    return ProposeWithdrawal(request.actor, request.now, held, _reason(request)), _("已提出撤回，下一步：科长决定。")


def _keep(request: Any, held: Warning) -> Any:
    return KeepWarning(request.actor, request.now, held, _reason(request)), _("已维持，继续办理。")


ACTS = {
    "submit": _submit, "review": _review, "countersign": _countersign, "sign": _sign, "send_back": _send_back,
    "issue": _issue, "undo_delivery": _undo_delivery, "withdraw": _withdraw, "revoke": _revoke, "propose": _propose,
    "keep": _keep, "give_up": _give_up,
}  # fmt: skip


def _remark(request: Any) -> str:
    return request.POST.get("remark", "").strip()


def _reason(request: Any) -> str:
    return request.POST.get("reason", "").strip()
