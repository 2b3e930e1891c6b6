"""Which acts the page of a warning offers this person now: one next step, others beside it, the dangerous one last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushang.people.actor import Actor
from wushang.warn import issuing, signing, states
from wushang.warn.further import may_still_leave
from wushang.warn.models import Letter, Warning
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
PROPOSE = Act("propose", _("提出撤回"), "reason", _("您不能直接撤回：写明理由交科长，由科长撤回或维持；决定以前本件照常办理。"))
KEEP = Act("keep", _("维持预警"), "reason", _("不撤回也不撤销，继续办理，撤回的建议不再提。"))
WITHDRAW = Act("withdraw", _("撤回预警"), "reason", _("文书还没有送达单位，当即撤回：不再发出，文号作废，原件留档。"))
REVOKE = Act("revoke", _("撤销预警"), "reason", _("文书已经送达单位，不能撤回，只能撤销：先拟撤销通知，审核、签发、发出后预警才撤销，原件留档。"))
GIVE_UP = Act("give_up", _("作废本文书"), "reason", _("不再发出，文号作废，留档备查。"))

VERBS = {
    "number": "warn.number", "deliver": "warn.deliver", "submit": "warn.draft", "review": "warn.review",
    "countersign": "warn.review", "sign": "warn.sign", "issue": "warn.issue", "propose": "warn.draft",
    "keep": "warn.review", "withdraw": "warn.withdraw", "revoke": "warn.draft", "give_up": "warn.withdraw",
}  # fmt: skip


@dataclass(frozen=True)
class Offer:
    primary: Act | None
    others: tuple[Act, ...]
    danger: tuple[Act, ...]
    waits: Any  # whom the case waits for, where this person has no next step


def offer(warning: Warning, actor: Actor, further: Letter | None = None) -> Offer:
    """What this person may do now, and who is next otherwise; with `further`, on that 另发文书."""
    place, piece, letter = place_of(warning.enterprise_id), further or warning, further or warning.letter

    def may(act: Act) -> bool:
        if not actor.scope.covers(_verb(act, piece), *place):
            return False
        if act in OF_THE_ISSUER and not of_the_issuer(actor, letter):
            return False
        return act not in SIGNATURES or may_put_name(actor, piece, letter)

    going = further is None or further.is_open
    if going and further is not None and not may_still_leave(warning, further):
        waits = _("预警件现在是“%(state)s”，本文书不能再发，请作废。") % {"state": warning.state_title}
        return Offer(None, (), tuple(act for act in (GIVE_UP,) if may(act)), waits)
    nexts = NEXT_ACTS.get(piece.state, ()) if going else ()
    if piece.state == "reviewed":
        nexts = (COUNTERSIGN,) if signing.waits_for(piece) == "countersign" else (SIGN,)
    if piece.state == "signed" and not letter.number:
        nexts = (NUMBER,)
    primary = next((act for act in nexts if may(act)), None)
    danger = tuple(act for act in _danger(piece) if may(act))
    others = tuple(act for act in _others(piece, bool(danger)) if may(act) and act != primary)
    return Offer(primary, others, danger, WAITS.get(piece.state, "") if going else "")


def _verb(act: Act, piece: Any) -> str:
    """The right an act needs; a 撤销通知 is signed by who may revoke."""
    if act == SIGN and getattr(piece, "purpose", "") == "revocation":
        return "warn.revoke"
    return VERBS.get(act.code) or ("warn.sign" if piece.state == "reviewed" else "warn.review")


def may_put_name(actor: Actor, piece: Any, letter: Letter | None) -> bool:
    """Nobody signs twice, and nobody outside the department that issues."""
    if actor.user is None:
        return True
    signed = any(step.live and step.who_id == actor.user.pk for step in piece.steps.all())
    return of_the_issuer(actor, letter) and not signed


def of_the_issuer(actor: Actor, letter: Letter | None) -> bool:
    return actor.user is None or issuing.of_house(actor.user, letter.bureau if letter else None)


SIGNATURES = (REVIEW, COUNTERSIGN, SIGN)
OF_THE_ISSUER = (SEND_BACK, KEEP)  # a deputy's or another bureau's reviewer decides nothing of another's letter
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


def _others(warning: Any, decides: bool) -> list[Act]:
    """`decides`: this person ends the piece without asking, so that a proposal is not offered beside it."""
    acts = [SEND_BACK] if states.allows(warning, "send_back") else []
    if isinstance(warning, Letter):
        return acts
    if warning.withdrawal_proposed:
        acts.append(KEEP)
    elif states.allows(warning, "withdraw") and not decides:
        acts.append(PROPOSE)
    return acts


def _danger(warning: Any) -> list[Act]:
    if isinstance(warning, Letter):
        return [GIVE_UP] if states.allows(warning, "give_up") else []
    return [act for act in (WITHDRAW, REVOKE) if states.allows(warning, act.code)]
