"""提交: the confirmed report goes to the reviewer with a receipt number; after the last day it counts as 迟交."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify.deed import CaseDeed
from wushang.rectify.models import RectifyReport


@dataclass
class SubmitReport(CaseDeed):
    report: RectifyReport

    verb = "rectify.confirm"
    title = gettext_lazy("提交整改情况")
    move = "submit"

    def check(self) -> None:
        super().check()
        self.report.refresh_from_db()
        if self.report.state != "confirmed":
            raise refuse("not_confirmed", _("主要负责人还没有确认，不能提交。"), _("请点“发给负责人签字”。"))

    def act(self) -> str:
        late = self.case.state == "overdue" or (self.case.due is not None and self.today > self.case.due)
        if self.report.round == 1:
            self.case.submitted, self.case.late = self.at, late
        self.report.state, self.report.submitted = "submitted", self.at
        self.report.receipt = f"ZG{self.today:%Y}{self.report.pk:06d}"
        self.report.save()
        self.step("submitted", "late", to="late_submitted" if late else "submitted", clock="review")
        words = _("迟交整改情况，编号 %(no)s") if late else _("提交整改情况，编号 %(no)s")
        self.record(words % {"no": self.report.receipt})
        return self.report.receipt
