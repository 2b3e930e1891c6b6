"""Posts and people in words, for the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from wushang.people.models import Appointment, Region, User
from wushang.terms import codes


@dataclass(frozen=True)
class Post:
    """One appointment as a row: what, where, which industries, until when, for whom."""

    held: Appointment
    title: str
    places: str
    industries: str

    @property
    def when(self) -> str:
        start, end = self.held.valid_from, self.held.valid_to
        if start and end:
            return _("%(a)s 至 %(b)s") % {"a": start, "b": end}
        if end:
            return _("至 %(b)s") % {"b": end}
        return _("%(a)s 起") % {"a": start} if start else _("长期")


def posts(rows: Iterable[Appointment]) -> list[Post]:
    rows = list(rows)
    names = dict(Region.objects.filter(code__in={c for one in rows for c in one.regions}).values_list("code", "name"))
    return [
        Post(
            one, one.role.title, "、".join(names.get(code, code) or _("全部") for code in one.regions),
            "、".join(codes.name("industry", code) or code for code in one.industries) or _("全部行业"),
        )
        for one in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One account of the list."""

    user: User
    posts: list[Post]
    state: str
    locked: datetime | None


def state(user: User, locked: datetime | None) -> str:
    if not user.is_active:
        return _("已停用")
    if locked:
        return _("已锁定")
    if user.last_login is None:
        return _("从未登录")
    return _("待改密码") if user.must_change_password else _("在用")


def rows(users: Iterable[User], today: date, locked: dict[str, datetime]) -> list[Row]:
    users = list(users)
    held = posts(
        one for user in users for one in user.appointments.all()  # prefetched
        if (one.valid_to is None or one.valid_to >= today)
    )  # fmt: skip
    return [
        Row(user, [p for p in held if p.held.user_id == user.pk], state(user, locked.get(user.username)), locked.get(user.username))
        for user in users
    ]
