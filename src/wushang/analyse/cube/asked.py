"""What is asked of the cube, and whether it can be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from wushang.analyse.dimensions import Dimension, dimensions
from wushang.analyse.indicators import in_order
from wushang.analyse.measures import BASES, SCOPES, STATUSES, Ask, Cell, Measure, measures
from wushang.people.deed import refuse
from wushang.terms.period import Period

LABEL = "label"  # order by what the rows are called


@dataclass(frozen=True)
class Asked:
    """Measures by code, a period of literal dates, dimensions by code ('' for none), filters: dimension → keys kept."""

    measures: tuple[str, ...]
    period: Period
    down: str = ""
    across: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    basis: str = "occurred"
    scope: str = "at_work"
    status: str = "reported"
    order: str = ""  # of the rows: a measure asked for or LABEL, with - before it the greatest first; '': see `rows_by`
    told_by: date | None = None  # as of the day on which last year's figures were as ripe as this year's now

    @property
    def ask(self) -> Ask:
        return Ask(
            self.period.end, basis=self.basis, scope=self.scope, status=self.status, span=self.period, told_by=self.told_by
        )

    def cells(self) -> dict[str, Cell]:
        return {code: cell for code in self.measures if (cell := measures()[code].cell)}

    def sides(self) -> list[Dimension]:
        """The dimensions it is split by, down before across."""
        return [dimensions()[code] for code in (self.down, self.across) if code]

    @property
    def rows_by(self) -> str:
        """`order`, or what holds where none is said: months and grades in their own order, else by the first measure, the greatest first."""
        if self.order or not self.down:
            return self.order
        return LABEL if dimensions()[self.down].in_order else f"-{self.measures[0]}"

    def named(self) -> Iterator[Dimension]:
        """Every dimension that it uses at all."""
        yield from self.sides()
        yield from (dimensions()[code] for code in self.filters)

    def over(self, period: Period) -> Asked:
        """The same question of another period."""
        return replace(self, period=period)


def offered() -> list[Measure]:
    """The measures that any group can be measured by, in the order of the trade."""
    return [measures()[code] for code in in_order(measures()) if measures()[code].cell]


def refuse_if_unknown(asked: Asked) -> None:
    """Refused with what there is, where a word of the question is not known."""
    known = {measure.code for measure in offered()}
    _only("measure", asked.measures, known)
    _only("dimension", [code for code in (asked.down, asked.across, *asked.filters) if code], dimensions())
    for name, value, words in (("basis", asked.basis, BASES), ("scope", asked.scope, SCOPES), ("status", asked.status, STATUSES)):
        _only(name, [value], words)
    _only("order", [asked.order.removeprefix("-")] if asked.order else [], {*asked.measures, LABEL})
    if not asked.measures:
        raise refuse("measure", _("没有选指标。"), _("请至少选一个指标。"), "measure")
    if asked.down and asked.down == asked.across:
        raise refuse("dimension", _("行和列是同一个分类。"), _("请换一个，或只按行分。"), "across", asked.across)


def _only(name: str, said, known) -> None:
    for word in said:
        if word not in known:
            remedy = _("可用的有：%(names)s。") % {"names": "、".join(sorted(known))}
            raise refuse(name, _("没有“%(word)s”。") % {"word": word}, remedy, name, word)
