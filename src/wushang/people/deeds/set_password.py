"""Passwords: one's own by oneself; a forgotten one is reset by the administrator and must be changed at once."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wushang.people import lockout, passwords
from wushang.people.access import place_of
from wushang.people.deed import Deed, Place, refuse
from wushang.people.deeds.create_account import Slip
from wushang.people.models import User


@dataclass
class ChangePassword(Deed):
    """One's own; the page has checked the rules, the deed checks the old one and that the new one is new."""

    old: str
    new: str

    verb = "people.password"
    title = _("修改密码")

    def authorise(self) -> None:
        if self.actor.user is None:
            super().authorise()

    def check(self) -> None:
        if not self._user.check_password(self.old):
            raise refuse("old_password", _("原密码不对。"), _("忘记了请找本单位账号管理员重置。"))
        if self.old == self.new:
            raise refuse("same_password", _("新密码和原密码一样。"), _("请换一个新密码。"))

    def act(self) -> User:
        self._user.set_password(self.new)
        self._user.must_change_password, self._user.password_set = False, self.at
        self._user.save(update_fields=["password", "must_change_password", "password_set"])
        return self._user

    @property
    def _user(self) -> User:
        assert self.actor.user is not None  # authorise has seen to it
        return self.actor.user

    def subject(self) -> str:
        return f"user:{self._user.pk}"

    def said(self) -> dict:
        return {"act": "ChangePassword"}


@dataclass
class ResetPassword(Deed):
    """A new first password, shown once; a lock is lifted with it, sessions of the old password end."""

    user: User

    verb = "people.manage"
    title = _("重置密码")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.user),)

    def check(self) -> None:
        if not self.user.is_active:
            raise refuse("inactive", _("这个账号已停用。"), _("请先恢复使用，再重置密码。"))
        if self.user == self.actor.user:
            raise refuse("own", _("不能重置自己的密码。"), _("请用“修改密码”，忘记了请另一位管理员重置。"))

    def act(self) -> Slip:
        password = passwords.generate()
        self.user.set_password(password)
        self.user.must_change_password, self.user.password_set = True, self.at
        self.user.save(update_fields=["password", "must_change_password", "password_set"])
        lockout.lift(self.user.username)
        return Slip(self.user, password)

    def subject(self) -> str:
        return f"user:{self.user.pk}"

    def said(self) -> dict:
        return {"act": "ResetPassword"}
