"""退回转办 with a reason (不属本辖区, 不归本部门): whoever sent it has to choose another."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.rectify.deed import must_give
from wushang.rectify.referral_deed import ReferralDeed, about


@dataclass
class SendBackReferral(ReferralDeed):
    reason: str

    verb = "rectify.answer_referral"
    title = gettext_lazy("退回")
    follows = ("sent", "accepted")
    leads_to = "sent_back"
    theirs = True

    def check(self) -> None:
        super().check()
        must_give(self.reason, _("退回理由"))

    def act(self) -> None:
        self.referral.reason = self.reason.strip()
        self.step("reason")
        self.record(_("%(unit)s退回：%(reason)s") % {"unit": self.referral.to.short_name, "reason": self.referral.reason})
        self.tell_sender(_("转办被退回：%(about)s") % {"about": about(self.referral)}, self.referral.reason)
