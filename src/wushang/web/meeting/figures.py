"""The figures of the meeting page, read once from one pool: the page, the wall, the print and the brief draw these."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from wushang.analyse.data_day import data_day
from wushang.analyse.headcounts import averaged
from wushang.pool import reckoned
from wushang.pool.reading import Pool
from wushang.terms import codes
from wushang.terms.period import Period
from wushang.web.meeting.asked import Asked
from wushang.web.meeting.counted import counted, late

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
    """Everything is read from `pool` when first asked for, and kept; what was counted is kept for all processes. Several threads
    share a page's figures, and an engine's tables are of one thread, so that each question opens them anew."""

    pool: Pool
    asked: Asked
    towns: Mapping[str, str]  # code → name, of the area

    @cached_property
    def _counted(self) -> dict[str, Any]:
        months = averaged(self.asked.period), averaged(self.asked.last)  # by a setting
        return self._once("meeting.figures", months, lambda pool: counted(pool, self.asked))

    def _once(self, what: str, more: tuple[Any, ...], count: Callable[[Pool], Any]) -> Any:
        pool = replace(self.pool, _open={})
        return reckoned.once(what, (pool.key, self.asked, *more), lambda: count(pool)) if pool.key else count(pool)

    @cached_property
    def _cells(self) -> list[tuple[dict[str, str], Pair]]:
        """Events of this and last year's period by place, division and kind: the three tables are sums of these."""
        return [(cell, Pair(cell["now"], cell["last"])) for cell in self._counted["cells"]]

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
        found: dict[str, Counter] = {}
        for row in self._counted["people"]:
            place = found.setdefault(self.town(row["region"]), Counter())
            place.update({name: n or 0 for name, n in row.items() if name != "region"})
        return found

    def persons(self, name: str) -> int:
        return sum(place[name] for place in self.people.values())

    @cached_property
    def staff(self) -> dict[str, float]:
        """Township code → average insured headcount: the mean of the month-end totals of the period (domain.md C0)."""
        return self._staff("staff", self.asked.period)

    @cached_property
    def last_staff(self) -> dict[str, float]:
        return self._staff("last_staff", self.asked.last)

    def _staff(self, name: str, period: Period) -> dict[str, float]:
        months = len(averaged(period).months())
        return {code: n / months for code, n in self._by_town(self._counted[name]).items()}

    def _by_town(self, rows: Iterable[dict[str, Any]]) -> Counter[str]:
        found: Counter[str] = Counter()
        for row in rows:
            found[self.town(row["region"])] += row["n"] or 0
        return found

    @cached_property
    def by_month(self) -> dict[date, int]:
        """Month → events."""
        return {date.fromisoformat(month): n for month, n in self._counted["months"].items()}

    @cached_property
    def data_to(self) -> date | None:
        day = self._once("meeting.data_to", (), lambda pool: _iso(data_day(pool)))
        return date.fromisoformat(day) if day else None

    @property
    def undated(self) -> int:
        """Injuries of the period (by the day they happened) that nobody applied for yet: in no figure of the page."""
        return self._counted["undated"]

    def late(self, today: date) -> dict[str, int]:
        """逾期未改: township code → units whose report of rectification is due and has not come."""
        return dict(self._by_town(self._once("meeting.late", (today,), lambda pool: late(pool, today))))

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


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _sum(parts: Iterable[Pair]) -> Pair:
    held = list(parts)
    return Pair(sum(p.now for p in held), sum(p.last for p in held))
