"""提交整改方案: to the reviewer; the bureau that was asked to see to it reads of it too."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify import clocks, plans
from wushang.rectify.deed import CaseDeed
from wushang.rectify.duties import asked_of
from wushang.rectify.referral_deed import page_of
from wushang.rectify.words import tell_department, unit_name


@dataclass
class SubmitPlan(CaseDeed):
    verb = "rectify.answer"
    title = gettext_lazy("提交整改方案")

    def check(self) -> None:
        super().check()
        plans.must_be_wanted(self.case)
        plan = self.case.plan
        if plan is None or not plan.live_files.exists():
            raise refuse("no_file", _("还没有上传整改方案。"), _("请先拍照或选文件。"))
        plans.must_be_draft(plan)
        if self._same_as_returned(plan):
            raise refuse("unchanged", _("文件与退回时一样。"), _("请按退回的理由补充后再提交。"))

    @staticmethod
    def _same_as_returned(plan) -> bool:
        back = plans.returned(plan)
        return back is not None and _digests(back) == _digests(plan)

    def act(self) -> None:
        plan = self.case.plan
        found = clocks.deadline(self.rules, "review", self.today)
        plan.state, plan.submitted, plan.due = "submitted", self.at, found.due if found else None
        plan.save(update_fields=["state", "submitted", "due"])
        self.record(_("提交整改方案（第 %(n)d 次），文件 %(k)d 个") % {"n": plan.round, "k": plan.live_files.count()})
        asked = asked_of(self.case, "plan")
        if asked and asked.is_open:
            title = _("单位交了整改方案：%(unit)s") % {"unit": unit_name(self.case.enterprise_id)}
            tell_department(self.at, asked.to, title, _("请查看并督促落实。"), page_of(asked), self.case.warning)

    def said(self) -> dict:
        return {**super().said(), "round": self.case.plan.round}


def _digests(plan) -> set[str]:
    return set(plan.live_files.values_list("sha256", flat=True))
