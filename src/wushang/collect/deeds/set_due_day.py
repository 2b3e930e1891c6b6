"""应报日: until when a table of a month is owed, from which month on; for one sender or for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from wushang.collect.inforce import in_force
from wushang.collect.models import DueRule
from wushang.collect.place import refuse_beyond
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department
from wushang.terms.period import month_of


@dataclass
class SetDueDay(Deed):
    """A new rule from a month on; earlier months keep theirs."""

    source: str
    day: int
    since: date
    shift: str = DueRule.NEXT
    sender: Department | None = None
    owed: bool = True
    basis: str = ""

    verb = "collect.sources"
    title = _("设定应报日")

    def where(self) -> tuple[Place, ...]:
        return ((self.sender.region.code, "", None),) if self.sender else ()

    def check(self) -> None:
        table = in_force(self.source, self.at).loaded()
        if not 1 <= self.day <= 31:
            raise refuse("day", _("应报日应在 1 至 31 之间。"), _("填 31 的，小月按月末。"))
        if self.shift not in dict(DueRule.SHIFTS):
            raise refuse("shift", _("没有说明遇休息日怎么办。"), _("请选顺延、提前或不变。"))
        if self.sender:
            refuse_beyond(self.actor.scope, self.verb, self.sender)
            if self.sender.kind not in table.departments:
                raise refuse("wrong_sender", _("这张表不由该部门报送。"), _("请改选部门。"))

    def act(self) -> DueRule:
        return DueRule.objects.create(
            source=self.source, sender=self.sender, owed=self.owed, day=self.day, shift=self.shift,
            since=month_of(self.since), basis=self.basis[:200], by=self.actor.name, at=self.at,
        )  # fmt: skip

    def subject(self) -> str:
        return f"source:{self.source}"

    def said(self) -> dict:
        return {"day": self.day, "shift": self.shift, "since": f"{self.since:%Y-%m}", "owed": self.owed,
                "sender": self.sender.code if self.sender else ""}  # fmt: skip
