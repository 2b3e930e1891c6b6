"""The whole trial of one rule over one span: by month and office, what became of it, by size, beside the rule in force and
beside the statistical ranking. The same inputs give the same digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from wushang.analyse.data_day import data_day
from wushang.analyse.measures import measures
from wushang.judge.backtest.clock import clock, month_ends
from wushang.judge.backtest.cube import Cube, cube
from wushang.judge.backtest.daily import of_event_days
from wushang.judge.backtest.later import WITHIN, Found, Hurt, found, hurt, rounded
from wushang.judge.backtest.pieces import Pieces, joined, lines, pieces
from wushang.judge.backtest.ranking import ranked
from wushang.judge.backtest.staff import Heads, heads
from wushang.judge.backtest.states import States, states
from wushang.judge.backtest.unfold import at_once
from wushang.judge.pack import Pack
from wushang.judge.prose import title
from wushang.people.scope import region_prefix
from wushang.pool.reading import Pool
from wushang.terms.period import Period, add_months, month_end, month_of
from wushang.terms.problem import Refused

MONTHS, LONGEST = 36, 120
TOWNSHIP = 9  # digits of a township's code


@dataclass(frozen=True)
class Kind:
    """One outcome's pieces by month, and the days of work that each takes, step by step."""

    outcome: str
    title: str
    issuer: str
    steps: dict[str, float]
    by_month: list[int]

    @property
    def total(self) -> int:
        return sum(self.by_month)

    @property
    def staff_days(self) -> float:
        return round(self.total * sum(self.steps.values()), 4)

    def to_json(self) -> dict[str, Any]:
        by_step = {step: round(days * self.total, 4) for step, days in self.steps.items()}
        return {"outcome": self.outcome, "title": self.title, "office": self.issuer, "by_month": self.by_month, "letters": self.total,
                "staff_days": self.staff_days, "staff_days_by_step": by_step}  # fmt: skip


@dataclass(frozen=True)
class Size:
    """A size class: its units, what they got, and what became of it."""

    code: str
    units: int
    all: Found

    def to_json(self) -> dict[str, Any]:
        return {"size": self.code, "units": self.units, "letters": self.all.letters, "letters_per_100_units": self.per_100, **{
            name: value for name, value in self.all.to_json().items() if name in ("ripe", "followed", "precision", "recall", "injuries", "lift")}}  # fmt: skip

    @property
    def per_100(self) -> float:
        return rounded(100 * self.all.letters / self.units) or 0.0


@dataclass(frozen=True)
class Side:
    """One way to choose whom to write to: the rule that is tried, the one in force, the ranking."""

    code: str  # tried | in_force | ranking
    title: str
    kinds: list[Kind]
    by_month: list[int]
    all: Found
    serious: Found
    sizes: list[Size]
    townships: dict[str, int]
    shared: int = 0  # letters that the tried rule sends to the same unit in the same month

    @property
    def letters(self) -> int:
        return sum(self.by_month)

    @property
    def offices(self) -> dict[str, dict[str, Any]]:
        """Who would have to write how many by month, and how many days of work that is."""
        told: dict[str, dict[str, Any]] = {}
        for kind in self.kinds:
            one = told.setdefault(kind.issuer, {"by_month": [0] * len(self.by_month), "letters": 0, "staff_days": 0.0})
            one["by_month"] = [a + b for a, b in zip(one["by_month"], kind.by_month, strict=True)]
            one["letters"] += kind.total
            one["staff_days"] = round(one["staff_days"] + kind.staff_days, 4)
        return told

    @property
    def staff_days(self) -> float:
        return round(sum(kind.staff_days for kind in self.kinds), 4)

    def to_json(self) -> dict[str, Any]:
        return {
            "side": self.code, "title": self.title, "letters": self.letters, "by_month": self.by_month, "staff_days": self.staff_days,
            "offices": self.offices, "outcomes": [kind.to_json() for kind in self.kinds], "townships": self.townships,
            "later_injuries": self.all.to_json(), "later_serious_injuries": self.serious.to_json(),
            "by_size": [size.to_json() for size in self.sizes], "shared_with_tried": self.shared,
        }  # fmt: skip


