"""同类一并处理: all open rows with the same problem, by one act with one reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect import counts
from wushang.collect.models import Batch, QuarantinedRow, Settling
from wushang.collect.place import place_of, refuse_beyond
from wushang.people.deed import Deed, Place, refuse


@dataclass
class SettleAlike(Deed):
    """`kind` empty: every row whose suggestions mend it wholly (按建议改正 only). Rows go back at once; to mend or to
    accept is an order that `settling.carry_out` works off row by row."""

    batch: Batch
    act_of: str
    kind: str = ""
    reason: str = ""

    verb = "collect.mend"
    title = _("同类一并处理")

    def where(self) -> tuple[Place, ...]:
        return place_of(self.batch)

    def check(self) -> None:
        refuse_beyond(self.actor.scope, self.verb, self.batch.sender)
        batch = Batch.objects.select_for_update().get(pk=self.batch.pk)
        if batch.state not in (Batch.CHECKED, Batch.LANDED):
            why = _g("这一批现在是“%(state)s”，不能订正。") % {"state": batch.get_state_display()}
            raise refuse("state", why, _("请刷新页面，看它到了哪一步。"))
        if self.act_of != Settling.MEND and (not self.kind or len(self.reason.strip()) < 2):
            raise refuse("reason", _("没有写理由。"), _("请写明理由；它会记在每一行上。"))
        if Settling.objects.filter(batch=batch, kind=self.kind, done=None).exists():
            raise refuse("twice", _("这一类正在处理。"), _("请等它完成，再看还剩哪几行。"))
        if not self._rows().exists():
            raise refuse("nothing", _("没有这样的待订正行。"), _("请刷新页面。"))

    def _rows(self):
        return rows_of(self.batch, self.kind, self.act_of)

    def act(self) -> Settling:
        order = Settling(batch=self.batch, kind=self.kind, act=self.act_of, reason=self.reason.strip()[:500],
                         by=self.actor.name, user=self.actor.user, at=self.at)  # fmt: skip
        if self.act_of == Settling.RETURN:
            order.settled = self._rows().update(
                state=QuarantinedRow.RETURNED, reason=order.reason, by=self.actor.name, at=self.at
            )
            order.done = self.at
            counts.recount(self.batch)
        order.save()
        return order

    def subject(self) -> str:
        return f"batch:{self.batch.pk}"

    def said(self) -> dict:
        return {"kind": self.kind, "how": self.act_of, "reason": self.reason}


def rows_of(batch: Batch, kind: str, act: str):
    """The open rows of a kind; to be mended, those alone whose suggestions mend them wholly."""
    rows = batch.quarantined.filter(state=QuarantinedRow.OPEN)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(suggested=True) if act == Settling.MEND else rows
