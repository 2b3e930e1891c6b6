"""随预警终止: the warning was withdrawn, revoked or merged, so the case goes with it. The worker's."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify.deed import CaseDeed


@dataclass
class DropCase(CaseDeed):
    verb = "rectify.open"
    title = gettext_lazy("随预警终止")
    move = "drop"

    def check(self) -> None:
        super().check()
        self.case.warning.refresh_from_db()
        if self.case.warning.is_open:
            raise refuse("open", _("预警还在办理中。"))

    def act(self) -> None:
        self.case.ended, self.case.end_reason = self.at, self.case.warning.end_reason
        self.step("ended", "end_reason")
        self.record(_("预警%(state)s，整改随之终止") % {"state": self.case.warning.state_title})
