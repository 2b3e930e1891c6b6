"""The whole trial of one rule over one span: by month and office, what became of it, by size, beside the rule in force and
beside the statistical ranking. The same inputs give the same digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
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
from wushang.judge.backtest.later import WITHIN, hurt
from wushang.judge.backtest.pieces import Pieces, joined, lines, pieces
from wushang.judge.backtest.ranking import ranked
from wushang.judge.backtest.sides import Side, keys, kinds, side
from wushang.judge.backtest.staff import Heads, heads
from wushang.judge.backtest.states import States, states
from wushang.judge.backtest.unfold import at_once
from wushang.judge.language.tree import Value
from wushang.judge.pack import Pack
from wushang.pool.reading import Pool
from wushang.terms.period import Period, add_months, month_end, month_of
from wushang.terms.problem import Refused

MONTHS, LONGEST = 36, 120


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
    sides: list[Side] = []
    first = np.zeros(0, np.int64)
    for one in (tried, *others):
        sent = sent_by(one.pack, pool, of, region, period, staffed, daily)
        mine = keys(sent, period)
        first = mine if one is tried else first
        sides.append(side(one.code, one.title, kinds(one.pack, sent, period), of, injured, sent, period, int(np.isin(mine, first).sum())))
    drawn = ranked(pool, of, staffed, period, np.array(sides[0].by_month))
    sides.append(side("ranking", "", [], of, injured, drawn, period, int(np.isin(keys(drawn, period), first).sum())))
    asked = {"policy": tried.pack.id, "text": hashlib.sha256(tried.pack.text.encode()).hexdigest(), "region": region, "commit": pool.commit,
             "daily": daily, "settings": settings(tried.pack, period)}  # fmt: skip
    return Backtest(asked, period, len(of.units), until, sides, remarks(tried.pack, period, daily))


def settings(pack: Pack, period: Period) -> dict[str, Any]:
    """One set of values for the whole span: those that the text gives at its end, or when it was last looked at."""
    return pack.settings(max(pack.shown_on, period.end))


def sent_by(pack: Pack, pool: Pool, of: Cube, region: str, period: Period, staffed: Heads, daily: bool) -> Pieces:
    told = settings(pack, period)
    found: States = states(pack, pool, of, region, told, staffed)
    parts = [lines(of, found)]
    if daily and unit_by_unit(pack, told):
        parts += of_event_days(pack, pool, of, region, period, told)
    return pieces(pack, joined(parts), period)


def unit_by_unit(pack: Pack, told: Mapping[str, Value]) -> bool:
    """Whether a unit can be looked at on its own day, without the others: of the first N the others decide too."""
    return at_once(pack) and not any(outcome.top and told.get(outcome.top.count) is not None for outcome in pack.outcomes)


def remarks(pack: Pack, period: Period, daily: bool) -> list[str]:
    told = []
    if daily and not unit_by_unit(pack, settings(pack, period)):
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
