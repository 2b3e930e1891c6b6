"""Columnar engines behind one small interface: Ibis expressions in, Arrow out. No Django here.

An engine is one file here with a class ENGINE, found by being there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from wushang.terms.problem import Refused

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa


class Engine(Protocol):
    id: str
    apart: bool  # its workers stand on other machines: they are told addresses, not paths of this one

    def table(self, name: str, files: list[str], schema: pa.Schema) -> ibis.Table:
        """A table read from Parquet files; no files means an empty table of that schema."""
        ...

    def memory(self, name: str, rows: pa.Table) -> ibis.Table:
        """A table over rows already in memory."""
        ...

    def view(self, name: str, make: Callable[[], ibis.Table]) -> ibis.Table:
        """What `make` says, kept under a name, so that it is put together once and not for each question."""
        ...

    def fetch(self, rows: ibis.Table) -> pa.Table:
        """Run an expression and return its rows."""
        ...

    def fetch_all(self, rows: Sequence[ibis.Table]) -> list[pa.Table]:
        """The same of several: what one asks is written out while the one before it runs."""
        ...


KEPT = 500  # views that an engine keeps; the one used longest ago goes first


def engines() -> list[str]:
    """The names there are."""
    return sorted(module.name for module in iter_modules(__path__))


def engine_named(name: str) -> Engine:
    """A new engine by its file's name; it takes memory and threads when it is first used.

    Behind an `@` stands the one thing that an engine is told: where Spark runs (spark@spark://10.0.0.5:7077, spark@yarn), how
    much memory DuckDB may take (duckdb@16GB).
    """
    kind, _at, told = name.partition("@")
    if kind not in engines():
        raise Refused(f"没有“{kind}”这种计算引擎。", f"可用的有：{'、'.join(engines())}。", "WUSHANG_ENGINE", name)
    made = import_module(f"{__name__}.{kind}").ENGINE
    return made(told) if told else made()
