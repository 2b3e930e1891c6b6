from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.judge.models import PolicyVersion
from wushang.people.deed import Deed, Place, refuse


@dataclass
class EndPolicy(Deed):
    """停止施行: the version's last day, with a reason. Open cases go on until they are closed."""

    version: PolicyVersion
    last_day: date
    reason: str

    verb: ClassVar[str] = "judge.approve_policy"
    title: ClassVar[Any] = _("停止施行预警规则")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def check(self) -> None:
        if self.version.state != "in_force":
            raise refuse("state", str(_("这一版不在施行中")))
        if not self.reason.strip():
            raise refuse("reason", str(_("没有写停止的原因")), str(_("请写明原因和依据")), "reason")
        if self.last_day < timezone.localtime(self.at).date():
            raise refuse("date", str(_("最后一天不能早于今天")), column="last_day")

    def act(self) -> PolicyVersion:
        self.version.state, self.version.effective_to, self.version.note = "ended", self.last_day, self.reason.strip()
        self.version.save(update_fields=["state", "effective_to", "note"])
        return self.version

    def subject(self) -> str:
        return f"policy:{self.version.pk}"

    def said(self) -> dict[str, Any]:
        return {"last_day": self.last_day.isoformat()}
