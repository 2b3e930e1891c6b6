"""历史试算: what a rule would have said, day by day, on the facts known today.

Only the days on which something happened at a unit can change its outcome. Each pair of unit and day becomes a unit of
its own whose rows are those that had happened by that day; so one query a calendar year answers for all days at once.
That needs windows that begin with the year (or are open); other rules are looked at on the last day of each month.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

import ibis
import pyarrow as pa

from wushang.analyse.measures import measures
from wushang.judge.checks.grid import days_of_change
from wushang.judge.judging import Judged, judge
from wushang.judge.language.tree import Value
from wushang.judge.pack import Pack, Use
from wushang.people.scope import Scope
from wushang.pool.reading import Pool
from wushang.terms.period import Period, month_end, month_of

BY_DAY = ("year_to_date", "open")
BY_TIME = ("hours", "years", "working_days")  # divided by the length of the window, which a moment of the year does not have
DATES = {"disease_hazards": ("opened", "closed"), "headcounts": ("month",)}  # tables that can be told day by day, beside injuries


@dataclass(frozen=True)
class Turn:
    """On this day a unit's outcome became another one, or it was referred once more (`was` equals `now`)."""

    day: date
    enterprise: int
    was: str
    now: str


@dataclass(frozen=True, order=True)
class State:
    """A unit's outcome on a day; of a referral what was measured, since each further case is one more."""

    unit: int
    day: date
    outcome: str
    values: tuple[float, ...] = ()


def replay(pack: Pack, pool: Pool, period: Period, region: str) -> list[Turn]:
    """The turns of all units in a period, in the order of days."""
    states = by_day(pack, pool, period, region) if exact(pack, period) else by_month(pack, pool, period, region)
    return [turn for turn in turns(states) if turn.day in period]


def exact(pack: Pack, period: Period) -> bool:
    """Whether every day can be told: windows that begin with the year, one basis, no ranks, no new value inside."""
    uses = pack.measures.values()
    injured = {_dated(use) for use in uses if measures()[use.measure].of_injuries}
    return (
        all(use.window in BY_DAY for use in uses)
        and all(DATES.keys() >= set(measures()[use.measure].tables) - {"injuries"} for use in uses)
        and len(injured) <= 1
        and not any(cell.over in BY_TIME for use in uses if (cell := measures()[use.measure].cell))
        and not pack.ranked
        and all(measures()[use.measure].alone for use in uses)
        and not any(period.start < day <= period.end for day in days_of_change(pack))
    )


def turns(states: Iterable[State]) -> list[Turn]:
    """States in any order → the changes, the first state of a unit compared with nothing."""
    found, last = [], dict[int, State]()
    for state in sorted(states):
        was = last.get(state.unit) or State(state.unit, state.day, "")
        if state.outcome != was.outcome or grew(was.values, state.values):
            found.append(Turn(state.day, state.unit, was.outcome, state.outcome))
        last[state.unit] = state
    return sorted(found, key=lambda turn: (turn.day, turn.enterprise))


def grew(was: tuple[float, ...], now: tuple[float, ...]) -> bool:
    """Whether a unit that was referred has one more case."""
    return any(b > a for a, b in zip(was, now, strict=False))


def seen(pack: Pack, judged: Judged) -> list[tuple[int, str, tuple[float, ...]]]:
    """(unit, outcome, values of a referral) of each judged unit."""
    referrals = {outcome.code for outcome in pack.outcomes if outcome.kind == "referral"}
    return [
        (unit, outcome, tuple(number(value) for value in judged.of(at).values()) if outcome in referrals else ())
        for at, (unit, outcome) in enumerate(judged.by_unit().items())
    ]


def number(value: Value) -> float:
    return float(value or 0)


def by_month(pack: Pack, pool: Pool, period: Period, region: str) -> list[State]:
    """The state before the period, on each first of January, and on the last day of each month."""
    days = {period.start - timedelta(days=1), *(min(month_end(month), period.end) for month in period.months())}
    days |= {day for month in period.months() if (day := month_of(month)).month == 1}
    states = []
    for day in sorted(days):
        states += [State(unit, day, outcome, found) for unit, outcome, found in seen(pack, judge(pack, pool, day, region))]
    return states


