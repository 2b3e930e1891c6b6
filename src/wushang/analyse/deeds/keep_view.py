"""常用表: keep a question of the cube, drop it, have it sent, and read what came."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wushang.analyse.cube.asked import Asked, refuse_if_unknown
from wushang.analyse.kept.asking import pairs
from wushang.analyse.models import SavedView, SentView, Subscription
from wushang.analyse.models.view import EVERY, SHARED, SPANS
from wushang.people.deed import Deed, refuse
from wushang.people.models import User


@dataclass
class _OfOne(Deed):
    """A deed on a view that the actor may open."""

    verb = "analyse.see"

    @property
    def user(self) -> User:
        if self.actor.user is None:
            raise refuse("no_user", _("常用表归个人。"), _("请用个人账号。"))
        return self.actor.user


@dataclass
class KeepView(_OfOne):
    name: str
    asked: Asked
    against: str = ""
    span: str = "year"
    shared: str = ""

    title = _("存为常用表")

    def check(self) -> None:
        refuse_if_unknown(self.asked)
        if not self.name.strip():
            raise refuse("name", _("没有写名称。"), _("请写一个名称。"), "name")
        if self.span not in SPANS or self.shared not in SHARED:
            raise refuse("unknown", _("没有这样的期间或共享范围。"), _("请刷新本页再选。"))

    def act(self) -> SavedView:
        return SavedView.objects.create(name=self.name.strip(), owner=self.user, question=pairs(self.asked), against=self.against,
                                        span=self.span, shared=self.shared, made=self.at)  # fmt: skip

    def subject(self) -> str:
        return "view"

    def said(self) -> dict:
        return {"name": self.name, "shared": self.shared}


@dataclass
class DropView(_OfOne):
    view: SavedView

    title = _("删除常用表")

    def check(self) -> None:
        if self.view.owner_id != self.user.pk:
            raise refuse("not_yours", _("这张常用表不是您存的。"), _("请由存它的人删除；您可以不再接收。"))

    def act(self) -> None:
        SavedView.objects.filter(pk=self.view.pk).update(dropped=self.at)

    def subject(self) -> str:
        return f"view:{self.view.pk}"


@dataclass
class SubscribeView(_OfOne):
    """`every`: week, month, or '' for no more."""

    view: SavedView
    every: str

    title = _("定期送常用表")

    def check(self) -> None:
        if self.every not in EVERY:
            raise refuse("every", _("没有这样的频次。"), _("请刷新本页再选。"), "every")
        if not SavedView.open_to(self.user).filter(pk=self.view.pk).exists():
            raise refuse("not_yours", _("这张常用表没有共享给您。"), _("请存它的人共享给您。"))

    def act(self) -> None:
        Subscription.objects.filter(view=self.view, user=self.user).delete()
        if self.every:
            Subscription.objects.create(view=self.view, user=self.user, every=self.every)

    def subject(self) -> str:
        return f"view:{self.view.pk}"


@dataclass
class ReadSentView(_OfOne):
    sent: SentView

    title = _("已阅")

    def check(self) -> None:
        if self.sent.user_id != self.user.pk:
            raise refuse("not_yours", _("这份表不是送给您的。"))

    def act(self) -> None:
        SentView.objects.filter(pk=self.sent.pk, read=None).update(read=self.at)

    def subject(self) -> str:
        return f"sent_view:{self.sent.pk}"
