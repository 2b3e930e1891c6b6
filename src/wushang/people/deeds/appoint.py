"""Give somebody a role, or a deputy (AB岗) between two dates."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people.access import appointments_on, place_of
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Appointment, Role, User
from wushang.people.verbs import AUDITOR


def refuse_judge_in_own_cause(user: User, role: Role, today: date) -> None:
    """Who reads the audit log does nothing that stands in it (审计与业务、管理互斥)."""
    held = [(one.deputy_of or one).role for one in appointments_on(user, today)]
    if any((AUDITOR in other.verbs) != (AUDITOR in role.verbs) for other in held):
        raise refuse("auditor", _("审计员不能兼任其他岗位。"), _("请先结束这个人的另一个岗位，或换一个人。"))


@dataclass
class Appoint(Deed):
    user: User
    role: Role
    regions: list[str]
    industries: list[str] = field(default_factory=list)
    valid_from: date | None = None
    valid_to: date | None = None

    verb = "people.manage"
    title = _("任命岗位")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.user), *((region, "", None) for region in self.regions))

    def check(self) -> None:
        if not self.regions:
            raise refuse("no_region", _("没有写管辖范围。"), _("请至少选择一个地区。"), column=str(_("管辖范围")))
        if self.user == self.actor.user:
            raise refuse("own", _("不能给自己任命岗位。"), _("请另一位管理员办理。"))
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise refuse("dates", _("结束日期早于开始日期。"), _("请改正日期。"))
        refuse_judge_in_own_cause(self.user, self.role, timezone.localdate(self.at))

    def act(self) -> Appointment:
        return Appointment.objects.create(
            user=self.user, role=self.role, regions=self.regions, industries=self.industries,
            valid_from=self.valid_from, valid_to=self.valid_to,
        )  # fmt: skip

    def subject(self) -> str:
        return f"user:{self.user.pk}"

    def said(self) -> dict:
        return {"act": "Appoint", "role": self.role.code, "regions": self.regions}


@dataclass
class AppointDeputy(Deed):
    """The deputy acts with the principal's rights from one date to another (出差委托, AB岗)."""

    principal: Appointment
    deputy: User
    valid_from: date
    valid_to: date

    verb = "people.manage"
    title = _("指定代理人")

    def authorise(self) -> None:
        if self.actor.user != self.principal.user:
            super().authorise()

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.principal.user), place_of(self.deputy))

    def check(self) -> None:
        if self.principal.deputy_of_id:
            raise refuse("deputy", _("代理来的岗位不能再转给别人代理。"), _("请本岗位的负责人另行指定。"))
        if self.valid_to < self.valid_from:
            raise refuse("dates", _("代理结束日期早于开始日期。"), _("请改正日期。"))
        if self.deputy == self.principal.user:
            raise refuse("same_person", _("代理人不能是本人。"), _("请选择另一位同事。"))
        if not self.deputy.is_active:
            raise refuse("inactive", _("代理人的账号已停用。"), _("请选择在岗同事。"))
        if self.actor.user == self.principal.user and self.deputy.department != self.principal.user.department:
            raise refuse("department", _("代理人不是本单位的人。"), _("请选择本单位同事，跨单位的由系统管理员指定。"))
        refuse_judge_in_own_cause(self.deputy, self.principal.role, timezone.localdate(self.at))

    def act(self) -> Appointment:
        return Appointment.objects.create(
            user=self.deputy, role=self.principal.role, regions=self.principal.regions,
            industries=self.principal.industries, valid_from=self.valid_from, valid_to=self.valid_to,
            deputy_of=self.principal,
        )  # fmt: skip

    def subject(self) -> str:
        return f"user:{self.deputy.pk}"

    def said(self) -> dict:
        return {"act": "AppointDeputy", "deputy_of": self.principal.user.username, "from": str(self.valid_from), "to": str(self.valid_to)}
