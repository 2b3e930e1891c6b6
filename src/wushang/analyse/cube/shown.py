"""The answer as a page or a sheet draws it: heads, rows, cells with their texts and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.analyse.cube.asked import LABEL, Asked
from wushang.analyse.cube.coming import unripe
from wushang.analyse.cube.compared import AGAINST, Compared, new_said
from wushang.analyse.cube.cube import ALL, Cube, Figure, Key, label
from wushang.analyse.cube.listing import cut_to
from wushang.analyse.cube.places import places, ranked_by
from wushang.analyse.cube.said import pairs_of
from wushang.analyse.cube.sorted import Sort
from wushang.analyse.cube.workers import WORKERS
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import BASES, SCOPES, STATUSES, Measure
from wushang.statistics.rates import Change

ROWS = 200  # what a page can be read with; the workbook has all


@dataclass(frozen=True)
class Cell:
    """A figure as text, its list, the exact interval as words, its share of the greatest for a bar."""

    text: str
    url: str = ""
    title: str = ""
    value: float | None = None
    change: float | None = None
    instead: str = ""  # what stands where no change in per cent can
    word: str = ""


@dataclass(frozen=True)
class Row:
    key: Key
    text: str
    url: str
    cells: list[Cell]
    unripe: bool = False  # what happened then is not all reported yet
    place: str = ""  # in the ranking


@dataclass(frozen=True)
class Shown:
    found: Compared

    @property
    def cube(self) -> Cube:
        return self.found.now

    @property
    def asked(self) -> Asked:
        return self.cube.asked

    @property
    def pivot(self) -> bool:
        return bool(self.asked.across)

    @cached_property
    def measures(self) -> list[Measure]:
        return [self.cube.measure(code) for code in self.asked.measures]

    @property
    def compares(self) -> bool:
        return self.found.before is not None and not self.pivot

    @property
    def before_said(self) -> str:
        before = self.found.before
        if self.found.of_area:
            return str(AGAINST[self.found.against])
        return months_said(before.asked) if before else ""

    @cached_property
    def side(self) -> str:
        return str(dimensions()[self.asked.down].title) if self.asked.down else ""

    def sorts(self) -> list[Sort]:
        """The ways to order the rows that a click on a head asks for: by name, then by each measure."""
        return [Sort(by, self.asked) for by in (LABEL, *self.asked.measures)]

    def measured(self) -> list[tuple[Measure, Sort]]:
        return list(zip(self.measures, self.sorts()[1:], strict=True))

    @cached_property
    def heads(self) -> list[str]:
        """Over a pivot's columns."""
        return [label(dimensions()[self.asked.across], key) for key in self.cube.across]

    @cached_property
    def columns(self) -> list[tuple[str, bool]]:
        """The same with whether late reports are still to come."""
        return [(head, unripe(self.asked, self.asked.across, key, self.found.data_to)) for head, key in zip(self.heads, self.cube.across, strict=True)]

    @cached_property
    def total(self) -> Row:
        return self._row(ALL, _("合计"))

    @cached_property
    def rows(self) -> list[Row]:
        return list(self.each_row(ROWS))

    @property
    def fell(self) -> bool:
        """Whether a 明显下降 stands in it: beside such a word stands whether a part of it was not reported (下降里有没有少报)."""
        return self.compares and Change.falling.zh in self._words

    @property
    def worded(self) -> bool:
        """Whether any change is put in words: counts alone are not, they are told by their rates."""
        return self.compares and any(self._words)

    @cached_property
    def _words(self) -> list[str]:
        return [cell.word for row in (self.total, *self.rows) for cell in row.cells]

    @property
    def nothing(self) -> str:
        """Why there is no row, and what to do."""
        if self.found.data_to is None:
            return _("还没有数据入库。部门报送的工伤认定、参保缴费入库后，这里自动出数。")
        said = _("您能看的范围里，这段时间没有记录。")
        return said + (_("请换一段时间，或去掉“只看”的条件。") if self.asked.filters else _("请换一段时间。"))

    @property
    def more(self) -> int:
        """Rows that the page leaves out."""
        return max(0, len(self.cube.down) - ROWS)

    def each_row(self, most: int | None = None) -> Iterator[Row]:
        keys = self.cube.down[:most]
        names = dimensions()[self.asked.down].named(keys) if self.asked.down else {}
        for key in keys:
            yield self._row(key, names[key])

    @cached_property
    def most(self) -> float:
        """The greatest value of the first measure, for the bars."""
        return max((row.cells[0].value or 0 for row in self.rows if row.cells), default=0)

    @cached_property
    def places(self) -> dict[str, str]:
        return {} if self.pivot else places(self.cube)

    @property
    def ranked(self) -> str:
        """What the places go by."""
        return str(self.cube.measure(ranked_by(self.cube)).title)

    def _row(self, key: Key, text: str) -> Row:
        if self.pivot:
            first = self.asked.measures[0]
            cells = [self._cell(first, key, across) for across in (*self.cube.across, ALL)]
        else:
            cells = [self._cell(code, key) for code in self.asked.measures]
        return Row(key, text, self._deeper(key), cells, unripe(self.asked, self.asked.down, key, self.found.data_to), self.places.get(str(key), ""))

    def _cell(self, code: str, down: Key, across: Key = ALL) -> Cell:
        figure, measure = self.cube.figure(code, down, across), self.cube.measure(code)
        last = self.found.last(code, down, across)
        return Cell(
            written(figure.value, measure), self._list(code, figure, down, across), made_of(figure, measure), figure.value,
            self.found.change(code, down, across), new_said(figure, last) if measure.whole else "—", self.found.word(code, down, across),
        )  # fmt: skip

    def _list(self, code: str, figure: Figure, down: Key, across: Key) -> str:
        cell = self.cube.measure(code).cell
        if not figure.count or figure.count != figure.value or cell is None or cell.table != "injuries" or not cell.listed:
            return ""
        keys = {side: key for side, key in (("down", down), ("across", across)) if key is not ALL}
        asked = replace(cut_to(self.asked, **keys), measures=(code,))
        return f"{reverse('analyse:cube_injuries')}?{urlencode(list(pairs_of(asked)))}"

    def _deeper(self, key: Key) -> str:
        """The same question one level down, of this key only."""
        if not key or not self.asked.down or not dimensions()[self.asked.down].deeper:
            return ""
        asked = replace(cut_to(self.asked, down=key), down=dimensions()[self.asked.down].deeper, across=self.asked.across)
        return f"{reverse('analyse:cube')}?{urlencode(list(pairs_of(asked)))}"

    @property
    def basis(self) -> str:
        return basis_said(self.asked)

    @cached_property
    def notes(self) -> list[str]:
        """What the figures are, in the office's words."""
        formulas = (_("%(title)s：%(formula)s。") % {"title": m.title, "formula": m.formula} for m in self.measures)
        return [self.basis, *formulas, *self.remarks]

    @cached_property
    def remarks(self) -> list[str]:
        """What must be known beside the basis and the formulas."""
        asked, said = self.asked, []
        if any(self.cube.overlaps(code) for code in asked.measures):
            said.append(_("一起事故可涉及两行，各行之和可大于合计。"))
        if any(d.staff is None for d in asked.sides()) and any(m.cell and m.cell.over in WORKERS for m in self.measures):
            said.append(_("参保人数不能按%(side)s分，发生率的分母是全部参保人数。") % {"side": self._unsplit()})
        if any(m.cell and m.cell.over in WORKERS and m.cell.over != "roster" for m in self.measures):
            said.append(_("按项目参保的实名人数不在分母里；项目上的工伤在分子里，要分开看用“建设项目工伤事故发生率”或按用工形式分。"))
        if self.found.data_to:
            said.append(_("数据截至 %(day)s；发生不满 30 天的月份，迟报的还会补上。") % {"day": self.found.data_to.isoformat()})
        said += [text for text in (self.found.how, self.found.moved) if text]
        if gone := self.found.lacking_said:
            said.append(_("%(months)s没有报来数据，不作比较。") % {"months": gone})
        if self.cube.months and self.cube.months < len(asked.period.months()):
            given = {"n": self.cube.months, "all": len(asked.period.months())}
            said.append(_("%(all)d 个月中 %(n)d 个月已报参保人数，平均参保人数按已报月份计算。") % given)
        said += [_("%(title)s缺数：没有数据、不能这样分，或您的岗位不能看。") % {"title": self.cube.measure(c).title} for c in self.cube.missing]
        return said

    def _unsplit(self) -> str:
        return "、".join(str(d.title) for d in self.asked.sides() if d.staff is None)

    @property
    def query(self) -> str:
        """The question as the end of an address."""
        return urlencode([*pairs_of(self.asked), ("against", self.found.against)])


