"""Make an account for one person 一人一号; its first password is shown once and must be changed at the first sign-in."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from wushang.people import passwords
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department, User

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,29}")


class Slip(NamedTuple):
    """What the administrator hands over on paper; the plain password is kept nowhere."""

    user: User
    password: str


@dataclass
class CreateAccount(Deed):
    username: str
    name: str
    department: Department

    verb = "people.manage"
    title = _("新建账号")

    def where(self) -> tuple[Place, ...]:
        return ((self.department.region.code, "", None),)

    def check(self) -> None:
        if not self.name.strip():
            raise refuse("no_name", _("没有写姓名。"), _("请写使用人本人的姓名，一人一号。"), column=str(_("姓名")))
        if not USERNAME.fullmatch(self.username):
            why = _("用户名只能用3到30个小写字母、数字、点和横线，以字母或数字开头。")
            raise refuse("username", why, _("例如 zhanghaiyan。"), column=str(_("用户名")), value=self.username)
        if User.objects.filter(username=self.username).exists():
            why = _("这个用户名已经有人用。")
            raise refuse("username_taken", why, _("请换一个，例如加上部门简称。"), column=str(_("用户名")), value=self.username)

    def act(self) -> Slip:
        password = passwords.generate()
        user = User.objects.create_user(
            self.username, password, name=self.name.strip(), department=self.department,
            must_change_password=True, password_set=self.at,
        )  # fmt: skip
        return Slip(user, password)

    def subject(self) -> str:
        return f"account:{self.username}"

    def said(self) -> dict:
        return {"act": "CreateAccount", "department": self.department.code}
