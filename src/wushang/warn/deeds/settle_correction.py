"""无需说明 with its reason, or 改为要说明: a person decides whether a correction is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.warn.deeds.explain_correction import CorrectionDeed


@dataclass
class NeedsNoNote(CorrectionDeed):
    reason: str

    verb = "warn.review"
    title = gettext_lazy("无需说明")

    def check(self) -> None:
        super().check()
        if self.correction.state != "pending":
            raise refuse("state", _("这件订正现在是“%(state)s”。") % {"state": self.correction.state_title}, _("请刷新本页。"))
        self.must_be_of_the_issuer()
        if len(self.reason.strip()) < 4:
            raise refuse("reason", _("没有写为什么不用说明。"), _("请写明理由（至少四个字）。"), column=str(_("理由")))

    def act(self) -> None:
        self.correction.state, self.correction.reason = "not_needed", self.reason.strip()[:500]
        self.correction.by, self.correction.settled = self.actor.name, self.at
        self.correction.save()
        self.correction.steps.filter(live=True).update(live=False)


@dataclass
class NeedsNote(CorrectionDeed):
    verb = "warn.draft"
    title = gettext_lazy("改为要说明")

    def check(self) -> None:
        super().check()
        if self.correction.state != "not_needed":
            raise refuse("state", _("这件订正现在是“%(state)s”。") % {"state": self.correction.state_title}, _("请刷新本页。"))

    def act(self) -> None:
        self.correction.state, self.correction.reason = "pending", ""
        self.correction.by, self.correction.settled = "", None
        self.correction.save()
