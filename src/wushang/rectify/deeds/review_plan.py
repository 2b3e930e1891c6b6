"""审阅整改方案: good, or back to the unit with the reason, which stands beside its files on the telephone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify import clocks, plans
from wushang.rectify.deed import CaseDeed, must_give
from wushang.rectify.models import Plan, PlanFile
from wushang.rectify.words import said_day, tell_enterprise


@dataclass
class ReviewPlan(CaseDeed):
    good: bool
    reason: str = ""  # of the return; an opinion where it is good

    verb = "rectify.review"
    title = gettext_lazy("审阅整改方案")

    def check(self) -> None:
        super().check()
        plans.must_be_wanted(self.case)
        self.plan = self.case.plan
        if self.plan is None or self.plan.state != "submitted":
            raise refuse("state", _("没有待审阅的整改方案。"), _("请刷新本页查看最新状态。"))
        if not self.good:
            must_give(self.reason, _("退回理由"))

    def act(self) -> None:
        self.plan.state, self.plan.due = "accepted" if self.good else "returned", None
        self.plan.reason, self.plan.reviewer, self.plan.reviewed = self.reason.strip(), self.actor.name, self.at
        self.plan.save()
        if self.good:
            self.record(_("整改方案通过审阅"))
            tell_enterprise(self.at, self.case.warning, _("整改方案已通过审阅"), _("您单位的整改方案已通过审阅，请按方案落实。"))
        else:
            self._send_back()

    def _send_back(self) -> None:
        """The unit goes on from what it sent."""
        found = clocks.deadline(self.rules, "return", self.today)
        again = Plan.objects.create(
            case=self.case, round=self.plan.round + 1, started=self.at, due=found.due if found else None
        )
        for file in self.plan.live_files:
            PlanFile.objects.create(plan=again, name=file.name, sha256=file.sha256, kind=file.kind, size=file.size, at=file.at)
        day = said_day(again.due) if again.due else _("尽快")
        self.record(_("退回整改方案（第 %(n)d 次），期限 %(day)s") % {"n": self.plan.round, "day": day})
        words = _("您单位的整改方案要补充，%(day)s前交。打开看退回的理由。")
        tell_enterprise(self.at, self.case.warning, _("整改方案请补充"), words % {"day": day})

    def said(self) -> dict:
        return {**super().said(), "good": self.good, "round": self.plan.round}
