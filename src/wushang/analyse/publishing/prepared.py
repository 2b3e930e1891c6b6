"""Tables made ready to be published together: what is hidden, and what they would give away beside what was published before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wushang.analyse.models import Publication
from wushang.analyse.publishing.before import published
from wushang.analyse.publishing.table import Place, Table, every_kind
from wushang.people.deed import refuse
from wushang.statistics.disclosure import Cell, Revealed, protect, revealed

MOST_CELLS = 600
Kind = tuple[str, str]


@dataclass(frozen=True)
class Prepared:
    tables: list[Table]
    least: int
    given_away: list[Revealed]

    @property
    def hidden(self) -> int:
        return sum(len(table.hidden) for table in self.tables)

    @property
    def small(self) -> int:
        return sum(len(table.small) for table in self.tables)

    @property
    def cells(self) -> int:
        return sum(len(table.places) for table in self.tables)

    @property
    def empty(self) -> bool:
        """Nothing but noughts is left to be published."""
        return not any(count for table in self.tables for kind in table.kinds.values()
                       for place, count in table.counts(kind).items() if place not in table.hidden)  # fmt: skip

    @property
    def reasons(self) -> list[str]:
        return [said(one, self.least) for one in self.given_away]


def prepare(tables: Sequence[Table], least: int, before: Iterable[Publication]) -> Prepared:
    """Fills each table's `small` and `hidden`. Refused where a table is by single units, or they are too many figures."""
    _refuse(tables)
    made = list(tables)
    for table in made:
        table.find_small(least)
    for kind in every_kind(made):
        _hide(made, kind, least)
    earlier, found = list(before), []
    for kind in every_kind(made):
        found += revealed(_cells(made, kind), published(earlier, kind), least)
    return Prepared(made, least, found)


def _refuse(tables: Sequence[Table]) -> None:
    if any("enterprise" in (table.asked.down, table.asked.across, *table.asked.filters) for table in tables):
        raise refuse("units", _("按单位的数不能这样公开。"), _("请按镇街、行业、事故类别等分；点名通报另有程序。"), "down")
    if (cells := sum(len(table.places) for table in tables)) > MOST_CELLS:
        why = _("这次有 %(n)d 格，一次最多公开 %(most)d 格。") % {"n": cells, "most": MOST_CELLS}
        raise refuse("many", why, _("请减少分类，或分几次。"), "across")


def _hide(tables: list[Table], kind: Kind, least: int) -> None:
    """The figures of one kind, all tables together; what is hidden of one measure is hidden of the others too."""
    placed = _placed(tables, kind)
    noughts = [box for table in _of(tables, kind) for box in table.nought()]
    values = [table.counts(kind)[place] for table, place in placed]
    also = [place in table.small | table.hidden for table, place in placed]
    boxes = [table.box(place) for table, place in placed]
    shown = protect([*boxes, *noughts], [*values, *(0.0 for _box in noughts)], least, [*also, *(False for _box in noughts)])
    for (table, place), may in zip(placed, shown, strict=False):
        if not may:
            table.hidden.add(place)


def _of(tables: list[Table], kind: Kind) -> list[Table]:
    return [table for table in tables if kind in table.kinds.values()]


def _placed(tables: list[Table], kind: Kind) -> list[tuple[Table, Place]]:
    return [(table, place) for table in _of(tables, kind) for place in table.places]


def _cells(tables: list[Table], kind: Kind) -> list[Cell]:
    here = str(_("本次"))
    told = [Cell(table.box(place), table.counts(kind)[place], place not in table.hidden, table.name(place), here) for table, place in _placed(tables, kind)]
    return [*told, *(Cell(box, 0.0, True, "", here) for table in _of(tables, kind) for box in table.nought())]


def said(one: Revealed, least: int) -> str:
    """由 A 12（本次）－ B 11（2026-03-10公开的《…》）可以算出 1，少于 3."""
    parts = [cell for cell, times in one.recipe if cell.name and cell.value]
    first = dict(one.recipe)
    ordered = sorted(parts, key=lambda cell: -first[cell])
    told = "".join(("－" if first[cell] < 0 else "＋" if place else "") + f"{cell.name} {cell.value:,.0f}（{cell.of}）" for place, cell in enumerate(ordered[:6]))
    more = _("等 %(n)d 个数") % {"n": len(ordered)} if len(ordered) > 6 else ""
    return _("由 %(told)s%(more)s 可以算出 %(value)d，少于 %(least)d。") % {"told": told, "more": more, "value": one.value, "least": least}
