"""退回报送单位: the row does not count; its sender is to look at the original."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wushang.collect import counts
from wushang.collect.mending import save_counted, still_open
from wushang.collect.models import QuarantinedRow
from wushang.collect.place import place_of, refuse_beyond
from wushang.people.deed import Deed, Place, refuse


@dataclass
class ReturnRow(Deed):
    row: QuarantinedRow
    reason: str

    verb = "collect.mend"
    title = _("退回报送单位")

    def where(self) -> tuple[Place, ...]:
        return place_of(self.row.batch)

    def check(self) -> None:
        refuse_beyond(self.actor.scope, self.verb, self.row.batch.sender)
        still_open(self.row)
        if len(self.reason.strip()) < 2:
            raise refuse("reason", _("没有写退回的理由。"), _("请写明要报送单位核对什么。"))

    def act(self) -> QuarantinedRow:
        row, stood = self.row, counts.standing(self.row)
        row.state, row.reason = row.RETURNED, self.reason.strip()[:500]
        row.by, row.at = self.actor.name, self.at
        save_counted(row, stood)
        return row

    def subject(self) -> str:
        return f"batch:{self.row.batch_id}"

    def said(self) -> dict:
        return {"row": self.row.row, "reason": self.reason}
