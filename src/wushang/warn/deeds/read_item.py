"""已阅: somebody of the unit has read an item of its inbox, or all of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.pool.models import Enterprise
from wushang.warn import inbox
from wushang.warn.models import InboxItem
from wushang.warn.units import place_of


@dataclass
class ReadItem(Deed):
    """One item; the first reading counts."""

    item: InboxItem

    verb = "warn.inbox"
    title = gettext_lazy("已阅")

    def authorise(self) -> None:
        if not inbox.mine(self.actor).filter(pk=self.item.pk).exists():
            raise refuse("not_yours", _("这条消息不是发给您单位的。"))

    def act(self) -> None:
        InboxItem.objects.filter(pk=self.item.pk, read=None).update(read=self.at, read_by=self.actor.name)

    def subject(self) -> str:
        return f"inbox:{self.item.pk}"


@dataclass
class ReadAll(Deed):
    """全部已阅: what lies unread for the own department; returns how many."""

    verb = "warn.inbox"
    title = gettext_lazy("全部已阅")

    def authorise(self) -> None:
        if self.actor.user is None or self.actor.user.department_id is None:
            raise refuse("no_unit", _("您的账号没有登记单位。"), _("请联系系统管理员。"))

    def act(self) -> int:
        return inbox.mine(self.actor).filter(read=None).update(read=self.at, read_by=self.actor.name)

    def subject(self) -> str:
        return f"department:{self.actor.user.department_id}" if self.actor.user else ""


@dataclass
class ReadByUnit(Deed):
    """The unit has opened 我的函件 on its telephone; returns how many items it had not seen."""

    enterprise: Enterprise

    verb = "warn.acknowledge"
    title = gettext_lazy("已阅")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.enterprise.pk),)

    def act(self) -> int:
        mine = InboxItem.objects.filter(enterprise=self.enterprise, read=None)
        return mine.update(read=self.at, read_by=_("单位"))

    def subject(self) -> str:
        return f"enterprise:{self.enterprise.pk}"
