"""The injuries that a figure counts: every figure can be opened to the list that adds up to it. No personal values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import ibis

from wushang.analyse.cube.asked import Asked, refuse_if_unknown
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import measures
from wushang.analyse.placed import placed_rows
from wushang.pool.reading import Pool

COLUMNS = ("injury", "event", "enterprise", "occurred", "reported", "recognised", "status", "situation", "kind", "severity",
           "region", "industry")  # fmt: skip


def cut_to(asked: Asked, **keys: str) -> Asked:
    """The question of one cell: down and across become filters."""
    filters = dict(asked.filters)
    for side, key in keys.items():
        filters[getattr(asked, side)] = (key,)
    return replace(asked, down="", across="", filters=filters)


@dataclass(frozen=True)
class Listed:
    """How many injuries (人次) of how many accidents (起), and one page of them, the newest first."""

    cases: int
    events: int
    rows: list[dict[str, Any]]


def injuries_of(pool: Pool, asked: Asked, limit: int, offset: int = 0) -> Listed:
    """The injuries that the question's first measure counts. Refused where a word is not known."""
    refuse_if_unknown(asked)
    cell = measures()[asked.measures[0]].cell
    rows = placed_rows(pool, "injuries", cell.settled(asked.ask) if cell else asked.ask)
    if cell and cell.listed:
        rows = rows.filter(cell.listed(rows))
    for code, kept in asked.filters.items():
        rows = rows.filter(dimensions()[code].of(rows).fill_null("").isin(list(kept)))
    shown = rows.select(*COLUMNS, name=rows.unit_name).order_by(ibis.desc("occurred"), "injury")
    counted = pool.fetch(rows.agg(cases=rows.count(), events=rows.event.nunique())).to_pylist()[0]
    return Listed(**counted, rows=pool.fetch(shown.limit(limit, offset=offset)).to_pylist())

