"""开始填写: the first draft of the report of this round."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify.deed import CaseDeed
from wushang.rectify.models import RectifyReport


@dataclass
class StartReport(CaseDeed):
    verb = "rectify.answer"
    title = gettext_lazy("填写整改情况")

    def check(self) -> None:
        super().check()
        if not self.case.waits_for_enterprise:
            raise refuse(
                "state", _("现在是“%(state)s”，不用填写整改情况。") % {"state": self.case.state_title}, _("有疑问请打电话问经办人。")
            )

    def act(self) -> RectifyReport:
        if report := self.case.report:
            return report
        report, new = RectifyReport.objects.get_or_create(case=self.case, round=1, defaults={"started": self.at})
        if new:
            self.record(_("单位开始填写整改情况"))
        return report
