"""登记约谈结果: held with its minutes, earlier than arranged too where that is said, or the unit did not come (再约一次)."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.deed import refuse
from wushang.rectify import states
from wushang.rectify.deed import CaseDeed, must_give
from wushang.rectify.models import Interview
from wushang.terms.deadline import Length, due


@dataclass
class RecordInterview(CaseDeed):
    interview: Interview
    came: bool
    on: date
    text: str  # minutes, or why they did not come
    earlier: bool = False  # 提前约谈: they came before the hour that was arranged

    verb = "rectify.refer"
    title = gettext_lazy("登记约谈")

    def check(self) -> None:
        super().check()
        self.interview.refresh_from_db()
        if self.interview.state != "planned":
            raise refuse("state", _("这次约谈已经登记过：%(state)s。") % {"state": self.interview.state_title})
        if self.on > self.today:
            raise refuse("future", _("约谈日期在今天之后。"), _("请填实际约谈的日子。"), column=str(_("日期")), value=str(self.on))
        if self.came and not self.earlier:
            self._must_have_come()
        must_give(self.text, _("约谈记录") if self.came else _("未到场情况"))

    def _must_have_come(self) -> None:
        """What was arranged for later was not held yet, and not on a day before it."""
        planned = timezone.localtime(self.interview.planned)
        if planned > self.at or self.on < planned.date():
            when = _("%(m)d月%(d)d日 %(time)s") % {"m": planned.month, "d": planned.day, "time": f"{planned:%H:%M}"}
            raise refuse(
                "future", _("约谈约在%(when)s，还没有到。") % {"when": when} if planned > self.at else _("约谈约在%(when)s。") % {"when": when},
                _("单位提前来了，请选“提前约谈”；改期请先登记未到场再约。"), column=str(_("日期")), value=str(self.on),
            )  # fmt: skip

    def act(self) -> None:
        self.interview.state = "held" if self.came else "absent"
        self.interview.held_on = self.on if self.came else None
        if self.came:
            self.interview.minutes, self.interview.next_due = self.text.strip(), self._next()
        else:
            self.interview.absence = self.text.strip()[:300]
        self.interview.save()
        self.record(self._words())
        if self.came and states.allows(self.case, "interview"):
            self.move = "interview"
            self.step()

    def _words(self) -> str:
        if not self.came:
            return _("约谈未到场：%(why)s") % {"why": self.interview.absence}
        return _("已提前约谈单位主要负责人") if self.earlier else _("已约谈单位主要负责人")

    def _next(self) -> date | None:
        """Where the policy wants interviews regularly (定期约谈), the day of the next one."""
        clock = self.rules.clocks.get("interview") if self.rules else None
        return due(self.on, Length.parse(clock.every)) if clock and clock.every else None
