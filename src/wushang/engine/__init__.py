"""Columnar engines behind one small interface: Ibis expressions in, Arrow out. No Django here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa


class Engine(Protocol):
    id: str

    def table(self, name: str, files: list[str], schema: pa.Schema) -> ibis.Table:
        """A table read from Parquet files; no files means an empty table of that schema."""
        ...

    def memory(self, name: str, rows: pa.Table) -> ibis.Table:
        """A table over rows already in memory."""
        ...

    def fetch(self, rows: ibis.Table) -> pa.Table:
        """Run an expression and return its rows."""
        ...
