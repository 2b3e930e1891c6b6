"""维持预警: the proposal to withdraw is not followed, with the reason."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn.deed import WarningDeed


@dataclass
class KeepWarning(WarningDeed):
    reason: str

    verb = "warn.review"
    title = gettext_lazy("维持预警")
    move = "join"

    def check(self) -> None:
        super().check()
        if self.warning.letter and self.warning.letter.bureau:
            self.must_be_of_the_issuer()
        self.must_give_reason(self.reason)
        if not self.warning.withdrawal_proposed:
            raise refuse("not_proposed", _("没有人提出撤回。"))

    def act(self) -> None:
        self.warning.withdrawal_proposed, self.warning.withdrawal_why = None, ""
        self.warning.save(update_fields=["withdrawal_proposed", "withdrawal_why"])
        self.record(_("维持预警：%(reason)s") % {"reason": self.reason})
