"""数据核对申请 of the unit: answered within 5 working days; a late one is looked at all the same and says that it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.pool.models.clock import latest
from wushang.rectify import clocks
from wushang.rectify.deed import must_give
from wushang.rectify.models import CorrectionRequest
from wushang.rectify.models.asked import CORRECTION_KINDS
from wushang.rectify.policy import rules_of
from wushang.rectify.words import said_day, tell_department, unit_name
from wushang.warn.models import Entry, Warning
from wushang.warn.units import place_of


@dataclass
class AskCorrection(Deed):
    warning: Warning
    kind: str
    text: str

    verb = "rectify.ask_correction"
    title = gettext_lazy("数据核对申请")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.warning.enterprise_id),)

    def check(self) -> None:
        if self.kind not in CORRECTION_KINDS:
            raise refuse("kind", _("没有选择哪里不对。"), _("请选择一项。"), column=str(_("哪里不对")))
        must_give(self.text, _("说明"))
        if self.warning.corrections.filter(answered=None).exists():
            raise refuse("open", _("您已经提交过核对申请，还在办理。"), _("要补充请打电话告诉经办人。"))

    def act(self) -> CorrectionRequest:
        rules, today = rules_of(self.warning), timezone.localdate(self.at)
        answer = clocks.deadline(rules, "correction", today)
        made = CorrectionRequest.objects.create(
            warning=self.warning, enterprise_id=self.warning.enterprise_id, kind=self.kind, text=self.text.strip(),
            asked=self.at, due=answer.due if answer else today, clause=answer.said if answer else "",
            known=latest(), after_term=self._after_term(today),
        )  # fmt: skip
        self._tell(made)
        return made

    def _after_term(self, today: date) -> bool:
        """Whether every term that a letter grants is over: of the first one, and of a 挂牌督办通知书 from the day it came."""
        rules = rules_of(self.warning)
        came = self.warning.deliveries.filter(letter__purpose="attached", recipient_kind="enterprise").order_by("created").last()
        later = clocks.deadline(rules, "objection", timezone.localdate(came.finished or came.created)) if came else None
        terms = [term.due for term in (clocks.of_case(rules, "objection", self.warning), later) if term]
        return bool(terms) and today > max(terms)

    def _tell(self, made: CorrectionRequest) -> None:
        Entry.objects.create(warning=self.warning, at=self.at, name=self.actor.name, text=_("单位申请核对数据：%(kind)s") % {
            "kind": made.kind_title,
        })  # fmt: skip
        handler = self.warning.handler
        if handler and handler.department:
            about = {"unit": unit_name(self.warning.enterprise_id), "day": said_day(made.due)}
            tell_department(
                self.at, handler.department, _("数据核对申请：%(unit)s") % about, _("请在%(day)s前答复。") % about,
                reverse("rectify:corrections"), self.warning,
            )  # fmt: skip

    def subject(self) -> str:
        return f"warning:{self.warning.pk}"

    def said(self) -> dict:
        return {"kind": self.kind}
