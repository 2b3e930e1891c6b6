"""Which injuries an ask is about: counted where they stand, by its date, window, scope and state of the claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from wushang.analyse.measures import Ask
    from wushang.pool.reading import Pool

REACHED = {
    "reported": ("reported", "accepted", "recognised", "deemed"),
    "accepted": ("accepted", "recognised", "deemed"),
    "recognised": ("recognised", "deemed"),
}


def injuries(pool: Pool, ask: Ask) -> ibis.Table:
    """The injuries that count; an injury without the asked date (not yet recognised, say) does not."""
    rows, period = pool.table("injuries"), ask.period
    rows = rows.filter(
        rows[ask.basis].between(ibis.literal(period.start), ibis.literal(period.end)),
        rows.status.isin(REACHED[ask.status]),
        rows.enterprise.notnull(),
    )
    if ask.not_before:
        rows = rows.filter(rows.occurred >= ibis.literal(ask.not_before))
    if ask.without:
        rows = rows.filter(rows.injury.notin(sorted(ask.without)))
    return rows.filter(rows.at_work) if ask.scope == "at_work" else rows


def for_every_unit(pool: Pool, rows: ibis.Table, empty: int | None = 0) -> ibis.Table:
    """(enterprise, value) of some units → of all units of the pool; the others get `empty`."""
    units = pool.table("enterprises").select("enterprise")
    found = rows.select(unit=rows.enterprise, value=rows.value)
    joined = units.left_join(found, units.enterprise == found.unit)
    value = joined.value if empty is None else joined.value.fill_null(empty)
    return joined.select("enterprise", value=value)


def count(pool: Pool, ask: Ask, severities: tuple[str, ...] = ()) -> ibis.Table:
    """Cases (人次) of each unit, of some severities if told."""
    rows = injuries(pool, ask)
    if severities:
        rows = rows.filter(rows.severity.isin(severities))
    return for_every_unit(pool, rows.group_by("enterprise").agg(value=rows.injury.nunique()))
