"""办结: rectify or evaluate says that nothing is left to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.warn.deed import WarningDeed


@dataclass
class Close(WarningDeed):
    reason: str

    verb = "warn.close"
    title = gettext_lazy("办结")
    move = "close"

    def check(self) -> None:
        super().check()
        self.must_give_reason(self.reason)

    def act(self) -> None:
        self.warning.ended, self.warning.end_reason = self.at, self.reason
        self.step("ended", "end_reason")
        self.record(_("办结：%(reason)s") % {"reason": self.reason})
