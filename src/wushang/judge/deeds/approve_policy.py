from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wushang.judge.models import Approval, PolicyVersion
from wushang.people.deed import Deed, Place, refuse


def needed() -> int:
    """How many people must approve a rule here."""
    return settings.WUSHANG_RULE_APPROVALS


@dataclass
class ApprovePolicy(Deed):
    """批准规则: as many different people as the place asks for say yes; who drafted may be one of them, nobody counts twice."""

    version: PolicyVersion
    note: str = ""

    verb: ClassVar[str] = "judge.approve_policy"
    title: ClassVar[Any] = _("批准预警规则")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def check(self) -> None:
        if self.version.state not in ("draft", "offered"):
            raise refuse("state", str(_("这一版已经批准或已停止")), str(_("需要改动请“起草新版”")))
        if self.actor.user is None:
            raise refuse("person", str(_("规则须由人批准")), str(_("请由有批准权的人员登录后办理")))
        if self.version.approvals.filter(user=self.actor.user).exists():
            raise refuse("twice", str(_("您已经批准过这一版")), str(_("还需要另一位有批准权的人员批准")))

    def act(self) -> PolicyVersion:
        assert self.actor.user
        Approval.objects.create(version=self.version, user=self.actor.user, at=self.at, note=self.note)
        if self.version.approvals.count() >= needed():
            self.version.state = "approved"
            self.version.save(update_fields=["state"])
        return self.version

    def subject(self) -> str:
        return f"policy:{self.version.pk}"

    def said(self) -> dict[str, Any]:
        return {"digest": self.version.digest, "approvals": self.version.approvals.count(), "state": self.version.state}
