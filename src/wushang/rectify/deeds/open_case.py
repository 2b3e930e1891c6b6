"""立案: a delivered warning becomes a case with the clocks of its policy. Called by the worker and by the first page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import one_at_a_time
from wushang.rectify import actions, clocks
from wushang.rectify.models import Case, CaseLine
from wushang.rectify.policy import rules_of, words_of
from wushang.rectify.publish import publish
from wushang.warn.models import Warning
from wushang.warn.units import place_of


@dataclass
class OpenCase(Deed):
    warning: Warning

    verb = "rectify.open"
    title = gettext_lazy("立案")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.warning.enterprise_id),)

    def check(self) -> None:
        one_at_a_time("rectify.open")  # the worker and the unit's own page may come at the same moment
        self.warning.refresh_from_db()
        if self.warning.delivered is None or not self.warning.is_open:
            raise refuse("not_delivered", _("预警还没有送达，不能开始整改。"), _("请先登记送达。"))
        if Case.objects.filter(warning=self.warning).exists():
            raise refuse("opened", _("本预警已经立案。"))

    def act(self) -> Case:
        warning, rules = self.warning, rules_of(self.warning)
        case = Case(
            warning=warning, enterprise_id=warning.enterprise_id, policy=warning.policy, level=warning.level,
            opened=self.at, delivered=warning.delivered, handler=warning.handler,
        )  # fmt: skip
        report = clocks.of_case(rules, "report", warning)
        wants_interview = not {"interview", "regular_interview"}.isdisjoint(words_of(warning))
        case.state = "report_due" if clocks.wanted(rules, "report") else "interview" if wants_interview else "open"
        case.report_due = report.due if report else None
        first = {"report_due": report, "interview": clocks.of_case(rules, "interview", warning)}.get(case.state)
        case.due, case.clause = (first.due, first.said) if first else (None, "")
        case.save()
        self._record(case, rules)
        publish(case, self.actor, self.at)
        return case

    def _record(self, case: Case, rules) -> None:
        said = [_("立案，整改期限 %(day)s：%(why)s") % {"day": case.due, "why": case.clause}] if case.due else [_("立案")]
        for word in words_of(self.warning):
            if word in actions.owned():
                said.append(actions.owned()[word].opened(case, rules, self.actor, self.at))
        for text in filter(None, said):
            CaseLine.objects.create(case=case, at=self.at, name=self.actor.name, text=text)

    def subject(self) -> str:
        return f"warning:{self.warning.pk}"
