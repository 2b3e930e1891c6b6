"""接收转办: the department takes it and somebody handles it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.rectify.referral_deed import ReferralDeed


@dataclass
class AcceptReferral(ReferralDeed):
    verb = "rectify.answer_referral"
    title = gettext_lazy("接收")
    follows = ("sent",)
    leads_to = "accepted"
    theirs = True

    def act(self) -> None:
        self.referral.handler = self.actor.user
        self.step("handler")
        self.record(_("%(unit)s接收转办，%(name)s办理") % {"unit": self.referral.to.short_name, "name": self.actor.name})
