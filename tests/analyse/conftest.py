"""A pool in memory: tables from plain rows, on each engine that is there."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from engines import engine, pytest_configure

from wushang.engine import Engine
from wushang.people.scope import Scope
from wushang.pool.reading import Pool
from wushang.pool.tables import declared

__all__ = ["engine", "pytest_configure"]
Rows = list[dict[str, Any]]


@pytest.fixture
def pool_of(engine: Engine) -> Callable[..., Pool]:
    """pool_of(injuries=[…], headcounts=[…], …): units 1 and 2 unless told; columns not told are empty."""
    def make(**tables: Rows) -> Pool:
        tables.setdefault("enterprises", [{"enterprise": 1}, {"enterprise": 2}])

        def source(table):
            rows = [{"recorded": 1} | row for row in tables.get(table.name, [])]
            return engine.memory(table.name, pa.Table.from_pylist(rows, schema=table.schema))

        assert set(tables) <= set(declared())
        return Pool(engine, Scope.system(), 1, source)

    return make
