"""通过复核: where the policy has a re-check the case waits for its window, else it may be closed."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.rectify import clocks
from wushang.rectify.deed import CaseDeed
from wushang.rectify.words import said_day, tell_enterprise


@dataclass
class AcceptReport(CaseDeed):
    opinion: str = ""

    verb = "rectify.review"
    title = gettext_lazy("通过复核")
    move = "accept"

    def act(self) -> None:
        report, rule = self.case.report, self.rules.recheck if self.rules else None
        report.state = "accepted"
        report.save(update_fields=["state"])
        self.case.accepted = self.today
        self.step("accepted", to="evaluating" if rule else "accepted")
        if rule:
            self._wait(clocks.ripe_on(rule, self._start(rule.start)), rule)
        self.record(_("复核通过%(opinion)s") % {"opinion": f"：{self.opinion}" if self.opinion else ""})
        tell_enterprise(self.at, self.case.warning, _("整改情况已通过复核"), self._words())

    def _start(self, name: str) -> date:
        submitted = timezone.localdate(self.case.submitted) if self.case.submitted else self.today
        return {"delivered": self.case.delivered, "submitted": submitted}.get(name, self.today)

    def _wait(self, day: date, rule) -> None:
        self.case.recheck_on = self.case.due = day
        self.case.clause = _("%(after)s后评估，另等申报期 %(lag)s") % {
            "after": clocks.Length.parse(rule.after).zh, "lag": clocks.Length.parse(rule.lag).zh if rule.lag else "0日",
        }  # fmt: skip
        self.case.save(update_fields=["recheck_on", "due", "clause"])

    def _words(self) -> str:
        if self.case.recheck_on:
            return _("您单位报的整改情况已通过复核，%(day)s以后看效果。请继续落实。") % {"day": said_day(self.case.recheck_on)}
        return _("您单位报的整改情况已通过复核。")
