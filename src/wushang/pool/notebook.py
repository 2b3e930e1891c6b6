"""A pool in somebody's own notebook or Python, with that person's scope: 登录 as on the page, and the same line in the audit chain."""

from __future__ import annotations

import os
from getpass import getpass

import django
from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

VERB = "analyse.see"


def opened(scope, known: int | None):
    """A Pool; Django is set up first where nobody did."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushang.web.settings")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Jupyter runs its cells inside an event loop
    if not apps.ready:
        django.setup()
    from wushang.pool import reading

    return reading.open(_signed_in(input(_("账号：")), getpass(_("密码："))) if scope is None else scope, known, verb=VERB)


def _signed_in(username: str, password: str):
    """The scope of who signs in: refused as the page refuses, too many wrong tries and an old password included."""
    from django.contrib.auth import authenticate
    from django.http import HttpRequest

    from wushang.people import audit
    from wushang.people.access import scope_of
    from wushang.people.actor import Actor
    from wushang.people.passwords import too_old
    from wushang.terms.problem import Refused

    asked, at = HttpRequest(), timezone.now()
    asked.META["REMOTE_ADDR"] = "127.0.0.1"
    user = authenticate(asked, username=username.strip(), password=password)
    if user is None:
        raise Refused(_("没有登录：账号或密码不对，或者账号被锁定。"), _("请核对后再试；忘了密码请找管理员。"), "username", username)
    if user.must_change_password or too_old(user.password_set, at):
        raise Refused(_("密码到期了。"), _("请先在网页上登录并改密码。"), "username", username)
    scope = scope_of(user, timezone.localdate(at))
    if not scope.may(VERB):
        raise Refused(_("您的岗位不能看统计数据。"), _("需要时请找管理员加岗位。"), "username", username)
    audit.write(Actor(user, user.name, scope), at, VERB, "notebook")
    return scope
