"""Which acts the page of a warning offers this person now: one next step, others beside it, the dangerous one last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushang.people.actor import Actor
from wushang.warn import signing, states
from wushang.warn.models import SignStep, Warning
from wushang.warn.units import place_of


@dataclass(frozen=True)
class Act:
    """`kind`: post (a button), anchor (a form further up), reason (asks why)."""

    code: str
    title: Any
    kind: str = "post"
    says: Any = ""


NUMBER = Act("number", _("编文号"), "anchor")
DELIVER = Act("deliver", _("登记送达"), "anchor")
SUBMIT = Act("submit", _("提交审核"))
REVIEW = Act("review", _("审核同意"))
COUNTERSIGN = Act("countersign", _("复审同意"))
SIGN = Act("sign", _("签发"))
ISSUE = Act("issue", _("发出"))
SEND_BACK = Act("send_back", _("退回修改"), "reason", _("退回后由经办人修改重新提交，已有的签批作废。"))
PROPOSE = Act("propose", _("提出撤回"), "reason", _("由科长决定撤回或维持，本件继续办理。"))
KEEP = Act("keep", _("维持预警"), "reason", _("不撤回，继续办理。"))
WITHDRAW = Act("withdraw", _("撤回预警"), "reason", _("文书还没有送达，撤回后不再发出，文号作废，原件留档。"))
REVOKE = Act("revoke", _("撤销预警"), "reason", _("文书已经送达，撤销后另发撤销通知，原件留档。"))

VERBS = {
    "number": "warn.number", "deliver": "warn.deliver", "submit": "warn.draft", "review": "warn.review",
    "countersign": "warn.review", "sign": "warn.sign", "issue": "warn.deliver", "propose": "warn.draft",
    "keep": "warn.review", "withdraw": "warn.withdraw", "revoke": "warn.revoke",
}  # fmt: skip


@dataclass(frozen=True)
class Offer:
    primary: Act | None
    others: tuple[Act, ...]
    danger: tuple[Act, ...]
    waits: Any  # whom the case waits for, where this person has no next step


def offer(warning: Warning, actor: Actor) -> Offer:
    """What this person may do now, and who is next otherwise."""
    place = place_of(warning.enterprise_id)

    def may(act: Act) -> bool:
        verb = VERBS.get(act.code) or ("warn.sign" if warning.state == "reviewed" else "warn.review")
        return actor.scope.covers(verb, *place) and not (act in SIGNATURES and _signed_before(warning, actor))

    nexts = NEXT_ACTS.get(warning.state, ())
    if warning.state == "reviewed":
        nexts = (COUNTERSIGN,) if signing.waits_for(warning) == "countersign" else (SIGN,)
    if warning.state == "signed" and not warning.letter.number:
        nexts = (NUMBER,)
    primary = next((act for act in nexts if may(act)), None)
    others = tuple(act for act in _others(warning) if may(act) and act != primary)
    danger = tuple(act for act in _danger(warning) if may(act))
    return Offer(primary, others, danger, WAITS.get(warning.state, ""))


SIGNATURES = (REVIEW, COUNTERSIGN, SIGN)
NEXT_ACTS: dict[str, tuple[Act, ...]] = {
    "drafted": (SUBMIT,), "submitted": (REVIEW,), "signed": (ISSUE,), "issued": (DELIVER,),
}  # fmt: skip
WAITS = {
    "drafted": _("等待经办人起草"),
    "submitted": _("等待科长审核"),
    "reviewed": _("等待领导签发"),
    "signed": _("等待经办人编号发出"),
    "issued": _("等待送达登记"),
    "delivered": _("等待单位签收"),
    "acknowledged": _("由单位整改"),
}


def _others(warning: Warning) -> list[Act]:
    acts = [SEND_BACK] if states.allows(warning, "send_back") else []
    if warning.withdrawal_proposed:
        acts.append(KEEP)
    elif warning.is_open:
        acts.append(PROPOSE)
    return acts


def _danger(warning: Warning) -> list[Act]:
    return [act for act in (WITHDRAW, REVOKE) if states.allows(warning, act.code)]


def _signed_before(warning: Warning, actor: Actor) -> bool:
    return actor.user is not None and SignStep.objects.filter(warning=warning, live=True, who=actor.user).exists()
