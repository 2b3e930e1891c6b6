"""DuckDB in process: one in-memory database, a cursor per use, limits set."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.operations import InMemoryTable

from wushang.engine import KEPT

TEXTS = 50  # of one thread: each holds the question as Ibis knows it, some hundred kilobytes


class DuckDB:
    id = "duckdb"
    apart = False

    def __init__(self, memory: str = "4GB", threads: int | None = None) -> None:
        self._settings = {"memory_limit": memory, "threads": threads or os.cpu_count() or 1}
        self._local = threading.local()

    @property
    def connection(self):
        """One Ibis connection a thread: Ibis connections are not made for several threads at once."""
        if not hasattr(self._local, "connection"):
            # what memory cannot hold goes to a folder of its own, which DuckDB makes when it is needed and takes away again
            spill = Path(tempfile.gettempdir()) / f"wushang-duckdb-{uuid.uuid4().hex}"
            self._local.connection = ibis.duckdb.connect(**self._settings, temp_directory=str(spill))
        return self._local.connection

    def table(self, name: str, files: list[str], schema: pa.Schema) -> ibis.Table:
        if not files:
            return self.memory(name, schema.empty_table())
        # Snapshot files never change, so a view over the same files is made once and kept, and asked for its columns once.
        view = f"{name}_{hashlib.sha256(chr(10).join(files).encode()).hexdigest()[:16]}"
        if view not in self._views:
            self._views[view] = self.connection.read_parquet(files, table_name=view)
        return self._views[view]

    @property
    def _views(self) -> dict[str, ibis.Table]:
        if not hasattr(self._local, "views"):
            self._local.views = {}
        return self._local.views

    def view(self, name: str, make: Callable[[], ibis.Table]) -> ibis.Table:
        kept = self._kept
        if name not in kept:
            self.connection.create_view(name, make(), overwrite=True)
            kept[name] = self.connection.table(name)
        kept[name] = table = kept.pop(name)  # used last, so it goes last
        if len(kept) > KEPT:
            oldest = next(iter(kept))
            self.connection.drop_view(oldest, force=True)
            del kept[oldest]
        return table

    @property
    def _kept(self) -> dict[str, ibis.Table]:
        """Views of expressions, the one used last at the end."""
        if not hasattr(self._local, "kept"):
            self._local.kept = {}
        return self._local.kept

    def memory(self, name: str, rows: pa.Table) -> ibis.Table:
        return ibis.memtable(rows)

    def slot(self, name: str, rows: pa.Table) -> ibis.Table:
        """A table under a lasting name, whose rows are these from now on: a view over it answers for the rows put in last."""
        if not hasattr(self._local, "slots"):
            self._local.slots = {}
        held, table = self._local.slots.get(name, (None, None))
        if held is not rows:
            self.connection.con.register(f"slot_{name}", rows)
            table = self.connection.table(f"slot_{name}") if table is None else table
            self._local.slots[name] = rows, table
        return table

    def fetch(self, rows: ibis.Table) -> pa.Table:
        if rows.op().find(InMemoryTable):
            return self.connection.to_pyarrow(rows)
        return _told(self.connection, rows, self._texts.of(rows))

    def fetch_all(self, rows: Sequence[ibis.Table]) -> list[pa.Table]:
        connection, kept = self.connection, self._texts
        with ThreadPoolExecutor(1) as hand:
            texts = [None if one.op().find(InMemoryTable) else hand.submit(kept.of, one) for one in rows]
            return [_told(connection, one, text.result()) if text else self.fetch(one) for one, text in zip(rows, texts, strict=True)]

    @property
    def _texts(self) -> Texts:
        if not hasattr(self._local, "texts"):
            self._local.texts = Texts(self.connection)
        return self._local.texts


class Texts:
    """Questions written out as SQL. To write one takes longer than to answer it on a county's data, and people ask the same again."""

    def __init__(self, connection: Any) -> None:
        self._connection, self._kept = connection, OrderedDict[Any, str]()

    def of(self, rows: ibis.Table) -> str:
        asked = rows.op()
        text = self._kept.pop(asked, None) or self._connection.compile(rows)
        self._kept[asked] = text  # used last, so it goes last
        while len(self._kept) > TEXTS:
            self._kept.popitem(last=False)
        return text


def _told(connection: Any, rows: ibis.Table, text: str) -> pa.Table:
    return connection.con.sql(text).to_arrow_table().cast(rows.schema().to_pyarrow())


ENGINE = DuckDB
