"""Give somebody a role, or a deputy (AB岗) between two dates."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from wushang.people.deed import Deed, refuse
from wushang.people.models import Appointment, Role, User


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

    def check(self) -> None:
        if not self.regions:
            raise refuse("no_region", _("没有写管辖范围。"), _("请至少选择一个地区。"), column=str(_("管辖范围")))

    def act(self) -> Appointment:
        return Appointment.objects.create(
            user=self.user, role=self.role, regions=self.regions, industries=self.industries,
            valid_from=self.valid_from, valid_to=self.valid_to,
        )  # fmt: skip

    def subject(self) -> str:
        return f"user:{self.user.pk}"

    def said(self) -> dict:
        return {"role": self.role.code, "regions": self.regions}


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

    def check(self) -> None:
        if self.valid_to < self.valid_from:
            raise refuse("dates", _("代理结束日期早于开始日期。"), _("请改正日期。"))
        if self.deputy == self.principal.user:
            raise refuse("same_person", _("代理人不能是本人。"), _("请选择另一位同事。"))

    def act(self) -> Appointment:
        return Appointment.objects.create(
            user=self.deputy, role=self.principal.role, regions=self.principal.regions,
            industries=self.principal.industries, valid_from=self.valid_from, valid_to=self.valid_to,
            deputy_of=self.principal,
        )  # fmt: skip

    def subject(self) -> str:
        return f"user:{self.deputy.pk}"

    def said(self) -> dict:
        return {"deputy_of": self.principal.user.username, "from": str(self.valid_from), "to": str(self.valid_to)}
