"""一键交接: list what the giver holds, let both confirm, pass it on."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wushang.people import hand_over
from wushang.people.access import place_of
from wushang.people.deed import Deed, Place, refuse
from wushang.people.deeds.appoint import refuse_judge_in_own_cause
from wushang.people.models import Appointment, HandOver, Region, User


def to_pass(giver: User, today: date) -> list[Appointment]:
    """The giver's own appointments that hold today or later; what was lent to him (代理) ends with him."""
    still = Q(valid_to=None) | Q(valid_to__gte=today)
    return list(Appointment.objects.filter(still, user=giver, deputy_of=None).select_related("role"))


def paper_of(giver: User, today: date) -> list[hand_over.Item]:
    """The list both confirm: posts first, then open work, room by room."""
    names = dict(Region.objects.values_list("code", "name"))
    posts = [
        {"what": _now("岗位"), "title": f"{held.role.title}（{'、'.join(names.get(c, c) for c in held.regions)}）", "url": ""}
        for held in to_pass(giver, today)
    ]
    return [*posts, *hand_over.items_of(giver)]


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

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.giver), place_of(self.taker))

    def check(self) -> None:
        if HandOver.objects.filter(giver=self.giver, confirmed=None).exists():
            raise refuse("waiting", _("已经有一份交接等对方确认。"), _("如果要换接手人，请先撤回那一份。"))
        if self.giver == self.taker:
            raise refuse("same_person", _("交接人和接手人是同一人。"), _("请选择另一位同事。"))
        if not self.taker.is_active:
            raise refuse("inactive", _("接手人账号已停用。"), _("请选择在岗同事。"))

    def act(self) -> HandOver:
        return HandOver.objects.create(
            giver=self.giver, taker=self.taker, started=self.at, note=self.note,
            items=paper_of(self.giver, timezone.localdate(self.at)),
        )  # fmt: skip

    def subject(self) -> str:
        return f"user:{self.giver.pk}"

    def said(self) -> dict:
        return {"act": "StartHandOver", "to": self.taker.username}


@dataclass
class RecallHandOver(Deed):
    """撤回 before the successor has confirmed; what was listed stays with the giver."""

    paper: HandOver

    verb = "people.hand_over"
    title = _("撤回交接")

    def authorise(self) -> None:
        if self.actor.user != self.paper.giver:
            super().authorise()

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.paper.giver),)

    def check(self) -> None:
        self.paper = HandOver.objects.select_for_update().get(pk=self.paper.pk)
        if self.paper.confirmed:
            raise refuse("confirmed", _("对方已经确认，不能撤回。"), _("请由现在的经手人再办一次交接。"))

    def act(self) -> None:
        self.paper.delete()

    def subject(self) -> str:
        return f"user:{self.paper.giver_id}"

    def said(self) -> dict:
        return {"act": "RecallHandOver", "to": self.paper.taker.username, "items": len(self.paper.items)}


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
        self.paper = HandOver.objects.select_for_update().get(pk=self.paper.pk)
        if self.paper.confirmed:
            raise refuse("confirmed", _("这次交接已经确认过。"))
        for held in to_pass(self.paper.giver, timezone.localdate(self.at)):
            refuse_judge_in_own_cause(self.paper.taker, held.role, timezone.localdate(self.at))

    def act(self) -> int:
        today = timezone.localdate(self.at)
        self.paper.items = paper_of(self.paper.giver, today)  # what passes is what is open now
        hand_over.pass_on(self.paper.giver, self.paper.taker)
        for held in to_pass(self.paper.giver, today):
            self._pass(held, today)
        self.paper.confirmed = self.at
        self.paper.save(update_fields=["confirmed", "items"])
        return len(self.paper.items)

    def _pass(self, held: Appointment, today: date) -> None:
        """The taker holds it from today until it would have ended; the giver and his deputies until yesterday."""
        same = {"user": self.paper.taker, "role": held.role, "regions": held.regions, "industries": held.industries}
        known = [one for one in to_pass(self.paper.taker, today) if one.valid_to is None and _alike(one, held)]
        if not known:
            starts = max(today, held.valid_from) if held.valid_from else today
            Appointment.objects.create(**same, valid_from=starts, valid_to=held.valid_to)
        for one in (held, *held.deputies.filter(Q(valid_to=None) | Q(valid_to__gte=today))):
            one.valid_to = today - timedelta(days=1)
            one.save(update_fields=["valid_to"])

    def subject(self) -> str:
        return f"hand_over:{self.paper.pk}"

    def said(self) -> dict:
        return {"act": "ConfirmHandOver", "from": self.paper.giver.username, "items": len(self.paper.items)}


def _alike(one: Appointment, other: Appointment) -> bool:
    return (one.role_id, sorted(one.regions), sorted(one.industries)) == (
        other.role_id, sorted(other.regions), sorted(other.industries)
    )  # fmt: skip
