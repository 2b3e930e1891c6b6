"""反馈转办: what was found and done; whoever sent it checks it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.rectify.deed import must_give
from wushang.rectify.referral_deed import ReferralDeed, about


@dataclass
class AnswerReferral(ReferralDeed):
    answer: str

    verb = "rectify.answer_referral"
    title = gettext_lazy("反馈")
    follows = ("accepted",)
    leads_to = "answered"
    theirs = True

    def check(self) -> None:
        super().check()
        must_give(self.answer, _("反馈内容"))

    def act(self) -> None:
        before = self.referral.sealed_answer  # the answer that had to be done again stays
        again = _("（%(day)s重办）") % {"day": self.today.isoformat()} if before else ""
        self.referral.sealed_answer = "\n".join(filter(None, [before, again + self.answer.strip()]))
        self.referral.answered = self.at
        self.step("sealed_answer", "answered")
        self.record(_("%(unit)s反馈") % {"unit": self.referral.to.short_name})
        self.tell_sender(_("转办已反馈：%(about)s") % {"about": about(self.referral)}, _("请核验。"))
