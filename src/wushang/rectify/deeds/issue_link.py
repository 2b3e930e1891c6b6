"""发手机办理链接: a link for the unit of an issued warning; the token is told once and kept only as a hash."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, Place, refuse
from wushang.rectify import access
from wushang.warn.models import Warning
from wushang.warn.units import place_of


@dataclass
class IssueLink(Deed):
    warning: Warning

    verb = "warn.deliver"
    title = gettext_lazy("发手机办理链接")

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.warning.enterprise_id),)

    def check(self) -> None:
        self.warning.refresh_from_db()
        if self.warning.issued is None or not self.warning.is_open:
            raise refuse("state", _("预警还没有发出，或者已经结束。"), _("发出以后再给单位链接。"))

    def act(self) -> str:
        return access.make_link(self.warning, self.at)[1]

    def subject(self) -> str:
        return f"warning:{self.warning.pk}"
