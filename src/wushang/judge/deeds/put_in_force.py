from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.judge.models import MODES, PolicyVersion
from wushang.people.deed import Deed, Place, refuse


@dataclass
class PutInForce(Deed):
    """施行: an approved version holds from a day on (启用日期); the one before it ends the day before.

    compute_only (试运行) judges and shows, and drafts nothing; the same version may go on in full from a later day.
    """

    version: PolicyVersion
    effective_from: date
    mode: str = "full"

    verb: ClassVar[str] = "judge.approve_policy"
    title: ClassVar[Any] = _("施行预警规则")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def check(self) -> None:
        trial_over = self.version.state == "in_force" and self.version.mode == "compute_only" and self.mode == "full"
        if self.version.state != "approved" and not trial_over:
            raise refuse("state", str(_("这一版还没有批准")), str(_("须两位有批准权的人员批准后才能施行")))
        if self.mode not in MODES:
            raise refuse("mode", str(_("不认识的施行方式")), str(_("请选择正式施行或试运行")), "mode", self.mode)
        today = timezone.localtime(self.at).date()
        if self.effective_from < today:
            raise refuse(
                "date",
                str(_("启用日期不能早于今天")),
                str(_("此前发生或接报的只计数，不预警、不发送")),
                "effective_from",
            )
        later = self.others().filter(effective_from__gte=self.effective_from).first()
        if later:
            remedy = str(_("请选更晚的日期，或先停止那一版"))
            raise refuse(
                "date", str(_("第%(n)s版已定于%(day)s施行") % {"n": later.number, "day": later.effective_from}), remedy
            )

    def others(self):
        same = PolicyVersion.objects.filter(policy=self.version.policy, region=self.version.region, state="in_force")
        return same.exclude(pk=self.version.pk)

    def act(self) -> PolicyVersion:
        last_day = self.effective_from - timedelta(days=1)
        for before in self.others().filter(effective_to=None):
            before.effective_to, before.state = last_day, "ended"
            before.save(update_fields=["effective_to", "state"])
        self.version.state, self.version.mode, self.version.effective_from = "in_force", self.mode, self.effective_from
        self.version.save(update_fields=["state", "mode", "effective_from"])
        return self.version

    def subject(self) -> str:
        return f"policy:{self.version.pk}"

    def said(self) -> dict[str, Any]:
        return {"from": self.effective_from.isoformat(), "mode": self.mode, "digest": self.version.digest}
