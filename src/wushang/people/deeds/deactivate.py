"""Close an account and open it again; accounts are never deleted, because what was done keeps its doer."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people import hand_over, lockout
from wushang.people.access import appointments_on, place_of
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Appointment, User, valid_on

ADMINISTRATOR = "people.manage"


@dataclass
class Deactivate(Deed):
    """The person can no longer sign in, from now on. Open work must have been handed over before."""

    user: User
    reason: str

    verb = "people.manage"
    title = _("停用账号")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.user),)

    def check(self) -> None:
        if self.user == self.actor.user:
            raise refuse("own", _("不能停用自己的账号。"), _("请另一位管理员办理。"))
        if not self.user.is_active:
            raise refuse("inactive", _("这个账号已经停用。"))
        if not self.reason.strip():
            raise refuse("reason", _("没有写停用理由。"), _("例如“3月起调离”。"))
        held = hand_over.items_of(self.user)
        if held:
            why = _("%(who)s名下还有 %(n)d 件在办。") % {"who": self.user.name, "n": len(held)}
            raise refuse("in_hand", why, _("请先在本页“交接”里指定接手人，接手人确认后再停用。"))
        self._refuse_last_administrator()

    def _refuse_last_administrator(self) -> None:
        today = timezone.localdate(self.at)
        if not any(ADMINISTRATOR in held.role.verbs for held in appointments_on(self.user, today)):
            return
        others = Appointment.objects.filter(valid_on(today), user__is_active=True).exclude(user=self.user)
        if not any(ADMINISTRATOR in held.role.verbs for held in others.select_related("role")):
            raise refuse("last_administrator", _("这是最后一位系统管理员。"), _("请先任命另一位系统管理员。"))

    def act(self) -> None:
        self.user.is_active = False
        self.user.save(update_fields=["is_active"])

    def subject(self) -> str:
        return f"user:{self.user.pk}"

    def said(self) -> dict:
        return {"act": "Deactivate", "reason": self.reason}


@dataclass
class Reactivate(Deed):
    """The account is used again, with the appointments whose dates still hold."""

    user: User

    verb = "people.manage"
    title = _("恢复使用")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.user),)

    def check(self) -> None:
        if self.user.is_active:
            raise refuse("active", _("这个账号没有停用。"))

    def act(self) -> None:
        self.user.is_active = True
        self.user.save(update_fields=["is_active"])

    def subject(self) -> str:
        return f"user:{self.user.pk}"

    def said(self) -> dict:
        return {"act": "Reactivate"}


@dataclass
class LiftLock(Deed):
    """The administrator has made sure by voice who it is: the lock after wrong passwords ends now."""

    user: User

    verb = "people.manage"
    title = _("解除锁定")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.user),)

    def act(self) -> int:
        return lockout.lift(self.user.username)

    def subject(self) -> str:
        return f"user:{self.user.pk}"

    def said(self) -> dict:
        return {"act": "LiftLock"}
