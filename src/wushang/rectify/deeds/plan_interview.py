"""约定约谈: when and where; the unit is told. A second time after an absence."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify.deed import CaseDeed, must_give
from wushang.rectify.models import Interview
from wushang.rectify.words import interview_name, tell_enterprise


@dataclass
class PlanInterview(CaseDeed):
    when: datetime
    place: str

    verb = "rectify.refer"
    title = gettext_lazy("约定约谈")

    def check(self) -> None:
        super().check()
        must_give(self.place, _("约谈地点"), least=2)
        if self.when <= self.at:
            raise refuse("past", _("约谈时间已经过了。"), _("请选择以后的时间。"), column=str(_("时间")))
        if not self.case.is_open:
            raise refuse("state", _("本件已经%(state)s。") % {"state": self.case.state_title})
        if self.case.interviews.filter(state="planned").exists():
            raise refuse("planned", _("已经约定了一次约谈。"), _("请先登记那一次的结果。"))

    def act(self) -> Interview:
        made = Interview.objects.create(
            case=self.case, planned=self.when, place=self.place.strip(), name=self.actor.name, at=self.at
        )
        moment = timezone.localtime(self.when)
        said = _("%(m)d月%(d)d日 %(time)s，%(place)s") % {
            "m": moment.month, "d": moment.day, "time": moment.strftime("%H:%M"), "place": made.place,
        }  # fmt: skip
        self.record(_("约定约谈：%(said)s") % {"said": said})
        words = _("请主要负责人参加%(name)s：%(said)s。带上近12个月工伤台账、原因分析、培训记录、%(plan)s。不能到场的请提前1个工作日说明。")
        told = {"name": interview_name(self.case.warning), "said": said}
        told["plan"] = _("整改计划") if self.case.wants_report else _("自查情况")
        tell_enterprise(self.at, self.case.warning, _("请参加%(name)s") % told, words % told)
        return made
