"""A pool in memory: tables from plain rows, on each engine that is there."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from wushang.engine.duckdb import DuckDB
from wushang.people.scope import Scope
from wushang.pool.reading import Pool
from wushang.pool.tables import declared

Rows = list[dict[str, Any]]


@pytest.fixture(params=["duckdb"])
def pool_of(request: pytest.FixtureRequest) -> Callable[..., Pool]:
    """pool_of(injuries=[…], headcounts=[…], …): units 1 and 2 unless told; columns not told are empty."""
    engine = {"duckdb": DuckDB}[request.param]()

    def make(**tables: Rows) -> Pool:
        tables.setdefault("enterprises", [{"enterprise": 1}, {"enterprise": 2}])

        def source(table):
            rows = [{"recorded": 1} | row for row in tables.get(table.name, [])]
            return engine.memory(table.name, pa.Table.from_pylist(rows, schema=table.schema))

        assert set(tables) <= set(declared())
        return Pool(engine, Scope.system(), 1, source)

    return make
