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
    return _placed(pool, _reported(pool))


def events(pool: Pool) -> ibis.Table:
    """One row per accident (起): the values of its first injury, how many it hurt. Most hurt one person, and only those that
    hurt more are put in order."""
    rows = _reported(pool)
    several = rows.group_by("event").agg(hurt=rows.count()).filter(lambda found: found.hurt > 1)
    alone = rows.anti_join(several, "event").mutate(hurt=ibis.literal(1, "int64"))
    order = ibis.window(group_by="event", order_by=["reported", "injury"])
    together = rows.inner_join(several, "event").mutate(place=ibis.row_number().over(order))
    first = together.filter(together.place == 0).drop("place")
    return _placed(pool, alone.union(first.select(*alone.columns), distinct=False), "hurt")


def every(pool: Pool, period: Period) -> ibis.Table:
    """The cases that were applied for in a period, with the place and trade of the event."""
    return _placed(pool, within(_reported(pool), period))


def others(pool: Pool, period: Period) -> ibis.Table:
    """Those of `every` that are not the first of their event: what is left without them are events. Few, and found without putting
    anything in order that hurt one person."""
    rows = _reported(pool)
    several = rows.group_by("event").agg(hurt=rows.count()).filter(lambda found: found.hurt > 1)
    order = ibis.window(group_by="event", order_by=["reported", "injury"])
    together = rows.semi_join(several, "event").mutate(place=ibis.row_number().over(order))
    return _placed(pool, within(together.filter(together.place > 0), period))


def _reported(pool: Pool) -> ibis.Table:
    rows = pool.table("injuries")
    return rows.filter(rows.status.isin(REACHED["reported"]), rows.reported.notnull()).select(*SAID, "region", "industry")


SAID = ("injury", "event", "enterprise", "occurred", "reported", "status", "situation", "at_work", "kind", "severity")


def _placed(pool: Pool, rows: ibis.Table, *more: str) -> ibis.Table:
    units = pool.table("enterprises")
    places = units.select(unit="enterprise", unit_region="region", unit_industry="industry")
    joined = rows.left_join(places, rows.enterprise == places.unit)
    return joined.select(
        *SAID, *more, region=ibis.coalesce(joined.region.nullif(""), joined.unit_region, ""),
        industry=ibis.coalesce(joined.industry.nullif(""), joined.unit_industry, ""),
    )  # fmt: skip


def within(rows: ibis.Table, period: Period, column: str = "reported") -> ibis.Table:
    return rows.filter(rows[column].between(ibis.literal(period.start), ibis.literal(period.end)))
