"""按某日所知 through the machine doors: known=<commit> or known_on=<day>, in every list of facts."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from ninja import Field, Schema

from wushang.people.deed import refuse
from wushang.people.machine import Day, Number
from wushang.pool.known import commit_on


class AsKnown(Schema):
    """Both left out: what is known now. Both given is refused: they may contradict each other."""

    known: Number | None = Field(None, description="按第几号数据版本；不填为最新")
    known_on: Day | None = Field(None, description="按某日（含当日）所知；不填为最新")

    def commit(self, today: date) -> int | None:
        """The commit asked for; None: now."""
        if self.known is not None and self.known_on is not None:
            raise refuse("known", _("known 和 known_on 只能给一个。"), _("请去掉其中一个。"), column="known_on", value=str(self.known_on))
        if self.known_on is not None:
            return None if self.known_on >= today else commit_on(self.known_on)
        return self.known


class NotAsKnown(Schema):
    """Of lists whose rows have a state and no versions: asking for an earlier day is refused with a sentence, not ignored."""

    known: Number | None = Field(None, description="不支持：办理情况没有旧版本")
    known_on: Day | None = Field(None, description="不支持：办理情况没有旧版本")

    def must_be_now(self) -> None:
        if self.known is not None or self.known_on is not None:
            why = _("办理情况不能按某日所知，这个列表只有现在的。")
            raise refuse("known", why, _("请去掉 known、known_on；单位、工伤、参保和指标可以按某日所知。"), column="known_on")
