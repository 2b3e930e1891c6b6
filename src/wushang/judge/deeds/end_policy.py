from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.judge.models import PolicyVersion
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import one_at_a_time


@dataclass
class EndPolicy(Deed):
    """停止施行: the version's last day, with a reason. Open cases go on until they are closed.

    One that has not begun is cancelled: it never holds, and the version it was to follow goes on.
    """

    version: PolicyVersion
    last_day: date
    reason: str

    verb: ClassVar[str] = "judge.approve_policy"
    title: ClassVar[Any] = _("停止施行预警规则")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def check(self) -> None:
        one_at_a_time("policies")
        today = timezone.localtime(self.at).date()
        if self.version.state_on(today) not in ("in_force", "scheduled"):
            raise refuse("state", str(_("这一版不在施行中")))
        if not self.reason.strip():
            raise refuse("reason", str(_("没有写停止的原因")), str(_("请写明原因和依据")), "reason")
        if self.last_day < today:
            raise refuse("date", str(_("最后一天不能早于今天")), column="last_day")
        if self.version.effective_to and self.version.effective_to < self.last_day:
            why = _("这一版已定于%(day)s停止") % {"day": self.version.effective_to}
            raise refuse("date", str(why), str(_("请选更早的日期")), "last_day")

    def act(self) -> PolicyVersion:
        version, begins = self.version, self.version.effective_from
        assert begins
        eve = begins - timedelta(days=1)
        if self.last_day < begins:  # without a note: a later version ended it, not a person
            before = PolicyVersion.objects.of(version).filter(state="in_force", effective_to=eve, note="")
            before.update(effective_to=version.effective_to)
        version.effective_to, version.note = self.last_day if self.last_day >= begins else eve, self.reason.strip()
        version.save(update_fields=["effective_to", "note"])
        return version

    def subject(self) -> str:
        return f"policy:{self.version.pk}"

    def said(self) -> dict[str, Any]:
        return {"last_day": self.last_day.isoformat()}
