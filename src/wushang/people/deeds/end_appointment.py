"""End an appointment on a day; whoever stands in for it (AB岗) ends with it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from wushang.people.access import place_of
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Appointment


@dataclass
class EndAppointment(Deed):
    """`last_day` is the last day on which the rights hold."""

    appointment: Appointment
    last_day: date
    reason: str

    verb = "people.manage"
    title = _("结束岗位")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.appointment.user),)

    def check(self) -> None:
        held = self.appointment
        if held.user == self.actor.user and "people.manage" in held.role.verbs:
            raise refuse("own", _("不能结束自己的管理员岗位。"), _("请另一位管理员办理。"))
        if held.valid_to and held.valid_to < self.last_day:
            raise refuse("ended", _("这个岗位已于 %(day)s 结束。") % {"day": held.valid_to}, _("需要延长请重新任命。"))
        if held.valid_from and self.last_day < held.valid_from:
            raise refuse("dates", _("最后一天早于任职开始的 %(day)s。") % {"day": held.valid_from}, _("请改正日期。"))
        if not self.reason.strip():
            raise refuse("reason", _("没有写结束理由。"), _("例如“轮岗”。"))

    def act(self) -> None:
        for one in (self.appointment, *self.appointment.deputies.all()):
            if one.valid_to is None or one.valid_to > self.last_day:
                one.valid_to = self.last_day
                one.save(update_fields=["valid_to"])

    def subject(self) -> str:
        return f"user:{self.appointment.user_id}"

    def said(self) -> dict:
        held = self.appointment
        return {"act": "EndAppointment", "role": held.role.code, "until": str(self.last_day), "reason": self.reason}