def by_day(pack: Pack, pool: Pool, period: Period, region: str) -> list[State]:
    """The state of each unit on each day on which something happened there."""
    states = []
    known = moments(pack, pool, period)
    for year in sorted({row["day"].year for row in known}):
        rows = [row for row in known if row["day"].year == year]
        judged = judge(pack, unfolded(pack, pool, rows), date(year, 12, 31), region)
        place = {row["moment"]: (row["unit"], row["day"]) for row in rows}
        states += [State(*place[moment], outcome, found) for moment, outcome, found in seen(pack, judged)]
    return states


def moments(pack: Pack, pool: Pool, period: Period) -> list[dict]:
    """Numbered pairs of unit and day: what happened in the period, the day before it, and each first of January."""
    parts = [happened(pool, table, column) for table, column in dates_of(pack)]
    rows = reduce(lambda a, b: a.union(b), parts)
    first = period.start - timedelta(days=1)
    rows = rows.filter(rows.day <= ibis.literal(period.end)).distinct()
    found = {(row["unit"], row["day"]) for row in pool.fetch(rows).to_pylist()}
    units = {unit for unit, _day in found}
    starts = {first, *(date(year, 1, 1) for year in range(period.start.year, period.end.year + 1))}
    wanted = {(unit, day) for unit, day in found if day >= period.start}
    wanted |= {(unit, day) for unit in units for day in starts if first <= day <= period.end}
    return [{"moment": n, "unit": unit, "day": day} for n, (unit, day) in enumerate(sorted(wanted))]


def dates_of(pack: Pack) -> set[tuple[str, str]]:
    """Tables and date columns on whose days an outcome may change."""
    tables = {table for use in pack.measures.values() for table in measures()[use.measure].tables}
    columns = DATES | {"injuries": (basis(pack),)}
    return {(table, column) for table in tables for column in columns[table]}


def basis(pack: Pack) -> str:
    return next((_dated(use) for use in pack.measures.values() if measures()[use.measure].of_injuries), "occurred")


def _dated(use: Use) -> str:
    """By which date a measure counts: its own where its name settles it (认定件数), else the one that the rule asks for."""
    bases = measures()[use.measure].bases
    return bases[0] if len(bases) == 1 else use.basis


def happened(pool: Pool, table: str, column: str) -> ibis.Table:
    rows = pool.table(table)
    return rows.filter(rows[column].notnull(), rows.enterprise.notnull()).select(unit=rows.enterprise, day=rows[column])


def unfolded(pack: Pack, pool: Pool, rows: list[dict]) -> Pool:
    """A pool whose units are moments, each with what had happened by its day."""
    schema = pa.schema([("moment", pa.int64()), ("unit", pa.int64()), ("day", pa.date32())])
    at = pool.engine.memory("moments", pa.Table.from_pylist(rows, schema=schema))
    tables = {"enterprises": moved(pool.table("enterprises"), at)}
    for name, column in (("injuries", basis(pack)), ("headcounts", "month"), ("disease_hazards", "opened")):
        tables[name] = moved(pool.table(name), at, column)
    hazards = tables["disease_hazards"]
    still_open = hazards.filter(hazards.closed.isnull() | (hazards.closed > hazards.day))
    tables["disease_hazards"] = still_open.mutate(closed=ibis.null("date"))
    unfilled = Pool(pool.engine, Scope.system(), pool.commit, pool.source, pool.verb)
    unfilled._open.update({name: table.drop("day") for name, table in tables.items()})
    return unfilled


def moved(rows: ibis.Table, at: ibis.Table, column: str = "") -> ibis.Table:
    """Rows of a unit as rows of its moments, if they had happened by then; with the moment's day."""
    joined = rows.inner_join(at, rows.enterprise == at.unit)
    joined = joined.filter(joined[column] <= joined.day) if column else joined
    others = [name for name in rows.columns if name != "enterprise"]
    return joined.select(*others, "day", enterprise=joined.moment)
