"""Checks on data: one file each, found by being there.

A check is a module with `code`, `title` (what it looks for) and `find(table) -> pl.DataFrame` of `finding.SCHEMA`.
A finding is `reject` (the row waits in 待订正) or `warn` (the row is taken and the remark stays with it).
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import Protocol, cast

import polars as pl

from wushang.collect.table import Table


class Check(Protocol):
    code: str
    title: str

    def find(self, table: Table) -> pl.DataFrame: ...


@cache
def every() -> tuple[Check, ...]:
    """All checks, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(cast(Check, import_module(f"{__name__}.{name}")) for name in names)
