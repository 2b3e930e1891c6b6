"""Dimensions (分类): by what a figure may be split. Each file of this folder holds a family of them, found by being there.

A dimension turns the injuries of `analyse.placed` into a text key, and the headcounts where they know it: a rate by
township divides by the township's staff, a rate by cause divides by all staff, and says so.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from wushang.terms.period import Period

UNKNOWN = ""  # the key of what a row does not say
UNSAID = "不详"  # what a page calls it


@dataclass(frozen=True)
class Dimension:
    """One way to split: `of` makes a key from an injury, `staff` the same from a headcount (None: it does not say)."""

    code: str
    title: Any
    title_en: str
    of: Callable[[Any], Any]
    label: Callable[[str], str]
    staff: Callable[[Any], Any] | None = None
    in_order: bool = False  # keys have an order of their own (months, hours); else the most frequent first
    close: tuple[str, ...] = ()  # columns that only the purpose of case analysis (案例分析) opens
    deeper: str = ""  # the dimension into which one key of this one opens
    of_time: bool = False  # a key begins with its year
    span: Callable[[str], Period] | None = None  # the days of a key, where it is a time
    own_months: bool = False  # its keys have months of their own (a quarter, one unit): staff is averaged over those
    ranks: tuple[str, ...] = ()  # its keys in their own order, where their spelling does not tell it
    labels: Callable[[list[str]], Mapping[str, str]] | None = None  # of many keys at once, where a label is asked of the ledger

    def named(self, keys: Iterable[str]) -> dict[str, str]:
        """Keys → what a page calls them."""
        wanted = list(keys)
        found = self.labels([key for key in wanted if key]) if self.labels else {}
        return {key: (found.get(key) or self.label(key)) if key else UNSAID for key in wanted}


@functools.cache
def dimensions() -> dict[str, Dimension]:
    """Every dimension there is, by code, family by family."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {dimension.code: dimension for module in modules for dimension in module.DIMENSIONS}