@dataclass(frozen=True)
class Backtest:
    """What was asked, and the sides."""

    asked: dict[str, Any]
    period: Period
    units: int
    injuries_until: date | None
    sides: list[Side]
    remarks: list[str] = field(default_factory=list)

    @property
    def months(self) -> list[date]:
        return self.period.months()

    def side(self, code: str) -> Side | None:
        return next((side for side in self.sides if side.code == code), None)

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self._told(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def _told(self) -> dict[str, Any]:
        return {
            **self.asked, "from": self.period.start.isoformat(), "to": self.period.end.isoformat(), "units": self.units,
            "data_to": self.injuries_until.isoformat() if self.injuries_until else None, "months_after": WITHIN,
            "months": [f"{month:%Y-%m}" for month in self.months], "sides": [side.to_json() for side in self.sides], "remarks": self.remarks,
        }  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        return self._told() | {"digest": self.digest}


@dataclass(frozen=True)
class Trial:
    """A rule that is tried: its text as read, and how a page calls it."""

    code: str
    title: str
    pack: Pack


def backtest(tried: Trial, others: Iterable[Trial], pool: Pool, period: Period, region: str, daily: bool = False) -> Backtest:
    """period: whole months. others: rules to be set beside it (the one in force). daily: at every day on which something became
    known of a unit, else at the ends of the months and on the first of January."""
    period = Period(month_of(period.start), month_end(period.end))
    of = cube(pool, clock(month_ends(period), pool.commit), region)
    until = data_day(pool)
    staffed, injured = heads(pool, of), hurt(pool, of, until or period.start)
    prefix = region_prefix(region)
    sides: list[Side] = []
    first = np.zeros(0, np.int64)
    for one in (tried, *others):
        sent = sent_by(one.pack, pool, of, region, period, staffed, daily)
        keys = _keys(sent, period)
        first = keys if one is tried else first
        sides.append(side(one.code, one.title, kinds(one.pack, sent, period), of, injured, sent, period, prefix, int(np.isin(keys, first).sum())))
    drawn = ranked(pool, of, staffed, period, np.array(sides[0].by_month))
    sides.append(side("ranking", "", [], of, injured, drawn, period, prefix, int(np.isin(_keys(drawn, period), first).sum())))
    asked = {"policy": tried.pack.id, "text": hashlib.sha256(tried.pack.text.encode()).hexdigest(), "region": region, "commit": pool.commit,
             "daily": daily, "settings": settings(tried.pack, period)}  # fmt: skip
    return Backtest(asked, period, len(of.units), until, sides, remarks(tried.pack, daily))


def settings(pack: Pack, period: Period) -> dict[str, Any]:
    """One set of values for the whole span: those that the text gives at its end, or when it was last looked at."""
    return pack.settings(max(pack.shown_on, period.end))


def sent_by(pack: Pack, pool: Pool, of: Cube, region: str, period: Period, staffed: Heads, daily: bool) -> Pieces:
    told = settings(pack, period)
    found: States = states(pack, pool, of, region, told, staffed)
    parts = [lines(of, found)]
    if daily and at_once(pack):
        parts += of_event_days(pack, pool, of, region, period, told)
    return pieces(pack, joined(parts), period)


def kinds(pack: Pack, sent: Pieces, period: Period) -> list[Kind]:
    months, wide = sent.months(period), len(period.months())
    told = []
    for place, outcome in enumerate(pack.outcomes, 1):
        case = pack.cases.get(outcome.code)
        counts = np.bincount(months[sent.outcome == place], minlength=wide).tolist()
        told.append(Kind(outcome.code, title(pack, outcome.code), case.issuer if case else "", dict(case.staff_days) if case else {}, counts))
    return told


def side(code: str, title: str, kinds: list[Kind], of: Cube, injured: Hurt, sent: Pieces, period: Period, prefix: str, shared: int) -> Side:
    sizes = [Size(size, int((of.size == size).sum()), found(of, injured, sent, period, False, of.size == size)) for size in sorted(set(of.size.tolist()))]
    towns, counts = np.unique([place[:TOWNSHIP] for place in of.region[sent.at].tolist()], return_counts=True)
    return Side(
        code, title, kinds, sent.by_month(period).tolist(), found(of, injured, sent, period, False), found(of, injured, sent, period, True),
        sizes, dict(zip(map(str, towns), counts.tolist(), strict=True)), shared,
    )  # fmt: skip


def _keys(sent: Pieces, period: Period) -> np.ndarray:
    """Unit and month in one number."""
    return sent.at * 1000 + sent.months(period)


def remarks(pack: Pack, daily: bool) -> list[str]:
    told = []
    if daily and not at_once(pack):
        told.append("daily_not_possible")
    if not all(measures()[use.measure].alone for use in pack.measures.values()):
        told.append("needs_all_units")
    return told


def past(today: date, count: int = MONTHS) -> Period:
    """The last whole months before today."""
    end = month_of(today) - timedelta(days=1)
    return Period(add_months(month_of(end), 1 - count), end)


def whole_months(asked: Period, today: date) -> Period:
    """The months asked for, whole ones and over. Raises Refused where that is none, or more than ten years."""
    period = Period(month_of(asked.start), month_end(asked.end))
    if period.end >= today:
        raise Refused(_("%(day)s 还没有过去") % {"day": period.end.isoformat()}, _("请写到上个月为止的整月"))
    if len(period.months()) > LONGEST:
        raise Refused(_("一次试算最多 %(n)d 个月") % {"n": LONGEST}, _("请缩短起止月份"))
    return period
