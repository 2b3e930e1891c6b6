"""剔除, 恢复: before a list is signed, a unit is taken off it with the reason, or put back. The signed list keeps who was left off
and why; the next one asks anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.judge.members import holding, left_off, members
from wushang.judge.models import LeftOff, PolicyVersion
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import one_at_a_time
from wushang.pool.models import EnterpriseVersion


@dataclass
class LeaveOff(Deed):
    version: PolicyVersion
    outcome: str
    enterprise: int
    reason: str

    verb: ClassVar[str] = "judge.freeze_list"
    title: ClassVar[Any] = _("剔除")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def check(self) -> None:
        one_at_a_time("frozen lists")
        today = timezone.localdate(self.at)
        if len(self.reason.strip()) < 4:
            raise refuse("reason", str(_("没有写剔除的理由")), str(_("请写明理由（至少四个字），印在名单上")), "reason")
        held = holding(self.version, today)
        every = EnterpriseVersion.objects.current().filter(merged_into=None, enterprise=self.enterprise)
        listed = held and any(one.outcome == self.outcome for one in members(held, today, every))
        if not listed:
            raise refuse("member", str(_("这家单位今天不在这份名单上")), str(_("请刷新本页")))
        if self.enterprise in left_off(self.version, self.outcome):
            raise refuse("twice", str(_("这家单位已经剔除")), str(_("请刷新本页")))

    def act(self) -> LeftOff:
        return LeftOff.objects.create(
            policy=self.version.policy, region=self.version.region, outcome=self.outcome, enterprise_id=self.enterprise,
            reason=self.reason.strip()[:300], by=self.actor.name, at=self.at,
        )  # fmt: skip

    def subject(self) -> str:
        return f"policy:{self.version.pk}"

    def said(self) -> dict[str, Any]:
        return {"list": self.outcome, "enterprise": self.enterprise}


@dataclass
class PutBack(LeaveOff):
    """The removal is taken back; its row stays."""

    reason: str = ""

    title: ClassVar[Any] = _("恢复到名单")

    def check(self) -> None:
        one_at_a_time("frozen lists")
        if self.enterprise not in left_off(self.version, self.outcome):
            raise refuse("state", str(_("这家单位没有被剔除，或名单已经定了")), str(_("请刷新本页")))

    def act(self) -> LeftOff:
        held = left_off(self.version, self.outcome)[self.enterprise]
        held.undone = self.at
        held.save(update_fields=["undone"])
        return held
