"""列入未交: the day after the last one (clocks end at 24:00 local). The worker's."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify import states
from wushang.rectify.deed import CaseDeed
from wushang.rectify.publish import publish


@dataclass
class MarkOverdue(CaseDeed):
    verb = "rectify.open"
    title = gettext_lazy("列入未交")
    move = "overdue"

    def check(self) -> None:
        super().check()
        if self.case.due is None or self.today <= self.case.due:
            raise refuse("not_due", _("期限 %(due)s 24 时止，还没有逾期。") % {"due": self.case.due})

    def act(self) -> None:
        states.move(self.case, self.move)  # the last day stays on the case: the page counts from it
        publish(self.case, self.actor, self.at)
        again = _("补正") if self.case.rounds else _("整改报告")
        self.record(_("%(what)s逾期，列入“未交”名单（期限 %(due)s）") % {"what": again, "due": self.case.due})