def written(value: float | None, measure: Measure) -> str:
    """A count without decimals, anything else with two; — for what cannot be reckoned."""
    if value is None:
        return "—"
    return f"{value:,.0f}" if measure.whole else f"{value:,.2f}"


def made_of(figure: Figure, measure: Measure) -> str:
    """3 ÷ 200 人，95% 区间 3.09～43.84: what stands behind a rate."""
    if figure.over is None or figure.count is None:
        return ""
    if measure.cell and measure.cell.over == "levied":  # money is held in fen
        return _("%(paid)s 元 ÷ %(levied)s 元") % {"paid": f"{figure.count / 100:,.0f}", "levied": f"{figure.over / 100:,.0f}"}
    said = f"{figure.count:,.0f} ÷ {figure.over:,.0f}"
    interval = figure.interval
    if interval is None:
        return said
    return said + _("，95%% 区间 %(low).2f～%(high).2f") % {"low": interval.low, "high": interval.high} + f" {measure.unit}"


def basis_said(asked: Asked) -> str:
    """2026年1—3月，按发生日期统计，生产经营性，计到接报。"""
    said = {"months": months_said(asked), "basis": BASES[asked.basis], "scope": SCOPES[asked.scope], "status": STATUSES[asked.status]}
    return _("%(months)s，按%(basis)s统计，%(scope)s，计到%(status)s。") % said


def months_said(asked: Asked) -> str:
    """2026年1—3月."""
    start, end = asked.period.start, asked.period.end
    if (start.year, start.month) == (end.year, end.month):
        return _("%(y)d年%(m)d月") % {"y": start.year, "m": start.month}
    if start.year == end.year:
        return _("%(y)d年%(a)d—%(b)d月") % {"y": start.year, "a": start.month, "b": end.month}
    return _("%(y)d年%(a)d月—%(z)d年%(b)d月") % {"y": start.year, "a": start.month, "z": end.year, "b": end.month}


def crumbs(asked: Asked) -> list[dict[str, Any]]:
    """The filters in words, each with the address without it."""
    found = []
    for code, kept in asked.filters.items():
        side = dimensions()[code]
        without = replace(asked, filters={other: keys for other, keys in asked.filters.items() if other != code})
        found.append({
            "title": side.title, "keys": "、".join(label(side, key) for key in kept),
            "url": f"{reverse('analyse:cube')}?{urlencode(list(pairs_of(without)))}",
        })  # fmt: skip
    return found
