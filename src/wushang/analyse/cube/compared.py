"""The same question of two periods side by side: 同比 and 环比 (domain.md C3), with a plain word for what the change means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.analyse.changes import moved_said, per_cent
from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.beside_area import CITY, TRADE, area_cube, can_stand_beside
from wushang.analyse.cube.cube import ALL, Cube, Figure, Key
from wushang.analyse.cube.keyed import own_days
from wushang.analyse.cube.maturity import known_then
from wushang.analyse.cube.reckoning import reckon
from wushang.analyse.data_day import data_day
from wushang.analyse.delivered import INJURIES, came, said
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import measures
from wushang.pool.reading import Pool
from wushang.statistics.rates import Change, plain_change
from wushang.terms.period import Period, add_months, month_end

THEN = "last_year_then"
AGAINST = {"": gettext_lazy("不对比"), "last_year": gettext_lazy("上年同期"), THEN: gettext_lazy("上年同期（按去年此时所知）"),
           "previous": gettext_lazy("上期"), CITY: gettext_lazy("全市（县）"), TRADE: gettext_lazy("同行业")}  # fmt: skip


AREA_SAID = {
    CITY: gettext_lazy("对比的是全市（县）同期的合计发生率，不是各单位的平均。"),
    TRADE: gettext_lazy("对比的是各行业人数照全市（县）同行业发生率应有的发生率；单位太少的行业用上一级行业。"),
}  # fmt: skip
FEW = 5  # cases, expected or counted, below which nothing is told of a row beside the place


@dataclass(frozen=True)
class Compared:
    """`now` and, where asked for, `before`."""

    now: Cube
    before: Cube | None = None
    against: str = ""
    data_to: date | None = None  # 数据截至
    how: str = ""  # in which state of knowledge `before` is, where that is not today's
    came: Collection[date] | None = None  # the months that were delivered: of others nothing is known, and nothing is compared with them

    def last(self, measure: str, down: Key = ALL, across: Key = ALL) -> Figure | None:
        """The figure it is compared with; a row of a time (2026-03) is compared with the same time a year before."""
        if self.before is None or measure not in self.before.asked.measures or self.lacking(down, across):
            return None
        asked = self.now.asked
        return self.before.figure(measure, self._then(asked.down, down), self._then(asked.across, across))

    def lacking(self, down: Key = ALL, across: Key = ALL) -> list[date]:
        """The months of a group that were never delivered, of this period and of the one it is compared with."""
        if self.before is None or self.came is None or self.of_area:
            return []
        then = self._then(self.now.asked.down, down), self._then(self.now.asked.across, across)
        spans = [own_days(self.before.asked, then), own_days(self.now.asked, (down, across))]
        return [month for span in spans if span for month in span.months() if month not in self.came]

    @property
    def lacking_said(self) -> str:
        """The same of the whole table in words: 2025年3月、2025年6—8月."""
        return said(self.lacking())

    def _then(self, code: str, key: Key) -> Key:
        timed = bool(code and key) and dimensions()[code].of_time and self.against not in (CITY, TRADE)
        return f"{int(key[:4]) - 1}{key[4:]}" if timed and key else key

    def change(self, measure: str, down: Key = ALL, across: Key = ALL) -> float | None:
        """In per cent; None where there was nothing before (新增 n, never ∞) or a figure is missing."""
        last = self.last(measure, down, across)
        return per_cent(self.now.figure(measure, down, across).value, last.value if last else None)

    @property
    def of_area(self) -> bool:
        """Compared with the place, not with another time."""
        return self.against in (CITY, TRADE)

    @property
    def moved(self) -> str:
        """The warning where the average headcount behind the total changed so much that counts mislead, else ''."""
        rates = [code for code in self.now.asked.measures if (cell := measures()[code].cell) and cell.over == "staff" and cell.count]
        last = self.last(rates[0]) if rates and not self.of_area else None
        return moved_said(self.now.figure(rates[0]).over, last.over) if last else ""

    def word(self, measure: str, down: Key = ALL, across: Key = ALL) -> str:
        """正常波动, 明显上升, 明显下降 or 数据太少 of a rate over workers; '' for anything else."""
        now, last = self.now.figure(measure, down, across), self.last(measure, down, across)
        if last is None or not (now.of_cases and last.of_cases):
            return ""
        if not now.over or not last.over or now.count is None or last.count is None:
            return ""
        if self.of_area:
            return area_word(now, last)
        return Change(plain_change(int(now.count), int(last.count), now.over, last.over)).zh


def area_word(now: Figure, area: Figure) -> str:
    """明显偏高, 明显偏低, 相当 or 数据太少: whether the place's rate lies in the exact interval of the row's own (C8)."""
    expected = (area.value or 0) * (now.over or 0) / now.per
    if now.interval is None or max(expected, now.count or 0) < FEW:
        return _("数据太少")
    if area.value is None or now.interval.low <= area.value <= now.interval.high:
        return _("相当")
    return _("明显偏高") if area.value < now.interval.low else _("明显偏低")


def compared(pool: Pool, asked: Asked, against: str) -> Compared:
    """Reckon the question, and again for the period it is compared with."""
    if against in (CITY, TRADE):
        now = reckon(pool, asked)
        beside = area_cube(pool, asked, now, against) if can_stand_beside(asked) else None
        return Compared(now, beside, against if beside else "", data_day(pool), str(AREA_SAID[against]) if beside else "")
    before, data_to = earlier(asked.period, against) if can_compare(asked, against) else None, data_day(pool)
    then, how = _before(pool, asked.over(before), against, data_to) if before else (None, "")
    return Compared(reckon(pool, asked), then, against if then else "", data_to, how, (came(pool.commit)[INJURIES] or None) if then else None)


def _before(pool: Pool, asked: Asked, against: str, data_to: date | None) -> tuple[Cube, str]:
    """The question of the earlier period: with what is known today, or with what was known a year ago."""
    return known_then(pool, asked, data_to) if against == THEN and data_to else (reckon(pool, asked), "")


def can_compare(asked: Asked, against: str) -> bool:
    """Rows of a time have no counterpart in the period just before."""
    return against != "previous" or not any(dimension.of_time for dimension in asked.sides())


def earlier(period: Period, against: str) -> Period | None:
    """2026-03 to 2026-04 against last_year: 2025-03 to 2025-04; against previous: 2026-01 to 2026-02."""
    if against in ("last_year", THEN):
        return period.shift_years(-1)
    if against == "previous":
        months = len(period.months())
        return Period(add_months(period.start, -months), month_end(add_months(period.start, -1)))
    return None


def new_said(now: Figure, last: Figure | None) -> str:
    """What stands where a change in per cent cannot: 新增 3, or nothing."""
    if last is not None and last.value == 0 and now.value:
        return _("新增 %(n)s") % {"n": f"{now.value:,.0f}"}
    return "—"
