"""启用日期: from which day pushes or a channel really work; what is older never leaves."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import Deed, refuse
from wushang.warn import channels
from wushang.warn.models import StartDay


@dataclass
class SetStartDay(Deed):
    name: str  # 'push' or 'channel:<name>'
    day: date

    verb = "warn.start_day"
    title = gettext_lazy("设置启用日期")

    def check(self) -> None:
        known = {"push", *(f"channel:{name}" for name in channels.names() if channels.channel(name).outside)}
        if self.name not in known:
            raise refuse(
                "name",
                _("没有“%(name)s”这项。") % {"name": self.name},
                _("可设：%(known)s。") % {"known": "、".join(sorted(known))},
            )

    def act(self) -> StartDay:
        row, _new = StartDay.objects.update_or_create(
            name=self.name, defaults={"day": self.day, "set_by": self.actor.name, "at": self.at}
        )
        return row

    def subject(self) -> str:
        return f"start_day:{self.name}"

    def said(self) -> dict:
        return {"day": self.day.isoformat()}
