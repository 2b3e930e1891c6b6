"""恢复整改: the warning that had been merged stands again, so its case goes on where it was. The worker's."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify.deed import CaseDeed

CLOCKS = {"submitted": "review", "late_submitted": "review", "returned": "return"}


@dataclass
class ReviveCase(CaseDeed):
    verb = "rectify.open"
    title = gettext_lazy("恢复整改")
    move = "revive"

    def check(self) -> None:
        super().check()
        self.case.warning.refresh_from_db()
        if not self.case.warning.is_open:
            raise refuse("ended", _("预警没有恢复。"))

    def act(self) -> None:
        case, before = self.case, self._before()
        case.ended, case.end_reason = None, ""
        self.step("ended", "end_reason", to=before, clock=CLOCKS.get(before, ""), start=self._start(before))
        if day := self._day(before):
            case.due = day
            case.save(update_fields=["due"])
        self.record(_("预警恢复办理，整改随之恢复为“%(state)s”") % {"state": case.state_title})

    def _before(self) -> str:
        """The state in which it was dropped: each change was published."""
        versions = self.case.versions.exclude(state="dropped").order_by("-pk")
        return versions.values_list("state", flat=True)[0]

    def _start(self, before: str) -> date | None:
        """A report that lies with the reviewer waits since its day; one sent back is asked for from today."""
        waits = self.case.submitted if CLOCKS.get(before) == "review" else None
        return timezone.localdate(waits) if waits else None

    def _day(self, before: str) -> date | None:
        """Days that the case keeps; those of the others begin with their own clock."""
        case = self.case
        return {"report_due": case.report_due, "overdue": case.report_due, "evaluating": case.recheck_on, "extended": case.recheck_on}.get(before)
