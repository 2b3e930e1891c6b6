"""作废: a 另发文书 that has not left is given up, with why; its number stays in the register as 作废."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn import numbers
from wushang.warn.deed import WarningDeed


@dataclass
class GiveUpLetter(WarningDeed):
    reason: str

    verb = "warn.withdraw"
    title = gettext_lazy("作废文书")
    move = "give_up"

    def check(self) -> None:
        if self.further is None:
            raise refuse("main", _("这是预警本身的文书，不能单独作废。"), _("请用“撤回预警”。"))
        super().check()
        self.must_give_reason(self.reason)

    def act(self) -> None:
        numbers.cancel(self.paper, self.at, self.reason)
        self.step()
        self.record(_("《%(title)s》作废：%(reason)s") % {"title": self.paper.title, "reason": self.reason})
