"""Measures (指标), one a file, found by being there: a function from a Pool's tables to (enterprise, value).

A measure answers for every unit of the pool. A count without rows is 0 when its tables are filled; where a table is
filled by nobody the measure is missing (缺数), which `wushang.analyse.values` sees to.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Literal

import ibis
from django.utils.translation import gettext_lazy as _

from wushang.terms.period import Period, window

if TYPE_CHECKING:
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
    told_by: date | None = None  # leave out what had not come as far as `status` by this day
    span: Period | None = None  # two literal dates instead of a named window

    @property
    def period(self) -> Period:
        return self.span or window(self.window, self.as_of)


@dataclass(frozen=True)
class Cell:
    """How any group of rows is measured: what is counted of them, over what, per how many.

    `over` staff: the average headcount of the group's period (domain.md C0); hours: the legal hours of those workers; years:
    a year of one insured worker each, so that any period compares with a year's target (年化); levied: the contributions paid
    (实缴); roster: the people named on construction projects (实名人数), who stand in no unit's staff; working_days: those of the calendar, so that months with holidays compare; an expression: a count of the same rows.
    Without `count` the measure is the staff itself. `close` names columns that only the purpose of case analysis opens:
    without it the measure is missing. `basis`, `status`: where the measure's own name settles by which date, and how far the
    claim must have come.
    """

    count: Callable[[Any], Any] | None
    over: Literal["", "staff", "hours", "years", "levied", "roster", "working_days"] | Callable[[Any], Any] = ""
    per: int = 1
    close: tuple[str, ...] = ()
    basis: str = ""
    status: str = ""
    listed: Callable[[Any], Any] | None = lambda rows: ibis.literal(True)  # which injuries the figure opens into; None: no list
    table: str = "injuries"  # whose rows are counted; of others place, trade and time are known, no cause and no person

    def settled(self, ask: Ask) -> Ask:
        return replace(ask, basis=self.basis or ask.basis, status=self.status or ask.status)


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
    bases: tuple[str, ...] = tuple(BASES)  # by which dates it can be asked; () where none of them matters
    scopes: tuple[str, ...] = tuple(SCOPES)  # () where it counts no injuries
    cell: Cell | None = None  # where groups of any kind can be measured, not units alone
    gathered: Callable[[Any], Any] | None = None  # of one unit's counted injuries, missing where there are none


@functools.cache
def measures() -> dict[str, Measure]:
    """Every measure there is, by its code (the file's name)."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.MEASURE.code: module.MEASURE for module in modules}
