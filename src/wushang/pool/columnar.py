"""The rows of a query as Arrow, as fast as the database gives them: no row becomes a Python object on PostgreSQL.

PostgreSQL writes CSV by COPY, where nothing is null and "" is the empty text, and Arrow reads it; SQLite's driver gives tuples
of stored values, of which Arrow makes the columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.csv as csv
from django.db import connection
from django.db.models import QuerySet

ROWS = 100_000
BLOCK = 8 << 20  # bytes of CSV that Arrow reads at a time
IN_MEMORY = 64 << 20  # bytes of CSV; more goes to a file without a name


def tables(rows: QuerySet, schema: pa.Schema) -> Iterator[pa.Table]:
    """`rows`: tuples in the order of the schema (values_list). Parts of some 100,000 rows."""
    sql, params = rows.query.sql_with_params()
    yield from (_copied if connection.vendor == "postgresql" else _fetched)(sql, params, schema)


def _copied(sql: str, params: tuple[Any, ...], schema: pa.Schema) -> Iterator[pa.Table]:
    read = csv.ReadOptions(column_names=schema.names, block_size=BLOCK)
    said = csv.ConvertOptions(
        column_types=schema, null_values=[""], true_values=["t"], false_values=["f"], strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )  # fmt: skip
    lines = csv.ParseOptions(newlines_in_values=True)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
        with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as copy:
            for block in copy:  # to its end: until then the connection, which also renews our lease, does nothing else
                kept.write(block)
        if kept.tell():
            kept.seek(0)
            for batch in csv.open_csv(kept, read, lines, said):
                yield pa.Table.from_batches([batch]).cast(schema)


def _fetched(sql: str, params: tuple[Any, ...], schema: pa.Schema) -> Iterator[pa.Table]:
    """By a cursor of the driver's own; of columns that it would turn into Python dates only the text is asked for."""
    named = [f"c{n}" for n in range(len(schema))]
    columns = ", ".join(f"CAST({name} AS TEXT)" if pa.types.is_date(field.type) else f"+{name}" for name, field in zip(named, schema, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH told({', '.join(named)}) AS ({sql}) SELECT {columns} FROM told", params)
        while some := cursor.fetchmany(ROWS):
            yield _table(some, schema)


def _table(rows: list[tuple], schema: pa.Schema) -> pa.Table:
    stored = {field.name: _stored(field.type) for field in schema}
    days = [field.name for field in schema if pa.types.is_date(field.type)]
    frame = pl.DataFrame(rows, schema=stored, orient="row").with_columns(pl.col(days).str.to_date("%Y-%m-%d"))
    return frame.to_arrow().cast(schema)


def _stored(kind: pa.DataType) -> pl.DataType:
    """How SQLite gives a column of this kind."""
    if pa.types.is_date(kind) or pa.types.is_string(kind):
        return pl.String()
    return pl.Float64() if pa.types.is_floating(kind) else pl.Int64()
