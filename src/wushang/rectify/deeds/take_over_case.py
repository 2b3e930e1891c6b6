"""接续整改件: a paper case gets the state, the days and the clock that it had on paper. No letter, no reminder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import one_at_a_time
from wushang.rectify import clocks
from wushang.rectify.deed import CaseDeed
from wushang.rectify.models import Case, CaseLine, RectifyReport
from wushang.rectify.policy import rules_of
from wushang.rectify.publish import publish
from wushang.warn.models import Warning
from wushang.warn.units import place_of


def moment(day: date) -> datetime:
    """The start of a local day: paper knows days only."""
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass
class TakeOverCase(Deed):
    warning: Warning

    verb = "rectify.open"
    title = gettext_lazy("接续整改件")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.warning.enterprise_id),)

    def check(self) -> None:
        one_at_a_time("rectify.open")
        if Case.objects.filter(warning=self.warning).exists():
            raise refuse("opened", _("本预警已经立案。"))

    def act(self) -> Case:
        warning, paper = self.warning, self.warning.paper
        case = Case(
            warning=warning, enterprise_id=warning.enterprise_id, policy=warning.policy, level=warning.level,
            opened=moment(warning.delivered), delivered=warning.delivered, handler=warning.handler,
            report_due=paper.deadline, accepted=paper.accepted, submitted=moment(paper.submitted) if paper.submitted else None,
            late=bool(paper.submitted and paper.deadline and paper.submitted > paper.deadline),
        )  # fmt: skip
        self._state(case, paper)
        case.save()
        self._report(case, paper)
        CaseLine.objects.create(case=case, at=self.at, name=self.actor.name, text=self._words(case, paper))
        publish(case, self.actor, self.at)
        return case

    def _state(self, case: Case, paper: Any) -> None:
        """Where it stands, until when, and why that day."""
        rule = (rules := rules_of(self.warning)) and rules.recheck
        if paper.closed:
            case.state, case.ended, case.end_reason = "closed_ok", moment(paper.closed), _("接续前已在纸面办结")
        elif paper.accepted and rule:
            start = {"delivered": case.delivered, "submitted": paper.submitted}.get(rule.start) or paper.accepted
            case.state, case.recheck_on = "evaluating", clocks.ripe_on(rule, start)
            case.due, case.clause = case.recheck_on, _("复核通过后看效果")
        elif paper.accepted:
            case.state = "accepted"
        elif paper.submitted:
            case.state = "late_submitted" if case.late else "submitted"
            case.due, case.clause = self._due("review", timezone.localdate(self.at))
        elif paper.deadline:
            case.state, case.due, case.clause = "report_due", paper.deadline, _("纸质台账所写的期限")
        else:
            found = clocks.of_case(rules_of(self.warning), "report", self.warning)
            case.due, case.clause = (found.due, found.said) if found else (None, "")
            case.state, case.report_due = ("report_due" if case.due else "open"), case.due

    def _due(self, step: str, start: date) -> tuple[date | None, str]:
        found = clocks.deadline(rules_of(self.warning), step, start)
        return (found.due, found.said) if found else (None, "")

    def _report(self, case: Case, paper: Any) -> None:
        """The report stays on paper; its row says so, that it can be reviewed here."""
        if not paper.submitted:
            return
        report = RectifyReport(
            case=case, started=moment(paper.submitted), submitted=moment(paper.submitted),
            state="accepted" if paper.accepted or paper.closed else "submitted",
        )  # fmt: skip
        report.answers = {"done": str(_("整改报告为纸质，见档案。"))}
        report.save()

    def _words(self, case: Case, paper: Any) -> str:
        said = {"number": paper.number, "state": case.state_title}
        return _("接续纸质件 %(number)s，现在是“%(state)s”") % said

    def subject(self) -> str:
        return f"warning:{self.warning.pk}"


@dataclass
class UntakeCase(CaseDeed):
    """The taking over was undone, so the case goes with it, an ended one too."""

    verb = "rectify.open"
    title = gettext_lazy("撤销接续")
    move = "untake"

    def check(self) -> None:
        super().check()
        self.case.warning.refresh_from_db()
        if self.case.warning.state != "withdrawn":
            raise refuse("open", _("预警还在办理中。"))

    def act(self) -> None:
        self.case.ended, self.case.end_reason = self.at, self.case.warning.end_reason
        self.step("ended", "end_reason")
        self.record(_("撤销接续，整改件随之终止"))
