"""上传整改方案: a file into the draft of this round, and taking one away again before it is sent."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify import photos, plan_files, plans
from wushang.rectify.deed import CaseDeed
from wushang.rectify.models import Plan, PlanFile


@dataclass
class AddPlanFile(CaseDeed):
    name: str
    data: bytes

    verb = "rectify.answer"
    title = gettext_lazy("上传整改方案")

    def check(self) -> None:
        super().check()
        plans.must_be_wanted(self.case)
        if plan := self.case.plan:
            plans.must_be_draft(plan)
            if plan.live_files.count() >= plan_files.MOST:
                raise refuse("most", _("文件已有 %(n)d 个。") % {"n": plan_files.MOST}, _("请先删去不要的文件。"))
        self.kind = plan_files.check(self.data, self.name)

    def act(self) -> PlanFile:
        plan = self.case.plan or Plan.objects.create(case=self.case, started=self.at)
        digest = photos.keep(self.data, self.kind)
        held = plan.live_files.filter(sha256=digest).first()
        return held or PlanFile.objects.create(
            plan=plan, name=plan_files.shown_name(self.name, self.kind), sha256=digest, kind=self.kind, size=len(self.data), at=self.at
        )


@dataclass
class RemovePlanFile(CaseDeed):
    file: PlanFile

    verb = "rectify.answer"
    title = gettext_lazy("删去整改方案的文件")

    def check(self) -> None:
        super().check()
        self.file.refresh_from_db()
        if self.file.plan.case_id != self.case.pk or self.file.removed:
            raise refuse("gone", _("这个文件已经不在了。"), _("请刷新本页。"))
        plans.must_be_draft(self.file.plan)

    def act(self) -> None:
        self.file.removed = self.at
        self.file.save(update_fields=["removed"])
