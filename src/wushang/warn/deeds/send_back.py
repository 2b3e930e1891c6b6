"""退回修改: the draft goes back with the reason; earlier signatures count no more."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.warn.deed import WarningDeed


@dataclass
class SendBack(WarningDeed):
    reason: str

    verb = "warn.review"
    title = gettext_lazy("退回修改")
    move = "send_back"
    verb_by_state = {"reviewed": "warn.sign"}

    def check(self) -> None:
        super().check()
        self.must_be_of_the_issuer()
        self.must_give_reason(self.reason)

    def act(self) -> None:
        self.piece.steps.filter(live=True).update(live=False)
        letter = self.paper
        letter.draft += 1
        letter.save(update_fields=["draft"])
        self.step()
        self.signature("send_back", self.reason, agreed=False)
        self.piece.steps.filter(step="send_back").update(live=False)
        self.record(_("退回修改：%(reason)s") % {"reason": self.reason})
