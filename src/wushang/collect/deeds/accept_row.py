"""仍按原值接收并说明: a person takes a waiting row as it stands and says why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect import counts
from wushang.collect.mending import hand_on, lacks, read_again, refuse_if_key_is_taken, save_counted, settle, still_open
from wushang.collect.models import QuarantinedRow
from wushang.collect.place import place_of, refuse_beyond
from wushang.people.deed import Deed, Place, refuse


@dataclass
class AcceptRow(Deed):
    """What cannot be read stays missing; what can is taken as written."""

    row: QuarantinedRow
    reason: str
    among_many: bool = False  # the caller hands the delivery on when all are settled

    verb = "collect.mend"
    title = _("仍按原值接收")

    def where(self) -> tuple[Place, ...]:
        return place_of(self.row.batch)

    def check(self) -> None:
        refuse_beyond(self.actor.scope, self.verb, self.row.batch.sender)
        still_open(self.row)
        if len(self.reason.strip()) < 2:
            raise refuse("reason", _("没有说明为什么按原值接收。"), _("请写明依据，如“已电话核实，原件如此”。"))
        self._again = read_again(self.row, {})
        if missing := lacks(self.row, self._again):
            why = _g("“%(titles)s”是必填项，读不出来就不能计入。") % {"titles": "、".join(missing)}
            raise refuse("needed", why, _("请改正这一格，或退回报送单位。"))
        refuse_if_key_is_taken(self.row, self._again)

    def act(self) -> QuarantinedRow:
        row, stood = self.row, counts.standing(self.row)
        settle(row, self._again, row.ACCEPTED)
        row.reason, row.by, row.at = self.reason.strip()[:500], self.actor.name, self.at
        save_counted(row, stood)
        if not self.among_many:
            hand_on(row.batch)
        return row

    def subject(self) -> str:
        return f"batch:{self.row.batch_id}"

    def said(self) -> dict:
        return {"row": self.row.row, "codes": sorted({p["code"] for p in self.row.problems}), "reason": self.reason}
