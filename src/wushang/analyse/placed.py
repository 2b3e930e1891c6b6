"""Injuries and headcounts as figures are split: with the place and trade of their time, and what their unit is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from wushang.analyse.counted import COUNTED
from wushang.terms.period import Period, month_of

if TYPE_CHECKING:
    from wushang.analyse.measures import Ask
    from wushang.pool.reading import Pool

OF_UNIT = ("size", "tag", "regulator")


def placed_rows(pool: Pool, table: str, ask: Ask) -> ibis.Table:
    """The rows of a table that count, with `day` (the date asked for), region, industry and the unit's size, tag, regulator."""
    return COUNTED[table](pool, _placed(pool, table), ask)


def placed_headcounts(pool: Pool, period: Period, table: str = "headcounts") -> ibis.Table:
    """The headcounts (or those of projects) of every month that the period touches, with the same columns."""
    rows = _placed(pool, table)
    first, last = month_of(period.start), month_of(period.end)
    return rows.filter(rows.month.between(ibis.literal(first), ibis.literal(last)))


def _placed(pool: Pool, name: str) -> ibis.Table:
    return pool.view(f"placed_{name}", lambda: _with_place(pool, pool.table(name)))


def _with_place(pool: Pool, rows: ibis.Table) -> ibis.Table:
    """What the row says of place and trade; where it says nothing, what is known of its unit."""
    units = pool.table("enterprises")
    now = units.select(
        unit="enterprise", unit_name="name", unit_region="region", unit_industry="industry", **{c: units[c] for c in OF_UNIT}
    )  # fmt: skip
    joined = rows.left_join(now, rows.enterprise == now.unit)
    own_place = {name: joined[name].nullif("") if name in rows.columns else ibis.null("string") for name in ("region", "industry")}
    said = {**{name: ibis.coalesce(said, joined[f"unit_{name}"], "") for name, said in own_place.items()},
            **{column: ibis.coalesce(joined[column], "") for column in OF_UNIT}}  # fmt: skip
    own = [column for column in rows.columns if column not in said]
    return joined.select(*own, "unit_name", **said)
