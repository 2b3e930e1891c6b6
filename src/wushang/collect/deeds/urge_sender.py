"""催报: tell a department's people that a table is owed. The message stands on their 待办 until the table has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect.models import Urge, said
from wushang.collect.owed import owed
from wushang.collect.place import refuse_beyond
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department, one_at_a_time
from wushang.terms.period import Period, month_end


@dataclass
class UrgeSender(Deed):
    """Once a day for one table of one month."""

    source: str
    sender: Department
    month: date

    verb = "collect.urge"
    title = _("催报")

    def where(self) -> tuple[Place, ...]:
        return ((self.sender.region.code, "", None),)

    def check(self) -> None:
        refuse_beyond(self.actor.scope, self.verb, self.sender)
        one_at_a_time(f"urge.{self.source}.{self.sender.pk}")
        today = timezone.localdate(self.at)
        months = Period(self.month, month_end(self.month))
        found = [one for one in owed(self.actor.scope, months, today, [self.sender.pk]) if one.source.id == self.source]
        if not found or found[0].due is None:
            raise refuse("not_owed", _("这个月的这张表不用报。"), _("请先在“应报日”里设定。"))
        self._owed = found[0]
        if self._owed.batches:
            raise refuse("came", _("这张表已经报来了，不用再催。"), _("请刷新页面。"))
        if any(timezone.localdate(urge.at) == today for urge in self._owed.urges):
            raise refuse("twice", _("今天已经催过一次。"), _("明天还没有报的，再催。"))

    def act(self) -> Urge:
        return Urge.objects.create(
            source=self.source, sender=self.sender, month=self.month, due=self._owed.due, text=self._text()[:500],
            by=self.actor.name, user=self.actor.user, at=self.at,
        )  # fmt: skip

    def _text(self) -> str:
        due = self._owed.due
        assert due is not None
        words = {"t": self._owed.source.title, "m": said(Period(self.month, month_end(self.month))), "n": self._owed.late}
        words |= {"a": due.month, "b": due.day}
        if self._owed.late:
            return _g("请报送%(t)s %(m)s：应于%(a)s月%(b)s日前报，已迟 %(n)s 天。") % words
        return _g("请报送%(t)s %(m)s：应于%(a)s月%(b)s日前报。") % words

    def subject(self) -> str:
        return f"department:{self.sender.code}"

    def said(self) -> dict:
        return {"source": self.source, "month": f"{self.month:%Y-%m}", "late": self._owed.late}
