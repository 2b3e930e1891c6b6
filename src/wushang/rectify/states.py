"""The life of a case: which deed may follow which state, in one table. Nobody writes a state but through `move`.

The warning's own states (drafted … closed) live in warn.states; evaluate calls this room's deeds with its verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wushang.people.deed import refuse

if TYPE_CHECKING:
    from wushang.rectify.models import Case

TITLES = {
    "open": _("待办结"),  # the policy asks for neither report nor interview
    "interview": _("待约谈"),
    "interviewed": _("已约谈，待办结"),
    "report_due": _("待报整改情况"),
    "overdue": _("未交"),
    "submitted": _("待复核"),
    "late_submitted": _("迟交，待复核"),
    "returned": _("退回补正"),
    "accepted": _("复核通过，待办结"),
    "evaluating": _("待评估"),
    "extended": _("延期评估"),
    "listed": _("挂牌督办"),
    "delisted": _("已摘牌"),
    "closed_ok": _("办结"),
    "dropped": _("随预警终止"),
}
ENDED = ("delisted", "closed_ok", "dropped")
OPEN = tuple(state for state in TITLES if state not in ENDED)
FIRST = ("open", "interview", "report_due")  # as a case begins
WITH_ENTERPRISE = ("report_due", "overdue", "returned")  # the enterprise has to act
WITH_REVIEWER = ("submitted", "late_submitted")


@dataclass(frozen=True)
class Move:
    """A deed's step: from these states to one of those (the first is the usual one)."""

    title: object
    sources: tuple[str, ...]
    targets: tuple[str, ...]


MOVES = {
    "interview": Move(_("登记约谈"), ("interview",), ("interviewed",)),
    "submit": Move(_("提交整改情况"), WITH_ENTERPRISE, ("submitted", "late_submitted")),
    "overdue": Move(_("列入未交"), ("report_due", "returned"), ("overdue",)),
    "accept": Move(_("通过复核"), WITH_REVIEWER, ("evaluating", "accepted")),
    "return": Move(_("退回补正"), WITH_REVIEWER, ("returned",)),
    "close": Move(_("办结"), ("open", "interviewed", "accepted"), ("closed_ok",)),
    "pass": Move(_("评估通过，办结"), ("evaluating", "extended"), ("closed_ok",)),
    "list": Move(_("挂牌督办"), ("evaluating", "extended"), ("listed",)),
    "extend": Move(_("延期评估"), ("evaluating", "extended"), ("extended",)),
    "delist": Move(_("摘牌"), ("listed",), ("delisted",)),
    "drop": Move(_("随预警终止"), OPEN, ("dropped",)),
    "revive": Move(_("恢复整改"), ("dropped",), OPEN),
    "untake": Move(_("撤销接续"), (*OPEN, "closed_ok"), ("dropped",)),
}


def allows(case: Case, name: str) -> bool:
    return case.state in MOVES[name].sources


def must_allow(case: Case, name: str) -> None:
    """Refuse with what the state is, and which states would do."""
    if not allows(case, name):
        wanted = "、".join(str(TITLES[s]) for s in MOVES[name].sources)
        raise refuse(
            "state",
            _("本件现在是“%(state)s”，不能%(act)s。") % {"state": TITLES[case.state], "act": MOVES[name].title},
            _("“%(wanted)s”时才可以；请刷新本页查看最新状态。") % {"wanted": wanted},
        )


def move(case: Case, name: str, target: str = "") -> None:
    """Compare and set: of two people who act at the same moment one is refused."""
    must_allow(case, name)
    target = target or MOVES[name].targets[0]
    if target not in MOVES[name].targets:
        raise ValueError(f"{name} does not lead to {target}")
    if not type(case).objects.filter(pk=case.pk, state=case.state).update(state=target):
        case.refresh_from_db(fields=["state"])
        must_allow(case, name)
        raise refuse("state", _("本件刚刚被别人办理过。"), _("请刷新本页再办。"))
    case.state = target
