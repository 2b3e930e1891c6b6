"""发给负责人签字: what was filled in is ready; what the head wanted changed before is done."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.rectify.deed import CaseDeed
from wushang.rectify.deeds.save_answer import must_be_open
from wushang.rectify.models import RectifyReport


@dataclass
class AskHead(CaseDeed):
    report: RectifyReport

    verb = "rectify.answer"
    title = gettext_lazy("发给负责人签字")

    def check(self) -> None:
        super().check()
        self.report.refresh_from_db()
        must_be_open(self.report)

    def act(self) -> None:
        if self.report.state == "handed_back":
            self.report.state = "draft"
        self.report.head_says = ""
        self.report.save(update_fields=["state", "head_says"])
        self.record(_("发给主要负责人签字"))
