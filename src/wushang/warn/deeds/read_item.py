"""已阅: somebody of the unit has read an item of its inbox."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, refuse
from wushang.warn.models import InboxItem


@dataclass
class ReadItem(Deed):
    item: InboxItem

    verb = "warn.see"
    title = gettext_lazy("已阅")

    def check(self) -> None:
        user = self.actor.user
        if user is None or self.item.department_id is None or user.department_id != self.item.department_id:
            raise refuse("not_yours", _("这条消息不是发给您单位的。"))

    def act(self) -> None:
        """The first reading counts."""
        InboxItem.objects.filter(pk=self.item.pk, read=None).update(read=self.at, read_by=self.actor.name)

    def subject(self) -> str:
        return f"inbox:{self.item.pk}"
