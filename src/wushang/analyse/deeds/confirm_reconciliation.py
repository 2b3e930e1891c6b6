"""对账确认: each side says yes under its own name; the two sides are two departments."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wushang.analyse.models import Reconciliation
from wushang.analyse.models.reconciliation import PARTIES
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import User

# department kinds that may speak for a side
OURS = ("hrss", "human_resources")
THEIRS = {"agency": ("agency", "insurance_agency", "tax"), "emergency": ("emergency", "em", "safety_committee")}


def side_of(user: User | None, party: str) -> str:
    """ours | theirs | '' for a department that is neither."""
    kind = user.department.kind if user and user.department else ""
    return "ours" if kind in OURS else "theirs" if kind in THEIRS.get(party, ()) else ""


@dataclass
class ConfirmReconciliation(Deed):
    reconciliation: Reconciliation

    verb = "analyse.reconcile"
    title = _("确认对账")

    def where(self) -> tuple[Place, ...]:
        return ((settings.WUSHANG_REGION, "", None),)

    def check(self) -> None:
        self.reconciliation.refresh_from_db()
        side = side_of(self.actor.user, self.reconciliation.party)
        if not side:
            raise refuse(
                "not_a_side", _("%(party)s的对账由人社部门和对方部门确认。") % {"party": PARTIES[self.reconciliation.party]},
                _("请由这两个部门的人员确认。"),
            )  # fmt: skip
        if getattr(self.reconciliation, f"{side}_at"):
            raise refuse("twice", _("您这一方已经确认过了。"), _("等对方确认即可。"))

    def act(self) -> Reconciliation:
        side = side_of(self.actor.user, self.reconciliation.party)
        setattr(self.reconciliation, f"{side}_name", self.actor.name)
        setattr(self.reconciliation, f"{side}_at", self.at)
        self.reconciliation.save(update_fields=[f"{side}_name", f"{side}_at"])
        return self.reconciliation

    def subject(self) -> str:
        return f"reconciliation:{self.reconciliation.month:%Y-%m}:{self.reconciliation.party}"
