"""一键交接: list what the giver holds, let both confirm, pass it on."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from wushang.people import hand_over
from wushang.people.deed import Deed, refuse
from wushang.people.models import Appointment, HandOver, User


@dataclass
class StartHandOver(Deed):
    """The giver (or an administrator) names the successor; nothing moves until the successor confirms."""

    giver: User
    taker: User
    note: str = ""

    verb = "people.hand_over"
    title = _("交接")

    def authorise(self) -> None:
        if self.actor.user != self.giver:
            super().authorise()

    def check(self) -> None:
        if self.giver == self.taker:
            raise refuse("same_person", _("交接人和接手人是同一人。"), _("请选择另一位同事。"))
        if not self.taker.is_active:
            raise refuse("inactive", _("接手人账号已停用。"), _("请选择在岗同事。"))

    def act(self) -> HandOver:
        return HandOver.objects.create(
            giver=self.giver, taker=self.taker, started=self.at, items=hand_over.items_of(self.giver), note=self.note
        )

    def subject(self) -> str:
        return f"user:{self.giver.pk}"

    def said(self) -> dict:
        return {"to": self.taker.username, "items": len(hand_over.items_of(self.giver))}


@dataclass
class ConfirmHandOver(Deed):
    """The successor confirms: open work and the giver's appointments pass on."""

    paper: HandOver

    verb = "people.confirm_hand_over"
    title = _("确认交接")

    def authorise(self) -> None:
        if self.actor.user != self.paper.taker:
            super().authorise()

    def check(self) -> None:
        if self.paper.confirmed:
            raise refuse("confirmed", _("这次交接已经确认过。"))

    def act(self) -> int:
        moved = hand_over.pass_on(self.paper.giver, self.paper.taker)
        self._pass_appointments(self.at.date())
        self.paper.confirmed = self.at
        self.paper.save(update_fields=["confirmed"])
        return moved

    def _pass_appointments(self, today: date) -> None:
        for held in Appointment.objects.filter(user=self.paper.giver, valid_to=None, deputy_of=None):
            Appointment.objects.create(
                user=self.paper.taker, role=held.role, regions=held.regions, industries=held.industries, valid_from=today
            )
            held.valid_to = today - timedelta(days=1)
            held.save(update_fields=["valid_to"])

    def subject(self) -> str:
        return f"hand_over:{self.paper.pk}"
