"""DuckDB in process: one in-memory database, a cursor per use, limits set."""

from __future__ import annotations

import os
import threading
import uuid

import ibis
import pyarrow as pa


class DuckDB:
    id = "duckdb"

    def __init__(self, memory: str = "4GB", threads: int | None = None) -> None:
        self._settings = {"memory_limit": memory, "threads": threads or os.cpu_count() or 1}
        self._local = threading.local()

    @property
    def connection(self):
        """One Ibis connection a thread: Ibis connections are not made for several threads at once."""
        if not hasattr(self._local, "connection"):
            self._local.connection = ibis.duckdb.connect(**self._settings)
        return self._local.connection

    def table(self, name: str, files: list[str], schema: pa.Schema) -> ibis.Table:
        if not files:
            return self.memory(name, schema.empty_table())
        return self.connection.read_parquet(files, table_name=_unique(name))

    def memory(self, name: str, rows: pa.Table) -> ibis.Table:
        return ibis.memtable(rows, name=_unique(name))

    def fetch(self, rows: ibis.Table) -> pa.Table:
        return self.connection.to_pyarrow(rows)


def _unique(name: str) -> str:
    return f"{name}_{uuid.uuid4().hex[:12]}"
