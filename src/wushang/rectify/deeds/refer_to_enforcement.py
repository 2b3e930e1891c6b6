"""线索移送 to the emergency bureau: an overdue or late report, or a serious injury at once. The platform fines nobody.

The document names no article for a fine; the officer chooses among the candidates of the 安全生产法 (domain.md S0.8).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.judge.models import Finding
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department
from wushang.rectify.deed import CaseDeed, must_give
from wushang.rectify.models import Referral
from wushang.rectify.referral_deed import about, page_of, write_line
from wushang.rectify.words import said_day, tell_department
from wushang.warn.units import place_of

ARTICLES = {
    "94": _("第九十四条（主要负责人未履行安全生产管理职责）"),
    "97": _("第九十七条（安全管理机构、人员、培训等）"),
    "101": _("第一百零一条（危险物品、重大危险源、危险作业、双重预防机制）"),
    "102": _("第一百零二条（未采取措施消除事故隐患）"),
    "108": _("第一百零八条（拒绝、阻碍监督检查）"),
}
MAY_REFER = ("overdue", "late_submitted")


@dataclass
class ReferToEnforcement(CaseDeed):
    to: Department
    reason: str
    reply_by: date
    articles: list[str] = field(default_factory=list)

    verb = "rectify.refer"
    title = gettext_lazy("线索移送")

    def check(self) -> None:
        super().check()
        must_give(self.reason, _("移送理由"))
        if self.case.state not in MAY_REFER and not self.case.late:
            raise refuse("state", _("报告没有逾期，不移送线索。"), _("重伤以上事故由研判结果直接移送。"))
        if self.case.referrals.filter(kind="enforcement").exclude(state__in=("sent_back", "reassigned")).exists():
            raise refuse("referred", _("本件已经移送过线索。"))
        if wrong := set(self.articles) - set(ARTICLES):
            raise refuse("article", _("条款“%(wrong)s”不在候选中。") % {"wrong": "、".join(sorted(wrong))}, _("请从候选条款中选择。"))

    def act(self) -> Referral:
        listed = "；".join(str(ARTICLES[a]) for a in sorted(self.articles, key=int)) or _("由执法机关确定")
        made = Referral.objects.create(
            warning=self.case.warning, case=self.case, enterprise_id=self.case.enterprise_id, kind="enforcement", to=self.to,
            what=_("%(reason)s\n可供参考的《安全生产法》条款：%(listed)s") % {"reason": self.reason.strip(), "listed": listed},
            reply_by=self.reply_by, sent=self.at, sent_by=self.actor.user,
        )  # fmt: skip
        self.case.referred = self.at
        self.case.save(update_fields=["referred"])
        send(made, self.actor.name, self.at)
        return made


@dataclass
class ReferSerious(Deed):
    """当即移送 (S0.10): the finding of a serious injury goes to the emergency bureau at once. The worker's."""

    finding: Finding
    to: Department
    reply_by: date

    verb = "rectify.refer"
    title = gettext_lazy("当即移送")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.finding.enterprise_id),)

    def check(self) -> None:
        if Referral.objects.filter(finding=self.finding).exists():
            raise refuse("referred", _("这条研判结果已经移送过。"))

    def act(self) -> Referral:
        made = Referral.objects.create(
            finding=self.finding, enterprise_id=self.finding.enterprise_id, kind="enforcement", to=self.to,
            what=_("发生重伤以上事故。依据：%(clause)s") % {"clause": self.finding.clause}, reply_by=self.reply_by, sent=self.at,
        )  # fmt: skip
        send(made, self.actor.name, self.at)
        return made

    def subject(self) -> str:
        return f"finding:{self.finding.pk}"


def send(made: Referral, name: str, at) -> None:
    """Record it and tell the bureau."""
    write_line(made, at, name, _("线索移送%(unit)s，%(day)s前反馈") % {"unit": made.to.short_name, "day": said_day(made.reply_by)})
    tell_department(
        at, made.to, _("线索移送：%(about)s") % {"about": about(made)}, made.what, page_of(made), made.warning
    )
