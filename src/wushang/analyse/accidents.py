"""Production accidents (生产安全事故) as the emergency bureau reports them, of each unit: how many, and the gravest one by a column."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import ibis

from wushang.analyse.injuries import for_every_unit

if TYPE_CHECKING:
    from wushang.analyse.measures import Ask
    from wushang.pool.reading import Pool


def accidents(pool: Pool, ask: Ask) -> ibis.Table:
    """Those of the period; what is told to be no accident of production (非生产经营性) is left out."""
    rows, period = pool.table("accidents"), ask.period
    rows = rows.filter(rows.occurred.between(ibis.literal(period.start), ibis.literal(period.end)), rows.productive.fill_null(True))
    return rows.filter(rows.occurred >= ibis.literal(ask.not_before)) if ask.not_before else rows


def gravest(column: str, per: int = 1) -> Callable[[Pool, Ask], ibis.Table]:
    """The largest value of a column in any one accident of each unit, divided by `per`; 0 where there is none."""

    def value(pool: Pool, ask: Ask) -> ibis.Table:
        rows = accidents(pool, ask)
        return for_every_unit(pool, rows.group_by("enterprise").agg(value=(rows[column].fill_null(0).max() / per).cast("float64")))

    return value
