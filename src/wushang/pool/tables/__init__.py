"""Snapshot tables, one file each: columns, key, month column, scope columns; no personal fields, no free text.

The room that owns the rows fills a table in its `published.py`; a table that nobody fills is empty.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

import pyarrow as pa

CLOCK = (("recorded", pa.int64()), ("superseded", pa.int64()))


@dataclass(frozen=True)
class Table:
    """One declared table. `month` names the date column that parts the files; '' means one file."""

    name: str
    columns: tuple[tuple[str, pa.DataType], ...]
    month: str = ""
    enterprise: tuple[str, ...] = ("enterprise",)  # a row is visible through any of these
    close: tuple[str, ...] = ()  # what comes close to a person: for the purpose of case analysis (案例分析) only

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([*self.columns, *CLOCK])


@functools.cache
def declared() -> dict[str, Table]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.TABLE.name: module.TABLE for module in modules}
