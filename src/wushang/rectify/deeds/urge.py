"""催办: a department about a referral, or the unit about its report; once a day at most."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify.deed import CaseDeed
from wushang.rectify.models import Reminder
from wushang.rectify.referral_deed import ReferralDeed, about, page_of
from wushang.rectify.words import said_day, tell_department, tell_enterprise

BY_HAND = 99  # the offset under which a person's reminder is kept: not one of the policy's


@dataclass
class UrgeReferral(ReferralDeed):
    verb = "rectify.urge"
    title = gettext_lazy("催办")
    follows = ("sent", "accepted")

    def check(self) -> None:
        super().check()
        last = self.referral.last_urged
        if last and timezone.localdate(last) == self.today:
            raise _once_a_day()

    def act(self) -> None:
        self.referral.urged, self.referral.last_urged = self.referral.urged + 1, self.at
        self.step("urged", "last_urged")
        self.record(_("第 %(n)d 次催办%(unit)s") % {"n": self.referral.urged, "unit": self.referral.to.short_name})
        tell_department(
            self.at, self.referral.to, _("催办：%(about)s") % {"about": about(self.referral)},
            _("请在%(day)s前反馈。") % {"day": said_day(self.referral.reply_by)}, page_of(self.referral), self.referral.warning,
        )  # fmt: skip


@dataclass
class UrgeEnterprise(CaseDeed):
    verb = "rectify.urge"
    title = gettext_lazy("催办")

    def check(self) -> None:
        super().check()
        if not self.case.waits_for_enterprise or self.case.due is None:
            raise refuse("state", _("现在不是等单位办理，不用催。"), _("请刷新本页查看最新状态。"))
        if any(timezone.localdate(r.at) == self.today for r in self.case.reminders.filter(offset=BY_HAND)):
            raise _once_a_day()

    def act(self) -> None:
        due = self.case.due or self.today
        Reminder.objects.update_or_create(case=self.case, due=due, offset=BY_HAND, defaults={"at": self.at})
        tell_enterprise(self.at, self.case.warning, *reminder_words(due, self.today))
        self.record(_("催办单位"))


def reminder_words(due: date, today: date) -> tuple[str, str]:
    """Title and text of a reminder to the unit."""
    days = (due - today).days
    left = _("今天到期") if days == 0 else _("还剩 %(n)d 天") % {"n": days}
    if days < 0:
        left = _("已逾期 %(n)d 天，请马上补交") % {"n": -days}
    return _("请上交整改情况"), _("整改情况%(day)s前交，%(left)s。") % {"day": said_day(due), "left": left}


def _once_a_day() -> Exception:
    return refuse("today", _("今天已经催过一次。"), _("请明天再催，或直接打电话。"))


