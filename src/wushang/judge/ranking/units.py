"""Every unit's accidents and workers of a period, and the prior of its rate by trade and size: the ground of a ranking, and of what
luck may do to one unit's count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wushang.analyse.each_unit import workers
from wushang.analyse.injuries import injuries
from wushang.analyse.measures import Ask
from wushang.people.scope import region_prefix
from wushang.pool.reading import Pool
from wushang.statistics.shrinkage import Prior, fit
from wushang.terms.period import Period

Floats = NDArray[np.float64]
LEAST_UNITS = 10  # fewer say nothing of how units of one kind differ
YEAR = 365.25  # days


@dataclass(frozen=True)
class Units:
    """One a unit with insured people: accidents (起), average headcount, person-years of the period, trade (大类), size, place."""

    enterprise: NDArray[np.int64]
    events: NDArray[np.int64]
    heads: Floats
    years: Floats
    division: NDArray[np.str_]
    size: NDArray[np.str_]
    region: NDArray[np.str_]

    def prior(self) -> Prior | None:
        """Of each unit's accidents a person-year, by trade and by size within it; None where there are too few to learn from."""
        if self.enterprise.size < LEAST_UNITS or not self.events.sum():
            return None
        return fit(self.events, self.years, (self.division, np.char.add(np.char.add(self.division, "|"), self.size)))

    def place(self, enterprise: int) -> int | None:
        """Where a unit stands in the arrays."""
        found = np.flatnonzero(self.enterprise == enterprise)
        return int(found[0]) if found.size else None


def read(pool: Pool, period: Period, scope: str = "at_work", region: str = "") -> Units:
    """The units of a region ('' all of the pool) with a headcount in the period; accidents by the day they happened."""
    ask = Ask(period.end, scope=scope, span=period)
    hurt, staff, units = injuries(pool, ask), workers(pool, ask), pool.table("enterprises")
    if region:
        units = units.filter(units.region.startswith(region_prefix(region)))
    counted = hurt.group_by(at="enterprise").agg(events=hurt.event.nunique())
    rows = units.inner_join(staff, units.enterprise == staff.unit).left_join(counted, units.enterprise == counted.at)
    rows = rows.filter(rows.staff > 0, rows.months > 0)
    asked = rows.select("enterprise", "staff", "months", "industry", "size", "region", events=rows.events.fill_null(0))
    return _units(pool.fetch(asked.order_by("enterprise")).to_pydict(), period)


def _units(rows: dict[str, list], period: Period) -> Units:
    heads = np.array(rows["staff"], dtype=float) / np.maximum(np.array(rows["months"], dtype=float), 1)
    days = (period.end - period.start).days + 1
    return Units(
        np.array(rows["enterprise"], dtype=np.int64), np.array(rows["events"], dtype=np.int64), heads, heads * (days / YEAR),
        np.array([(code or "")[:3] for code in rows["industry"]], dtype=str), np.array([said or "" for said in rows["size"]], dtype=str),
        np.array([code or "" for code in rows["region"]], dtype=str),
    )  # fmt: skip
