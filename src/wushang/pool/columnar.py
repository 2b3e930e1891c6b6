"""The rows of a query as Arrow, as fast as the database gives them: no row becomes a Python object on PostgreSQL.

PostgreSQL writes CSV by COPY, where nothing is null and "" is the empty text, and Arrow reads it; SQLite's driver gives tuples
of stored values, of which Arrow makes the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
from django.db import connection
from django.db.models import QuerySet

ROWS = 100_000
BLOCK = 8 << 20  # bytes of CSV that Arrow reads at a time
IN_MEMORY = 64 << 20  # bytes of CSV; more goes to a file without a name

Parcel = Callable[[], Iterator[pa.Table]]


def tables(rows: QuerySet, schema: pa.Schema) -> Iterator[pa.Table]:
    """`rows`: tuples in the order of the schema (values_list). Parts of some 100,000 rows."""
    for parcel in parcels(rows, schema):
        yield from parcel()


def parcels(rows: QuerySet, schema: pa.Schema) -> Iterator[Parcel]:
    """What the database gave, parcel by parcel. A parcel is opened by a call, in any thread: it needs no connection."""
    sql, params = rows.query.sql_with_params()
    yield from (_copied if connection.vendor == "postgresql" else _fetched)(sql, params, schema)


def as_of(rows: pa.Table, commit: int) -> pa.Table:
    """A row superseded after `commit` as still current."""
    later = pc.fill_null(pc.greater(rows["superseded"], commit), False)
    place = rows.schema.get_field_index("superseded")
    return rows.set_column(place, rows.schema.field(place), pc.if_else(later, pa.scalar(None, pa.int64()), rows["superseded"]))


def of_tuples(schema: pa.Schema, rows: list[tuple], commit: int) -> pa.Table:
    """Tuples in schema order → Arrow as of a commit, for a few rows."""
    columns: list[tuple] = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return as_of(pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema), commit)


def _copied(sql: str, params: tuple[Any, ...], schema: pa.Schema) -> Iterator[Parcel]:
    kept = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever opens the parcel closes it
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as copy:
        for block in copy:  # to its end: until then the connection, which also renews our lease, does nothing else
            kept.write(block)
    yield partial(_parsed, kept, schema)


def _parsed(kept: IO[bytes], schema: pa.Schema) -> Iterator[pa.Table]:
    read = csv.ReadOptions(column_names=schema.names, block_size=BLOCK)
    said = csv.ConvertOptions(
        column_types=schema, null_values=[""], true_values=["t"], false_values=["f"], strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )  # fmt: skip
    lines = csv.ParseOptions(newlines_in_values=True)
    with kept:
        if kept.tell():
            kept.seek(0)
            for batch in csv.open_csv(kept, read, lines, said):
                yield pa.Table.from_batches([batch]).cast(schema)


def _fetched(sql: str, params: tuple[Any, ...], schema: pa.Schema) -> Iterator[Parcel]:
    """By a cursor of the driver's own; of columns that it would turn into Python dates only the text is asked for."""
    named = [f"c{n}" for n in range(len(schema))]
    columns = ", ".join(f"CAST({name} AS TEXT)" if pa.types.is_date(field.type) else f"+{name}" for name, field in zip(named, schema, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH told({', '.join(named)}) AS ({sql}) SELECT {columns} FROM told", params)
        while some := cursor.fetchmany(ROWS):
            yield partial(_one, some, schema)


def _one(rows: list[tuple], schema: pa.Schema) -> Iterator[pa.Table]:
    stored = {field.name: _stored(field.type) for field in schema}
    days = [field.name for field in schema if pa.types.is_date(field.type)]
    frame = pl.DataFrame(rows, schema=stored, orient="row").with_columns(pl.col(days).str.to_date("%Y-%m-%d"))
    yield frame.to_arrow().cast(schema)


def _stored(kind: pa.DataType) -> pl.DataType:
    """How SQLite gives a column of this kind."""
    if pa.types.is_date(kind) or pa.types.is_string(kind):
        return pl.String()
    return pl.Float64() if pa.types.is_floating(kind) else pl.Int64()
