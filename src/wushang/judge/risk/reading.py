"""From the pool to facts. Only sums by unit and month leave the tables; no column that tells of a person is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import ibis
import numpy as np

from wushang.analyse.injuries import dead, injuries, serious
from wushang.analyse.measures import Ask
from wushang.judge.risk.facts import NEVER, Dated, Facts, Hurt
from wushang.pool.reading import Pool
from wushang.terms.period import Period, add_months, month_of

MOST = 60  # months that are looked back
NEW = 92  # days: three months after hiring


def read(pool: Pool, data_to: date) -> Facts | None:
    """All units that stand and are confirmed, over the whole months until `data_to`; None without headcounts."""
    following = month_of(data_to + timedelta(days=1))
    rows = pool.fetch(_units(pool)).to_pydict()
    places = {unit: place for place, unit in enumerate(rows["enterprise"])}
    staff = _columns(pool, _heads(pool, following), places)
    if not staff["unit"].size:
        return None
    first = max(min(staff["month"]), add_months(following, -MOST))
    months = _months(first, following)
    heads = np.zeros((len(places), months))
    month = np.array([_months(first, day) for day in staff["month"]])
    kept = month >= 0
    np.add.at(heads, (staff["unit"][kept], month[kept]), staff["insured"][kept].astype(float))
    things = {name: of for name, ask in THINGS.items() if (of := ask(pool, places, first)) is not None}
    return Facts(np.array(rows["enterprise"]), np.array(rows["industry"], dtype=str), first, months, heads, _hurt(pool, places, first, following), things)


def _months(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def _units(pool: Pool) -> ibis.Table:
    rows = pool.table("enterprises")
    rows = rows.filter(rows.merged_into.isnull(), ~rows.provisional)
    return rows.select("enterprise", industry=rows.industry.fill_null("")).order_by("enterprise")


def _heads(pool: Pool, following: date) -> ibis.Table:
    rows = pool.table("headcounts")
    rows = rows.filter(rows.month < ibis.literal(following), rows.insured.notnull())
    return rows.group_by("enterprise", "month").agg(insured=rows.insured.sum())


def _columns(pool: Pool, rows: ibis.Table, places: dict[int, int]) -> dict[str, np.ndarray]:
    """Rows of known units as columns, with `unit` their place."""
    told = pool.fetch(rows).to_pydict()
    kept = [n for n, unit in enumerate(told["enterprise"]) if unit in places]
    found = {name: np.array([values[n] for n in kept], dtype=object) for name, values in told.items()}
    return found | {"unit": np.array([places[told["enterprise"][n]] for n in kept], dtype=int)}


def _hurt(pool: Pool, places: dict[int, int], first: date, following: date) -> Hurt:
    rows = injuries(pool, Ask(following - timedelta(days=1), span=Period(first, following - timedelta(days=1))))
    told = ibis.greatest(ibis.coalesce(rows.reported, rows.accepted, rows.recognised, rows.occurred), rows.occurred)
    rows = rows.filter(told < ibis.literal(following)).select(
        "enterprise", "occurred", told=told, grave=dead(rows) | serious(rows), new=(rows.tenure_days <= NEW).cast("float64")
    )
    found = _columns(pool, rows, places)
    month, heard = (_numbers(found[name], first) for name in ("occurred", "told"))
    return Hurt(found["unit"], month, heard, found["grave"].astype(bool), np.array([np.nan if v is None else v for v in found["new"]], dtype=float))


def _numbers(days: np.ndarray, first: date) -> np.ndarray:
    return np.array([NEVER if day is None else _months(first, day) for day in days], dtype=int)


def _dated(pool: Pool, places: dict[int, int], first: date, rows: ibis.Table) -> Dated | None:
    """Rows (enterprise, start, end, weight) of a table; None where nobody fills it."""
    found = _columns(pool, rows, places)
    if not found["unit"].size:
        return None
    return Dated(found["unit"], _numbers(found["start"], first), _numbers(found["end"], first), found["weight"].astype(float))


def _hazards(pool: Pool, places: dict[int, int], first: date) -> Dated | None:
    rows = pool.table("disease_hazards")
    return _dated(pool, places, first, rows.select("enterprise", start=rows.opened, end=rows.closed, weight=ibis.literal(1)))


def _tests(pool: Pool, places: dict[int, int], first: date) -> Dated | None:
    rows = pool.table("hazard_tests")
    rows = rows.filter(rows.exceeded.notnull())
    return _dated(pool, places, first, rows.select("enterprise", start=rows.tested, end=rows.tested, weight=rows.exceeded.cast("int64")))


def _late(pool: Pool, places: dict[int, int], first: date) -> Dated | None:
    """整改报告 that came late, or did not come: `end` is the month in which it came."""
    rows = pool.table("cases")
    rows = rows.filter(rows.report_due.notnull(), rows.state != "dropped")
    return _dated(pool, places, first, rows.select("enterprise", start=rows.report_due, end=rows.submitted, weight=rows.late.cast("int64")))


THINGS: dict[str, Callable[[Pool, dict[int, int], date], Dated | None]] = {"hazards": _hazards, "tests": _tests, "late": _late}
