"""Between the ends of the months: the days on which something became known of a unit, month by month, only of those units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

import numpy as np

from wushang.judge.backtest.clock import clock, marked, own_day
from wushang.judge.backtest.cube import Cube, flags, whole
from wushang.judge.backtest.pieces import Lines, lines
from wushang.judge.backtest.staff import heads
from wushang.judge.backtest.states import states
from wushang.judge.language.tree import Value
from wushang.judge.pack import Pack
from wushang.pool.reading import Pool
from wushang.pool.tables import declared
from wushang.terms.period import Period, month_end


def of_event_days(pack: Pack, pool: Pool, of: Cube, region: str, period: Period, settings: Mapping[str, Value]) -> Iterator[Lines]:
    """The states on every such day; of the other days nothing is new."""
    days = tuple(period.start + timedelta(days=n) for n in range(period.days))
    at, k = events(pack, pool, of, days, period)
    for month in period.months():
        end = min(month_end(month), period.end)
        first, last = (day - period.start).days if (day := max(month, period.start)) else 0, (end - period.start).days
        mine = (k >= first) & (k <= last)
        if mine.any():
            rows = np.unique(at[mine])
            part = of.part(rows, clock(days[first : last + 1], pool.commit))
            where = np.zeros(part.shape, bool)
            where[np.searchsorted(rows, at[mine]), k[mine] - first] = True
            yield lines(part, states(pack, pool, part, region, settings, heads(pool, part)), where, rows)


def events(pack: Pack, pool: Pool, of: Cube, days: tuple, period: Period) -> tuple[np.ndarray, np.ndarray]:
    """(unit's row, day) of everything that became known, ended, or was corrected of injuries and hazards."""
    watch = clock(days, pool.commit)
    at, k = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for name in ("injuries", "disease_hazards"):
        rows = pool.source(declared()[name])
        rows = marked(pool, rows.filter(rows.recorded <= pool.commit, rows.enterprise.notnull()), watch)
        ends = rows.closed if name == "disease_hazards" else rows.recognised
        found = pool.fetch(rows.select("enterprise", "recorded", "superseded", "old", own=own_day(name, rows), ends=ends))
        place, old = of.places(whole(found["enterprise"])), flags(found["old"])
        learned = np.where(old, watch.by_day(whole(found["own"])), watch.by_commit(whole(found["recorded"])))
        corrected = np.where(whole(found["superseded"]) > 0, watch.by_commit(whole(found["superseded"])), len(days))
        for when in (learned, corrected, watch.by_day(whole(found["ends"]))):
            inside = (place >= 0) & (when < len(days))
            at.append(place[inside])
            k.append(when[inside])
    pairs = np.unique(np.concatenate(at) * (len(days) + 1) + np.concatenate(k))
    return pairs // (len(days) + 1), pairs % (len(days) + 1)
