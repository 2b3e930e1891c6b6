"""The warning's delivery was mended or its receipt came later: the clocks begin on that day. The worker's."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.rectify import clocks
from wushang.rectify.deed import CaseDeed
from wushang.rectify.publish import publish


@dataclass
class RestartClock(CaseDeed):
    verb = "rectify.open"
    title = gettext_lazy("重新计算期限")

    def act(self) -> None:
        case, warning = self.case, self.case.warning
        warning.refresh_from_db()
        case.delivered = warning.delivered or case.delivered
        report = clocks.of_case(self.rules, "report", warning)
        case.report_due = report.due if report else None
        found = {"report_due": report, "interview": clocks.of_case(self.rules, "interview", warning)}.get(case.state)
        case.due, case.clause = None, ""  # the receipt may have been taken back
        if found:
            case.due, case.clause = found.due, found.said
            self.record(_("期限为 %(day)s：%(why)s") % {"day": found.due, "why": found.said})
        case.save(update_fields=["delivered", "report_due", "due", "clause"])
        publish(case, self.actor, self.at)
