"""Measures (指标), one a file, found by being there: a function from a Pool's tables to (enterprise, value).

A measure answers for every unit of the pool. A count without rows is 0 when its tables are filled; where a table is
filled by nobody the measure is missing (缺数), which `wushang.analyse.values` sees to.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from wushang.terms.period import Period, window

if TYPE_CHECKING:
    import ibis

    from wushang.pool.reading import Pool

BASES: dict[str, Any] = {"occurred": _("发生日期"), "reported": _("接报日期"), "recognised": _("认定日期")}
SCOPES: dict[str, Any] = {"at_work": _("生产经营性"), "all": _("全部（含上下班途中和视同）")}
# how far the claim must have come to count; a refused or withdrawn one never counts
STATUSES: dict[str, Any] = {"reported": _("接报"), "accepted": _("受理"), "recognised": _("认定")}


@dataclass(frozen=True)
class Ask:
    """What is asked of a measure: as of which day, over which window, by which date, of which injuries."""

    as_of: date
    window: str = "year_to_date"
    basis: str = "occurred"
    scope: str = "at_work"
    status: str = "reported"
    not_before: date | None = None  # leave out what happened, or was found, before this day
    without: frozenset[int] = frozenset()  # injuries that are left out

    @property
    def period(self) -> Period:
        return window(self.window, self.as_of)


@dataclass(frozen=True)
class Measure:
    """A measure and what a page says of it."""

    code: str
    title: Any
    title_en: str
    unit: str
    formula: Any
    source: str
    tables: tuple[str, ...]
    value: Callable[[Pool, Ask], ibis.Table]
    whole: bool = True  # counts 0, 1, 2 …
    of_injuries: bool = False  # above zero only where there is an injury of the same kind of ask
    alone: bool = True  # can be worked out from one unit's own rows
    highest: int | None = None


@functools.cache
def measures() -> dict[str, Measure]:
    """Every measure there is, by its code (the file's name)."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.MEASURE.code: module.MEASURE for module in modules}
