from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.judge.models import MODES, Approval, PolicyVersion
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import one_at_a_time


@dataclass
class PutInForce(Deed):
    """施行: an approved version holds from a day on (启用日期); the one before it ends the day before.

    compute_only (试运行) judges and shows, and drafts nothing. A trial goes on in full as a row of its own with the same
    text and approvals: the trial keeps its days, and judges until the eve.
    """

    version: PolicyVersion
    effective_from: date
    mode: str = "full"
    made: PolicyVersion | None = field(default=None, init=False)

    verb: ClassVar[str] = "judge.approve_policy"
    title: ClassVar[Any] = _("施行预警规则")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def check(self) -> None:
        one_at_a_time("policies")  # two at once would both hold
        today = timezone.localtime(self.at).date()
        if self.version.state != "approved" and not self.trial_over(today):
            raise refuse("state", str(_("这一版还没有批准")), str(_("须先由有批准权的人员批准，才能施行")))
        if self.mode not in MODES:
            raise refuse("mode", str(_("不认识的施行方式")), str(_("请选择正式施行或试运行")), "mode", self.mode)
        if self.effective_from < today:
            why, remedy = _("启用日期不能早于今天"), _("此前发生或接报的只计数，不预警、不发送")
            raise refuse("date", str(why), str(remedy), "effective_from")
        later = self.holding().filter(effective_from__gte=self.effective_from).first()
        if later:
            told = {"n": later.number, "day": later.effective_from}
            remedy = _("请选更晚的日期，或先停止那一版")
            raise refuse("date", str(_("第%(n)s版定于%(day)s施行") % told), str(remedy), "effective_from")

    def trial_over(self, today: date) -> bool:
        """Whether a trial that has not ended is to go on in full."""
        lasting = self.version.state_on(today) in ("in_force", "scheduled")
        return lasting and self.version.mode == "compute_only" and self.mode == "full"

    def holding(self):
        return PolicyVersion.objects.of(self.version).holding_from(self.effective_from)

    def act(self) -> PolicyVersion:
        self.holding().update(effective_to=self.effective_from - timedelta(days=1))
        made = self.version if self.version.state == "approved" else self.after_trial()
        made.state, made.mode, made.effective_from, made.effective_to = "in_force", self.mode, self.effective_from, None
        made.save()
        for approval in self.version.approvals.all() if made != self.version else ():
            Approval.objects.create(version=made, user=approval.user, at=approval.at, note=approval.note)
        self.made = made
        return made

    def after_trial(self) -> PolicyVersion:
        """The trial's text as the next version."""
        trial = self.version
        return PolicyVersion.objects.create(
            policy=trial.policy, number=(PolicyVersion.objects.of(trial).aggregate(top=Max("number"))["top"] or 0) + 1,
            title=trial.title, text=trial.text, digest=trial.digest, region=trial.region, created=self.at,
            origin=f"trial {trial.number}", creator=self.actor.user, state="approved",
        )  # fmt: skip

    def subject(self) -> str:
        return f"policy:{(self.made or self.version).pk}"

    def said(self) -> dict[str, Any]:
        return {"from": self.effective_from.isoformat(), "mode": self.mode, "digest": self.version.digest}
