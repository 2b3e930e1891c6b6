"""Which injuries the meeting counts: received claims by the day of application (申报日), all situations; 起 counted once,
on the day its first injury was applied for, so that months, townships, trades and causes each add up to the total."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from wushang.analyse.injuries import REACHED

if TYPE_CHECKING:
    from wushang.pool.reading import Pool
    from wushang.terms.period import Period


def cases(pool: Pool) -> ibis.Table:
    """One row per injury (人次) that counts, with the place and trade of the event; where a row says none, the unit's."""
    rows, units = pool.table("injuries"), pool.table("enterprises")
    rows = rows.filter(rows.status.isin(REACHED["reported"]), rows.reported.notnull())
    places = units.select(unit="enterprise", unit_region="region", unit_industry="industry")
    joined = rows.left_join(places, rows.enterprise == places.unit)
    return joined.select(
        "injury", "event", "enterprise", "occurred", "reported", "status", "situation", "at_work", "kind", "severity",
        region=ibis.coalesce(joined.region.nullif(""), joined.unit_region, ""),
        industry=ibis.coalesce(joined.industry.nullif(""), joined.unit_industry, ""),
    )  # fmt: skip


def events(pool: Pool) -> ibis.Table:
    """One row per accident (起): the values of its first injury, how many it hurt."""
    rows = cases(pool)
    order = ibis.window(group_by=rows.event, order_by=[rows.reported, rows.injury])
    ranked = rows.mutate(place=ibis.row_number().over(order), hurt=rows.injury.count().over(group_by=rows.event))
    return ranked.filter(ranked.place == 0).drop("place")


def within(rows: ibis.Table, period: Period, column: str = "reported") -> ibis.Table:
    return rows.filter(rows[column].between(ibis.literal(period.start), ibis.literal(period.end)))
