"""Where nothing happened: most units have neither an injury nor a hazard in sight, and most rules say nothing of them. Where that
can be shown of a rule, only the other moments are asked of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np

from wushang.judge.backtest.cube import Cube, summed, whole
from wushang.judge.backtest.staff import during
from wushang.judge.backtest.unfold import Sight, column_of
from wushang.judge.language.tree import Value
from wushang.judge.pack import Pack
from wushang.pool.reading import Pool
from wushang.pool.tables import declared


def silent(pack: Pack, settings: Mapping[str, Value]) -> bool:
    """Whether the rule has no outcome for a unit of which nothing is in sight: every count 0 or missing, whatever else. A rule
    that looks at the headcount itself may say anything."""
    if any(use.measure == "average_headcount" for use in pack.measures.values()):
        return False
    seen = (dict(zip(pack.measures, values, strict=True)) for values in product((0, None), repeat=len(pack.measures)))
    return all(not condition.holds({**settings, **values}) for values in seen for condition in pack.conditions.values())


def stirred(pool: Pool, cube: Cube, sights: Iterable[Sight]) -> np.ndarray:
    """unit × day: whether any row may be in sight there. Some more than there are: what was known is looked at later."""
    found = np.zeros(cube.shape, bool)
    for sight in sights:
        if sight.table != "headcounts":
            found |= _seen(pool, cube, sight)
    return found


def _seen(pool: Pool, cube: Cube, sight: Sight) -> np.ndarray:
    rows = pool.source(declared()[sight.table])
    column = column_of(sight)
    rows = pool.fetch(rows.filter(rows.enterprise.notnull(), rows[column].notnull()).select("enterprise", day=rows[column]))
    at, day = cube.places(whole(rows["enterprise"])), whole(rows["day"])
    if sight.window == "open":
        since, until = cube.clock.by_day(day), np.full(len(day), len(cube.clock.days))
    else:
        since, until = during(cube, sight.window, day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64))
    return summed(cube.shape, at[at >= 0], since[at >= 0], until[at >= 0]) > 0

