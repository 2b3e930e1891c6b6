"""The base of every deed on a 转办: which states it may follow, whose it is, how it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department, User
from wushang.rectify.models import CaseLine, Referral, ReferralLine
from wushang.rectify.models.asked import REFERRAL_STATES
from wushang.rectify.words import tell_department, unit_name
from wushang.warn.units import nearest, place_of


@dataclass
class ReferralDeed(Deed):
    referral: Referral

    follows: ClassVar[tuple[str, ...]] = ()  # states it may follow
    leads_to: ClassVar[str] = ""  # the state after it; '' stays
    theirs: ClassVar[bool] = False  # the act of the department that was asked

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def where(self) -> tuple[Place, ...]:
        """A department may act on what it was asked wherever the unit lies: 不属本辖区 is a reason to send it back."""
        return () if self.theirs and asked_of(self.referral, self.actor.user) else (place_of(self.referral.enterprise_id),)

    def check(self) -> None:
        self.referral.refresh_from_db()
        if self.referral.state not in self.follows:
            raise refuse(
                "state", _("这件转办现在是“%(state)s”，不能%(act)s。") % {"state": self.referral.state_title, "act": self.title},
                _("“%(wanted)s”时才可以；请刷新本页。") % {"wanted": "、".join(str(REFERRAL_STATES[s]) for s in self.follows)},
            )  # fmt: skip
        if self.theirs and not asked_of(self.referral, self.actor.user):
            raise refuse(
                "not_theirs", _("这件转办是给%(unit)s的。") % {"unit": self.referral.to.short_name}, _("请由该单位的人员办理。")
            )

    def step(self, *fields: str) -> None:
        """Compare and set the state, save the other fields."""
        target = self.leads_to or self.referral.state
        if not Referral.objects.filter(pk=self.referral.pk, state=self.referral.state).update(state=target):
            raise refuse("state", _("这件转办刚刚被别人办理过。"), _("请刷新本页再办。"))
        self.referral.state = target
        self.referral.save(update_fields=list(fields) or None)

    def record(self, text: Any) -> None:
        write_line(self.referral, self.at, self.actor.name, str(text))

    def tell_sender(self, title: Any, text: Any) -> None:
        """The department of whoever sent it."""
        if unit := sending(self.referral):
            tell_department(self.at, unit, str(title), str(text), page_of(self.referral), self.referral.warning)

    def subject(self) -> str:
        return f"referral:{self.referral.pk}"

    def said(self) -> dict:
        return {"state": self.referral.state, "to": self.referral.to.code}


def asked_of(referral: Referral, user: User | None) -> bool:
    return user is not None and user.department_id is not None and user.department_id == referral.to_id


def sending(referral: Referral) -> Department | None:
    """Whose it is to check: the department of the person who sent it; of one that the platform sent, the department that
    handles the warning, else the unit's bureau of human resources."""
    who = referral.sent_by or (referral.warning.handler if referral.warning else None)
    if who and who.department:
        return who.department
    return nearest("hrss", place_of(referral.enterprise_id)[0])


def others_to_check(referral: Referral, user: User | None) -> bool:
    """Whether the answer, or a sending-back, is for another department to judge: the person sits in the one that was asked."""
    return asked_of(referral, user) and sending(referral) != referral.to


def write_line(referral: Referral, at: Any, name: str, text: str) -> None:
    """On the referral and on its case."""
    ReferralLine.objects.create(referral=referral, at=at, name=name, text=text)
    if referral.case:
        CaseLine.objects.create(case=referral.case, at=at, name=name, text=text)


def page_of(referral: Referral) -> str:
    return reverse("rectify:referral", args=[referral.pk])


def about(referral: Referral) -> str:
    """××杯业 专项检查."""
    return f"{unit_name(referral.enterprise_id)} {referral.kind_title}"
