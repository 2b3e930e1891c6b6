"""退回修改: the head wants something changed before signing; whoever filled it in reads what, and sends it again."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.rectify.deed import CaseDeed, must_give
from wushang.rectify.deeds.save_answer import must_be_open
from wushang.rectify.models import RectifyReport


@dataclass
class HandBack(CaseDeed):
    report: RectifyReport
    reason: str

    verb = "rectify.confirm"
    title = gettext_lazy("退回修改")

    def check(self) -> None:
        super().check()
        self.report.refresh_from_db()
        must_be_open(self.report)
        must_give(self.reason, _("要改什么"))

    def act(self) -> None:
        self.report.state, self.report.head_says = "handed_back", self.reason.strip()[:500]
        self.report.save(update_fields=["state", "head_says"])
        self.record(_("主要负责人退回修改"))
