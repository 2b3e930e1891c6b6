"""What must lie on every desk when you come, on whatever weekday: units whose story is counted in working days before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from wushang.terms.calendar import add_working_days, next_working_day, working_days_between

AT_ONCE = 999  # as soon as it can be done
OUR_TOWN = "990100001"  # 东城街道, 张海燕's


@dataclass(frozen=True)
class Story:
    """One unit. `told`, `reports`, `asks`: working days before the visitor's; 0 never. `stop`: the table its piece lies on."""

    told: int  # its accidents are taken down by telephone; AT_ONCE: on the first day of the rules
    accidents: int
    stop: str = ""
    reports: int = 0
    then: str = ""  # what the reviewer does with the report: '' leaves it for you
    asks: int = 0  # 数据核对申请
    town: str = ""


STORIES = (
    Story(AT_ONCE, 2, reports=AT_ONCE, then="accepted"),  # its re-check is ripe when you come; a third accident would
    Story(AT_ONCE, 2, reports=AT_ONCE, then="accepted"),  # begin another piece, so there are two
    Story(28, 2, reports=2),  # 迟交, 待复核
    Story(16, 2, reports=6, then="returned"),  # 退回补正
    Story(14, 2, reports=3, asks=2, town=OUR_TOWN),  # 待复核; the town is asked to look at it
    Story(3, 1, stop="issued", town=OUR_TOWN),  # 待送达
    Story(2, 3, stop="reviewed"),  # 待签发, red
    Story(2, 1, stop="reviewed"),
    Story(2, 1, stop="signed"),  # 编文号
    Story(1, 1, stop="submitted"),  # 待审核
    Story(1, 1, stop="drafted"),
)  # fmt: skip


@dataclass
class Plan:
    """The stories of one practice city: its first day, the visitor's day, and which unit plays which part."""

    start: date
    visit: date
    parts: dict[int, Story] = field(default_factory=dict)  # by enterprise

    @classmethod
    def between(cls, start: date, today: date) -> Plan:
        """Whoever comes on a holiday finds the desks as on the next working day."""
        return cls(next_working_day(start), next_working_day(today))

    def before(self, at: datetime) -> int:
        """How many working days before the visitor's it is."""
        return working_days_between(timezone.localdate(at), self.visit)

    def told_on(self, at: datetime) -> list[Story]:
        first = timezone.localdate(at) == self.start
        return [one for one in STORIES if (first if one.told == AT_ONCE else one.told == self.before(at))]

    def dense(self, day: date) -> bool:
        """Whether the office is followed day by day: in the first weeks, and since the stories begin."""
        return day <= add_working_days(self.start, 12) or working_days_between(day, self.visit) <= 30
