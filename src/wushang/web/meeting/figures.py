"""The figures of the meeting page, read once from one pool: the page, the wall, the print and the brief draw these."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import ibis
import polars as pl

from wushang.analyse.data_day import data_day
from wushang.analyse.headcounts import averaged
from wushang.pool.reading import Pool
from wushang.terms import codes
from wushang.terms.period import Period, add_months, month_of
from wushang.web.meeting import events
from wushang.web.meeting.asked import Asked

TREND_MONTHS = 24
BASE_MONTHS = 12  # before the first month of the line, for its expected range
NOWHERE = ""  # a region code that is none of the area's townships


@dataclass(frozen=True)
class Pair:
    """This period beside the same period last year."""

    now: int
    last: int

    @property
    def change(self) -> float | None:
        """In %; None where nothing happened last year."""
        return (self.now - self.last) / self.last * 100 if self.last else None


@dataclass
class Figures:
    """Everything is read from `pool` when first asked for, and kept."""

    pool: Pool
    asked: Asked
    towns: Mapping[str, str]  # code → name, of the area
    _late: dict[date, dict[str, int]] = field(default_factory=dict)

    @cached_property
    def _months(self) -> pl.DataFrame:
        """One query for everything that counts events: by month, region, kind and division; over the line's months, those
        before that its expected range needs, and last year's period."""
        first = min(add_months(self.asked.end, -(TREND_MONTHS + BASE_MONTHS - 1)), self.asked.last.start)
        rows = events.within(events.events(self.pool), Period(first, self.asked.period.end))
        counted = rows.group_by("region", "kind", month=rows.reported.truncate("M"), industry=rows.industry.substr(0, 3)).agg(
            n=rows.count()
        )
        found = pl.from_arrow(self.pool.fetch(counted))
        assert isinstance(found, pl.DataFrame)
        return found.with_columns(pl.col("month").cast(pl.Date))

    @cached_property
    def _cells(self) -> list[tuple[dict[str, str], Pair]]:
        """Events of this and last year's period by place, division and kind: the three tables are sums of these."""
        now, last = self.asked.period, self.asked.last
        count = [pl.col("n").filter(pl.col("month").is_between(p.start, p.end)).sum().alias(name) for name, p in (("now", now), ("last", last))]
        found = self._months.group_by("region", "industry", "kind").agg(count).filter((pl.col("now") + pl.col("last")) > 0)
        return [(row, Pair(row["now"], row["last"])) for row in found.rows(named=True)]

    def _by(self, column: str, name_of: Callable[[str], str] = str) -> dict[str, Pair]:
        found: dict[str, list[Pair]] = {}
        for cell, pair in self._cells:
            found.setdefault(name_of(cell[column] or ""), []).append(pair)
        return {name: _sum(parts) for name, parts in found.items()}

    @cached_property
    def by_town(self) -> dict[str, Pair]:
        """Township code → events; '' for what lies in none of them."""
        return self._by("region", self.town)

    @cached_property
    def total(self) -> Pair:
        return _sum(self.by_town.values())

    @cached_property
    def by_industry(self) -> dict[str, Pair]:
        """Division (大类) → events."""
        return self._by("industry")

    @cached_property
    def by_kind(self) -> dict[str, Pair]:
        """Kind of accident (name of the classification in force at the end of the period) → events."""
        return self._by("kind", self.kind)

    @cached_property
    def by_both(self) -> dict[tuple[str, str], Pair]:
        """(division, kind) → events, named as in `by_industry` and `by_kind`."""
        found: dict[tuple[str, str], list[Pair]] = {}
        for cell, pair in self._cells:
            found.setdefault((cell["industry"] or "", self.kind(cell["kind"] or "")), []).append(pair)
        return {both: _sum(parts) for both, parts in found.items()}

    @cached_property
    def people(self) -> dict[str, Counter]:
        """What happened to people: township code → cases, fatal, serious, commuting, deemed."""
        rows = events.within(events.cases(self.pool), self.asked.period)
        counted = rows.group_by("region").agg(
            cases=rows.count(),
            fatal=(rows.severity == "fatal").sum(),
            serious=(rows.severity == "serious").sum(),
            commuting=(rows.situation == "14-6").sum(),
            deemed=rows.situation.startswith("15-").sum(),
        )
        found: dict[str, Counter] = {}
        for row in self.pool.fetch(counted).to_pylist():
            place = found.setdefault(self.town(row.pop("region")), Counter())
            place.update({name: n or 0 for name, n in row.items()})
        return found

    def persons(self, name: str) -> int:
        return sum(place[name] for place in self.people.values())

    @cached_property
    def staff(self) -> dict[str, float]:
        """Township code → average insured headcount: the mean of the month-end totals of the period (domain.md C0)."""
        return self._staff(self.asked.period)

    @cached_property
    def last_staff(self) -> dict[str, float]:
        return self._staff(self.asked.last)

    def _staff(self, period: Period) -> dict[str, float]:
        months = averaged(period)
        rows = events.within(self.pool.table("headcounts"), Period(month_of(months.start), months.end), "month")
        summed = rows.group_by("region").agg(n=rows.insured.sum())
        found: Counter = Counter()
        for row in self.pool.fetch(summed).to_pylist():
            found[self.town(row["region"])] += row["n"] or 0
        return {code: n / len(months.months()) for code, n in found.items()}

    @cached_property
    def by_month(self) -> dict[date, int]:
        """Month → events."""
        return dict(self._months.group_by("month").agg(pl.col("n").sum()).rows())

    @cached_property
    def data_to(self) -> date | None:
        return data_day(self.pool)

    @cached_property
    def undated(self) -> int:
        """Injuries of the period (by the day they happened) that nobody applied for yet: in no figure of the page."""
        rows = self.pool.table("injuries")
        rows = rows.filter(rows.reported.isnull(), _within(rows.occurred, self.asked.period))
        return self.pool.fetch(rows.agg(n=rows.count()))["n"][0].as_py()

    def late(self, today: date) -> dict[str, int]:
        """逾期未改: township code → units whose report of rectification is due and has not come."""
        if today not in self._late:
            self._late[today] = self._late_on(today)
        return self._late[today]

    def _late_on(self, today: date) -> dict[str, int]:
        rows, units = self.pool.table("cases"), self.pool.table("enterprises")
        open_late = rows.filter((rows.state == "overdue") | late_state(rows, today))
        joined = open_late.left_join(units, open_late.enterprise == units.enterprise)
        counted = joined.group_by("region").agg(n=joined.enterprise.nunique())
        found: Counter = Counter()
        for row in self.pool.fetch(counted).to_pylist():
            found[self.town(row["region"])] += row["n"]
        return dict(found)

    def town(self, code: str | None) -> str:
        """The township a region code lies in; '' when none of the area's."""
        return next((code[:n] for n in (len(code), 9) if code[:n] in self.towns), NOWHERE) if code else NOWHERE

    def kind(self, code: str) -> str:
        """A cause's name as of the end of the period; old codes join their one sure successor."""
        newer = codes.recode(code, self.asked.period.end) if code else None
        return newer.name if newer else codes.name("accident_kind", code) if code else ""


_KEPT: OrderedDict[tuple, Figures] = OrderedDict()
KEPT = 100  # pages of one process; the one asked for longest ago goes first


def figures_of(pool: Pool, asked: Asked, towns: Mapping[str, str]) -> Figures:
    """The figures of a page, kept for whoever asks the same of the same version with the same scope: a page that is looked at
    again, the wall that renews itself, the list behind a number."""
    if not pool.key:
        return Figures(pool, asked, towns)
    name = (pool.key, asked, tuple(towns.items()))
    if name not in _KEPT:
        _KEPT[name] = Figures(pool, asked, towns)
        while len(_KEPT) > KEPT:
            _KEPT.popitem(last=False)
    return _KEPT[name]


def late_state(rows: ibis.Table, today: date) -> ibis.BooleanValue:
    return (rows.state == "report_due") & (rows.report_due < ibis.literal(today))


def _within(column: Any, period: Period) -> Any:
    return column.between(ibis.literal(period.start), ibis.literal(period.end))


def _sum(parts: Iterable[Pair]) -> Pair:
    held = list(parts)
    return Pair(sum(p.now for p in held), sum(p.last for p in held))
