"""The same question of two periods side by side: 同比 and 环比 (domain.md C3), with a plain word for what the change means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.analyse.changes import moved_said, per_cent
from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.cube import ALL, Cube, Figure, Key
from wushang.analyse.cube.maturity import known_then
from wushang.analyse.cube.reckoning import reckon
from wushang.analyse.data_day import data_day
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import measures
from wushang.pool.reading import Pool
from wushang.statistics.rates import Change, plain_change
from wushang.terms.period import Period, add_months, month_end

THEN = "last_year_then"
AGAINST = {"": gettext_lazy("不对比"), "last_year": gettext_lazy("上年同期"), THEN: gettext_lazy("上年同期（按去年此时所知）"),
           "previous": gettext_lazy("上期")}  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """`now` and, where asked for, `before`."""

    now: Cube
    before: Cube | None = None
    against: str = ""
    data_to: date | None = None  # 数据截至
    how: str = ""  # in which state of knowledge `before` is, where that is not today's

    def last(self, measure: str, down: Key = ALL, across: Key = ALL) -> Figure | None:
        """The figure it is compared with; a row of a time (2026-03) is compared with the same time a year before."""
        if self.before is None:
            return None
        asked = self.now.asked
        return self.before.figure(measure, self._then(asked.down, down), self._then(asked.across, across))

    def _then(self, code: str, key: Key) -> Key:
        timed = bool(code and key) and dimensions()[code].of_time
        return f"{int(key[:4]) - 1}{key[4:]}" if timed and key else key

    def change(self, measure: str, down: Key = ALL, across: Key = ALL) -> float | None:
        """In per cent; None where there was nothing before (新增 n, never ∞) or a figure is missing."""
        last = self.last(measure, down, across)
        return per_cent(self.now.figure(measure, down, across).value, last.value if last else None)

    @property
    def moved(self) -> str:
        """The warning where the average headcount behind the total changed so much that counts mislead, else ''."""
        rates = [code for code in self.now.asked.measures if (cell := measures()[code].cell) and cell.over == "staff" and cell.count]
        last = self.last(rates[0]) if rates else None
        return moved_said(self.now.figure(rates[0]).over, last.over) if last else ""

    def word(self, measure: str, down: Key = ALL, across: Key = ALL) -> str:
        """正常波动, 明显上升, 明显下降 or 数据太少 of a rate over workers; '' for anything else."""
        now, last = self.now.figure(measure, down, across), self.last(measure, down, across)
        if last is None or not (now.of_cases and last.of_cases):
            return ""
        if not now.over or not last.over or now.count is None or last.count is None:
            return ""
        return Change(plain_change(int(now.count), int(last.count), now.over, last.over)).zh


def compared(pool: Pool, asked: Asked, against: str) -> Compared:
    """Reckon the question, and again for the period it is compared with."""
    before, data_to = earlier(asked.period, against) if can_compare(asked, against) else None, data_day(pool)
    then, how = _before(pool, asked.over(before), against, data_to) if before else (None, "")
    return Compared(reckon(pool, asked), then, against if then else "", data_to, how)


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
