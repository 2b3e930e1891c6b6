"""What was last known of each unit before a delivery's period, fetched once a delivery: what its figures are held against."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.db import models

from wushang.collect.compare import compare, table_of
from wushang.collect.look import History, Landed
from wushang.collect.source import NUMBERS, Source
from wushang.terms.period import Period, add_months


def history_of(sender: str) -> History:
    """For `check_file`: the history that this sender's earlier deliveries made."""

    def last_known(source: Source, period: Period | None) -> pl.DataFrame:
        return before(source, sender, period.start) if period else nothing(source)

    return last_known


def landed_by(sender: str) -> Landed:
    """For `check_file`: which rows of other months this sender's earlier deliveries brought already, letter for letter."""

    def same(source: Source, rows: pl.DataFrame) -> pl.Series:
        if not source.lands:
            return rows["row"].clear()
        found = compare(table_of(source.lands), source.id, sender, dict(rows.select("key", "digest").rows()))
        return rows.filter(pl.col("key").is_in(found.same))["row"]

    return same


def before(source: Source, sender: str, day: date) -> pl.DataFrame:
    """`whose` (the key without its month), `since` (YYYY-MM) and the watched figures, the newest before that day."""
    names = watched(source)
    if not names:
        return nothing(source)
    first = add_months(day.replace(day=1), -source.known_months)
    months = [f"{add_months(first, n):%Y-%m}" for n in range(source.known_months)]
    rows = table_of(source.lands).objects.current().filter(source=source.id, sender=sender).of_periods(months)
    found = rows.order_by("period").values_list("key", "period", *names).iterator(chunk_size=20_000)
    frame = pl.DataFrame(list(found), schema=_schema(source, names), orient="row")
    return frame.with_columns(_whose(source)).unique("whose", keep="last", maintain_order=True)


def watched(source: Source) -> list[str]:
    """Fields held against history that the pool's table keeps; none where rows have no month of their own."""
    month = source.columns[source.period].type == "month" if source.period else False
    if not (source.lands and month and source.period in source.key):
        return []
    kept = {field.name for field in table_of(source.lands)._meta.get_fields() if isinstance(field, models.Field)}
    return [n for n, c in source.columns.items() if c.type in NUMBERS and (c.jump or c.sums.startswith("cum")) and n in kept]


def nothing(source: Source) -> pl.DataFrame:
    """A history that knows nothing."""
    return pl.DataFrame(schema=_schema(source, []))


def _schema(source: Source, names: list[str]) -> dict[str, type[pl.DataType]]:
    return {"whose": pl.String, "since": pl.String, **dict.fromkeys(names, pl.Int64)}


def _whose(source: Source) -> pl.Expr:
    """A natural key without its month: '2026-03|0001|unit' → '0001|unit'."""
    parts, place = pl.col("whose").str.split("|"), source.key.index(source.period)
    return pl.concat_list(parts.list.head(place), parts.list.slice(place + 1)).list.join("|")
