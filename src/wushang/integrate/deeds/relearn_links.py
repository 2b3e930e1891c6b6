"""Links that nobody decided are made anew by a model learnt anew, once its effect has been told."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wushang.integrate.linkage import relearning
from wushang.integrate.linkage.run import handled, keep_run
from wushang.people.deed import Deed, refuse


@dataclass
class RelearnLinks(Deed):
    plan: relearning.Plan

    verb = "integrate.decide"
    title = _("重新估计关联的分量")

    def check(self) -> None:
        if self.plan.stale():
            raise refuse("stale", _("说明影响之后又有新的报送、比对或人工核对。"), _("请再算一次影响。"))

    def act(self) -> None:
        relearning.carry_out(self.plan, self.at)
        keep_run(self.at, handled(), self.plan.found, self.plan.change)

    def subject(self) -> str:
        return f"commit:{self.plan.commit}"

    def said(self) -> dict:
        return dict(self.plan.change)
