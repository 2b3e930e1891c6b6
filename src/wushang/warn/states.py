"""The life of a warning, and of a 另发文书: which deed may follow which state, in one table. Nobody writes a state but through `move`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wushang.people.deed import refuse

if TYPE_CHECKING:
    from wushang.warn.models import Letter, Warning

TITLES = {
    "drafted": _("待起草"),
    "submitted": _("审核中"),
    "reviewed": _("待签发"),
    "signed": _("待发出"),
    "issued": _("待送达"),
    "delivered": _("已送达"),
    "acknowledged": _("已签收"),
    "withdrawn": _("已撤回"),
    "revoked": _("已撤销"),
    "merged": _("已并案"),
    "closed": _("办结"),
}
FURTHER_TITLES = {**TITLES, "drafted": _("待提交"), "issued": _("已发出"), "withdrawn": _("已作废")}  # of a 另发文书
ENDED = ("withdrawn", "revoked", "merged", "closed")
OPEN = tuple(state for state in TITLES if state not in ENDED)
UNSIGNED_YET = ("drafted", "submitted", "reviewed")
BEFORE_ISSUE = (*UNSIGNED_YET, "signed")
NOT_DELIVERED = (*BEFORE_ISSUE, "issued")
UNSIGNED = ("left", "announcement")  # 留置、公告 deliver, but nobody signs


@dataclass(frozen=True)
class Move:
    """A deed's step: from these states to that one ("" stays where it is)."""

    title: object
    sources: tuple[str, ...]
    target: str


MOVES = {
    "edit": Move(_("修改"), ("drafted", "submitted"), ""),
    "submit": Move(_("提交审核"), ("drafted",), "submitted"),
    "send_back": Move(_("退回修改"), ("submitted", "reviewed"), "drafted"),
    "review": Move(_("审核"), ("submitted",), "reviewed"),
    "countersign": Move(_("复审"), ("reviewed",), ""),
    "sign": Move(_("签发"), ("reviewed",), "signed"),
    "sign_offline": Move(_("上传盖章件"), ("drafted", "submitted", "reviewed", "signed"), "signed"),
    "number": Move(_("编文号"), BEFORE_ISSUE, ""),
    "issue": Move(_("发出"), ("signed",), "issued"),
    "deliver": Move(_("登记送达"), ("issued",), "delivered"),
    "deliver_again": Move(_("登记送达"), ("delivered", "acknowledged"), ""),
    "undo_delivery": Move(_("撤回送达登记"), ("delivered", "acknowledged"), "issued"),
    "acknowledge": Move(_("签收"), ("issued", "delivered"), "acknowledged"),
    "give_up": Move(_("作废"), BEFORE_ISSUE, "withdrawn"),
    "raise": Move(_("升级"), UNSIGNED_YET, "drafted"),
    "join": Move(_("并入"), OPEN, ""),
    "merge": Move(_("并案"), OPEN, "merged"),
    "restore": Move(_("恢复办理"), ("merged",), ""),  # to the state it had
    "withdraw": Move(_("撤回"), NOT_DELIVERED, "withdrawn"),
    "revoke": Move(_("撤销"), ("delivered", "acknowledged"), "revoked"),
    "close": Move(_("办结"), ("delivered", "acknowledged"), "closed"),
    "untake": Move(_("撤销接续"), ("issued", "delivered", "acknowledged", "merged", "closed"), "withdrawn"),
}


def allows(warning: Warning | Letter, move: str) -> bool:
    return warning.state in MOVES[move].sources


def must_allow(warning: Warning | Letter, move: str) -> None:
    """Refuse with what the state is, and which states would do."""
    if not allows(warning, move):
        wanted = "、".join(str(TITLES[s]) for s in MOVES[move].sources)
        raise refuse(
            "state",
            _("本件现在是“%(state)s”，不能%(act)s。") % {"state": TITLES[warning.state], "act": MOVES[move].title},
            _("只有“%(wanted)s”的件可以%(act)s；请刷新本页查看最新状态。")
            % {"wanted": wanted, "act": MOVES[move].title},
        )


def move(warning: Warning | Letter, name: str, to: str = "") -> None:
    """Compare and set: of two people who act at the same moment one is refused."""
    must_allow(warning, name)
    target = to or MOVES[name].target or warning.state
    changed = type(warning).objects.filter(pk=warning.pk, state=warning.state).update(state=target)
    if not changed:
        warning.refresh_from_db(fields=["state"])
        must_allow(warning, name)
        raise refuse("state", _("本件刚刚被别人办理过。"), _("请刷新本页再办。"))
    warning.state = target
