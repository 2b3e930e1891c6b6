"""自动保存: what the unit has written so far. A change after the head's confirmation asks for it anew."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify.deed import CaseDeed
from wushang.rectify.models import RectifyReport
from wushang.rectify.questions import BY_CODE


@dataclass
class SaveAnswer(CaseDeed):
    report: RectifyReport
    answers: dict[str, Any]

    verb = "rectify.answer"
    title = gettext_lazy("保存整改情况")

    def check(self) -> None:
        super().check()
        self.report.refresh_from_db()
        must_be_open(self.report)
        if unknown := set(self.answers) - set(BY_CODE):
            raise refuse("field", _("表里没有这一项：%(names)s。") % {"names": "、".join(sorted(unknown))}, _("请刷新本页再填。"))

    def act(self) -> None:
        self.report.answers = {**self.report.answers, **self.answers}
        self.report.saved, self.report.state = self.at, "draft"
        self.report.confirmed, self.report.confirmed_by, self.report.confirmed_masked = None, "", ""
        self.report.save()

    def said(self) -> dict:
        return {"fields": sorted(self.answers)}


def must_be_open(report: RectifyReport) -> None:
    if not report.may_be_filled:
        raise refuse(
            "sent", _("这份整改情况%(state)s，不能再改。") % {"state": report.state_title}, _("需要补充请打电话告诉经办人，由复核人退回后再改。")
        )
