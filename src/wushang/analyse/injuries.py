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
    return counted(pool.table("injuries"), ask)


def counted(rows: ibis.Table, ask: Ask) -> ibis.Table:
    """Those of the rows that the ask is about."""
    period = ask.period
    rows = rows.filter(
        rows[ask.basis].between(ibis.literal(period.start), ibis.literal(period.end)),
        rows.status.isin(REACHED[ask.status]),
        rows.enterprise.notnull(),
    )
    if ask.not_before:
        rows = rows.filter(rows.occurred >= ibis.literal(ask.not_before))
    if ask.told_by:  # the three states are named like their dates
        rows = rows.filter(ibis.coalesce(rows[ask.status], rows.occurred) <= ibis.literal(ask.told_by))
    if ask.without:
        rows = rows.filter(rows.injury.notin(sorted(ask.without)))
    return rows.filter(rows.at_work) if ask.scope == "at_work" else rows


def dead(rows: ibis.Table) -> ibis.BooleanValue:
    """Whether an injury is known to have ended in death."""
    return (rows.severity == "fatal").fill_null(False)


def serious(rows: ibis.Table) -> ibis.BooleanValue:
    """Whether an injury is known to be a serious one (重伤), death not counted."""
    return (rows.severity == "serious").fill_null(False)


def on_a_project(rows: ibis.Table) -> ibis.BooleanValue:
    """Whether the worker was insured through a construction project (按项目参保)."""
    return (rows.employment == "project").fill_null(False)


def outcome_known(rows: ibis.Table) -> ibis.BooleanValue:
    """Whether the worker was assessed (未达级 too) or has died: the whole of which the disability mix tells the parts."""
    return dead(rows) | rows.grade.notnull()


def days_between(first: ibis.Value, last: ibis.Value) -> ibis.IntegerValue:
    """Calendar days from one date to another, in a form that every engine knows."""
    return (last.cast("timestamp").epoch_seconds() - first.cast("timestamp").epoch_seconds()).cast("int64") // 86_400


def for_every_unit(pool: Pool, rows: ibis.Table, empty: int | None = 0) -> ibis.Table:
    """(enterprise, value) of some units → of all units of the pool; the others get `empty`."""
    units = pool.table("enterprises").select("enterprise")
    found = rows.select(unit=rows.enterprise, value=rows.value)
    joined = units.left_join(found, units.enterprise == found.unit)
    value = joined.value if empty is None else joined.value.fill_null(empty)
    return joined.select("enterprise", value=value)


def count(pool: Pool, ask: Ask) -> ibis.Table:
    """Cases (人次) of each unit."""
    rows = injuries(pool, ask)
    return for_every_unit(pool, rows.group_by("enterprise").agg(value=rows.count()))
