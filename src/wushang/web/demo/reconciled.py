"""对账: two months beside the agency's and the emergency bureau's figures; one month with everything named, one with a rest."""

from __future__ import annotations

from datetime import date, datetime

from wushang.analyse.deeds.confirm_reconciliation import ConfirmReconciliation
from wushang.analyse.deeds.enter_reconciliation import EnterReconciliation
from wushang.analyse.models import Reconciliation
from wushang.terms.period import add_months, month_of
from wushang.web.demo.place import actor
from wushang.web.reconcile.ours import ours

SOURCES = {"agency": "经办月报", "emergency": "生产安全事故统计月报"}
NOTES = {"commuting": "上下班途中的不在对方口径内", "dating": "对方按事故发生日统计"}


def compare(until: date, at: datetime) -> None:
    """The two months before the one whose file was kept back."""
    last = month_of(until)
    for month, rest in ((add_months(last, -2), 0), (add_months(last, -1), 1)):
        for party in SOURCES:
            made = _enter(month, party, rest, at)
            if not rest:
                _confirm(made, at)


def _enter(month: date, party: str, rest: int, at: datetime) -> Reconciliation:
    """Theirs leaves out the way to work (the bureau's count) or dates one case otherwise (the agency's)."""
    wang, name = actor("wangli", at), f"{month.year}年{month.month}月{SOURCES[party]}"
    here = ours(wang.scope, month, party)
    reason = "commuting" if party == "emergency" else "dating"
    apart = min(here.count, here.hints["commuting"] if reason == "commuting" else 1)
    theirs = max(here.count - apart - rest, 0)
    return EnterReconciliation(
        wang, at, month, party, here.count, here.commit, theirs, name, {reason: (apart, NOTES[reason])}
    ).do()


def _confirm(made: Reconciliation, at: datetime) -> None:
    """Both sides, where the other one has somebody who may."""
    ConfirmReconciliation(actor("wangli", at), at, made).do()
    if made.party == "emergency":
        ConfirmReconciliation(actor("fangzhiqiang", at), at, made).do()
