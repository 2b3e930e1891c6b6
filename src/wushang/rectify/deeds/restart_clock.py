"""The warning's delivery was mended or its receipt came later: the clocks begin on that day. The worker's."""

from dataclasses import dataclass

from django.utils import timezone
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
        report = clocks.deadline(self.rules, "report", case.delivered)
        case.report_due = report.due if report else None
        found = report if case.state == "report_due" else None
        if case.state == "interview" and warning.acknowledged:
            found = clocks.deadline(self.rules, "interview", timezone.localdate(warning.acknowledged))
        if found:
            case.due, case.clause = found.due, found.said
            self.record(_("期限为 %(day)s：%(why)s") % {"day": found.due, "why": found.said})
        case.save(update_fields=["delivered", "report_due", "due", "clause"])
        publish(case, self.actor, self.at)
