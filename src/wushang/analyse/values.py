"""Many measures side by side: one query gives unit × measures. A measure whose tables nobody fills is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import ibis

from wushang.analyse.measures import Ask, measures
from wushang.pool.publishers import publications

if TYPE_CHECKING:
    from wushang.pool.reading import Pool


def values(pool: Pool, asks: Mapping[str, tuple[str, Ask]], units: ibis.Table, filled: Iterable[str]) -> ibis.Table:
    """name → (measure code, ask) in; a table with `enterprise` and a float column per name, for each of `units`, out."""
    there = set(filled)
    table = units.select("enterprise")
    for name, (code, ask) in asks.items():
        measure = measures()[code]
        if there.issuperset(measure.tables):
            found = measure.value(pool, ask).select(unit="enterprise", value="value")
            joined = table.left_join(found, table.enterprise == found.unit)
            table = joined.select(*table.columns, **{name: joined.value.cast("float64")})
        else:
            table = table.mutate(**{name: ibis.null("float64")})
    return table


def filled_tables(commit: int) -> frozenset[str]:
    """The tables that hold anything at all by this commit, wherever it happened: an empty one is missing, not zero."""
    rows = {
        name: publication.numbered().filter(recorded__number__lte=commit)
        for name, publication in publications().items()
    }
    return frozenset(name for name, found in rows.items() if found.exists())
