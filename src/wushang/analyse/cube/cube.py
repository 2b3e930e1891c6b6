"""The answer of the cube: figures by key down and across, with totals of their own (an accident that two rows share counts
in both and once in the total), their numerators and denominators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from wushang.analyse.cube.asked import LABEL, Asked
from wushang.analyse.dimensions import UNSAID, Dimension, dimensions
from wushang.analyse.measures import Measure, measures
from wushang.statistics.rates import rate_interval, share_interval
from wushang.terms.interval import Interval

ALL = None  # the key of a total
Key = str | None
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Figure:
    """One measure of one group: value None where it cannot be reckoned (缺数, 分母为零), what it was made of."""

    value: float | None
    count: float | None = None
    over: float | None = None
    per: int = 1
    of_cases: bool = False  # count is of rare events over workers: an exact Poisson interval holds
    of_part: bool = False  # count is a part of `over` cases: an exact binomial interval holds

    @property
    def interval(self) -> Interval | None:
        """The exact 95 % interval of a rate over workers (Garwood) or of a share (Clopper–Pearson); None for counts."""
        if not (self.of_cases or self.of_part) or not self.over or self.count is None:
            return None
        if self.of_part:
            low, high = share_interval(int(self.count), int(self.over), CONFIDENCE)
            return Interval(low * self.per, high * self.per, CONFIDENCE)
        return rate_interval(int(self.count), self.over, self.per)


@dataclass(frozen=True)
class Cube:
    asked: Asked
    commit: int
    figures: Mapping[tuple[str, Key, Key], Figure]
    months: int = 0  # months of headcounts that were delivered in the period
    missing: tuple[str, ...] = ()  # measures that could not be reckoned at all, for want of data or of the right to see

    def figure(self, measure: str, down: Key = ALL, across: Key = ALL) -> Figure:
        """A group's figure; of a group that nothing happened in, 0 for a count and nothing for a share."""
        return self.figures.get((measure, down, across)) or self._empty(measure)

    def _empty(self, measure: str) -> Figure:
        cell = measures()[measure].cell
        over_days = cell is not None and cell.over in ("", "working_days")
        counts = cell is not None and cell.count is not None and over_days and measure not in self.missing
        return Figure(0 if counts else None)

    @cached_property
    def down(self) -> list[str]:
        return self._keys(self.asked.down, 1)

    @cached_property
    def across(self) -> list[str]:
        return self._keys(self.asked.across, 2)

    def _keys(self, code: str, place: int) -> list[str]:
        """The keys of one side: as the question orders rows; else in their own order, or by the first measure, the greatest first.
        不详 last, whichever way."""
        if not code:
            return []
        side, found = dimensions()[code], {str(key[place]) for key in self.figures if key[place] is not ALL}
        said = found - {""}
        order = self.asked.rows_by if place == 1 else LABEL if side.in_order else f"-{self.asked.measures[0]}"
        by, backwards = order.removeprefix("-"), order.startswith("-")
        keys = _by_label(side, said, backwards) if by == LABEL else self._by_value(by, place, said, backwards)
        return [*keys, *(found - said)]

    def _by_value(self, measure: str, place: int, keys: set[str], backwards: bool) -> list[str]:
        """What cannot be reckoned comes last, whichever way."""
        values = {key: self.figure(measure, *((key, ALL) if place == 1 else (ALL, key))).value for key in sorted(keys)}
        known = {key: value for key, value in values.items() if value is not None}
        return [*sorted(known, key=known.__getitem__, reverse=backwards), *(key for key in values if key not in known)]

    def overlaps(self, measure: str) -> bool:
        """Whether the rows of a count add up to more than its total: one accident stands in two of them."""
        if not self.asked.down or measures()[measure].cell is None or measures()[measure].cell.over:  # type: ignore[union-attr]
            return False
        return sum(self.figure(measure, key).value or 0 for key in self.down) > (self.figure(measure).value or 0)

    def measure(self, code: str) -> Measure:
        return measures()[code]


def label(dimension: Dimension, key: str) -> str:
    """What a page calls a key."""
    return dimension.label(key) if key else UNSAID


def _by_label(side: Dimension, keys: set[str], backwards: bool) -> list[str]:
    """In the keys' own order (months, grades), else by name as a dictionary sorts: GB 18030 begins with 汉语拼音 order."""
    if side.in_order:
        return sorted(keys, key=lambda key: (side.ranks.index(key) if key in side.ranks else -1, len(key), key), reverse=backwards)
    names = side.named(sorted(keys))
    return sorted(names, key=lambda key: names[key].encode("gb18030"), reverse=backwards)
