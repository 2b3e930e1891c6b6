"""办结 of a case without a re-check; the warning is closed with it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify.deed import CaseDeed, must_give, on_behalf
from wushang.warn.deeds.close import Close


@dataclass
class CloseCase(CaseDeed):
    reason: str

    verb = "rectify.review"
    title = gettext_lazy("办结")
    move = "close"

    def check(self) -> None:
        super().check()
        must_give(self.reason, _("办结意见"))
        if self.case.needs_interview and not self.case.interviews.filter(state="held").exists():
            raise refuse("interview", _("还没有约谈。"), _("请先登记约谈结果，再办结。"))

    def act(self) -> None:
        end(self, self.reason)
        self.record(_("办结：%(reason)s") % {"reason": self.reason})


def end(deed: CaseDeed, reason: str) -> None:
    """Make the deed's ending move and close the warning in the same person's name."""
    deed.case.ended, deed.case.end_reason = deed.at, reason
    deed.step("ended", "end_reason")
    Close(on_behalf(deed.actor, deed.case.enterprise_id, Close.verb), deed.at, deed.case.warning, reason).do()
