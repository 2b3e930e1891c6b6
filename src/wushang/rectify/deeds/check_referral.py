"""核验 the answer of a 转办: good, or to be done again with a reason."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify.deed import must_give
from wushang.rectify.referral_deed import ReferralDeed, about, others_to_check, page_of
from wushang.rectify.words import tell_department


@dataclass
class CheckReferral(ReferralDeed):
    good: bool
    reason: str = ""

    verb = "rectify.refer"
    title = gettext_lazy("核验")
    follows = ("answered",)

    @property
    def leads_to(self) -> str:  # type: ignore[override]
        return "checked" if self.good else "accepted"

    def check(self) -> None:
        super().check()
        if others_to_check(self.referral, self.actor.user):
            raise refuse("own", _("本单位办理的转办，不能由本单位核验。"), _("请由转出单位核验。"))
        if not self.good:
            must_give(self.reason, _("重办理由"))

    def act(self) -> None:
        self.referral.checked = self.at if self.good else None
        self.step("checked")
        self.record(_("核验通过") if self.good else _("核验未通过，请重办：%(reason)s") % {"reason": self.reason})
        if not self.good:
            tell_department(
                self.at, self.referral.to, _("转办请重办：%(about)s") % {"about": about(self.referral)}, self.reason,
                page_of(self.referral), self.referral.warning,
            )  # fmt: skip
