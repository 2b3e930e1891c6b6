"""What a new publication gives away beside the earlier ones: figures that follow from both by adding and subtracting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from wushang.statistics.disclosure.box import ALONE, Box, Parts, keys, parts_of
from wushang.statistics.disclosure.hiding import small
from wushang.statistics.disclosure.rows import SPARE, recipes, vectors, worked_out


@dataclass(frozen=True)
class Cell:
    """One published figure: what it counts, its value, whether it was shown; `name` for a sentence, `of` its publication."""

    box: Box
    value: float
    shown: bool = True
    name: str = ""
    of: str = ""


@dataclass(frozen=True)
class Revealed:
    """A count below `least` that can be worked out, and from which published figures, each how many times."""

    box: Box
    value: float
    recipe: tuple[tuple[Cell, Fraction], ...]


def revealed(now: Sequence[Cell], before: Sequence[Cell], least: int) -> list[Revealed]:
    """What can be told from `now` and `before` together: hidden cells of either, the same figure restated, and slices of a shown
    figure (one month of a quarter, the towns that an earlier table left out). Only what needs a figure of `now`."""
    shown = [cell for cell in (*now, *before) if cell.shown]
    parts = parts_of([cell.box for cell in (*now, *before)])
    points = len(shown) + SPARE
    sought, told = _sought(now, before, parts), vectors([cell.box for cell in shown], parts, points)
    vectors_sought = vectors(sought, parts, points)
    values = np.array([cell.value for cell in shown], dtype=float)
    near = [place for place, value in enumerate(worked_out(told, values, vectors_sought)) if _may_be_small(value, values, least)]
    mine, found = set(now), _restated(now, before, least)
    for place, recipe in zip(near, recipes(told, vectors_sought[near]) if near else [], strict=True):
        one = _worked_out(sought[place], [(shown[which], times) for which, times in recipe])
        if small(one.value, least) and any(cell in mine for cell, _times in one.recipe):
            found.append(one)
    return found


def _may_be_small(value: float, values: NDArray[np.float64], least: int) -> bool:
    """Of a value modulo PRIME: a whole number within what the figures can add up to is itself; a half, say, looks like a great one."""
    return not np.isnan(value) and (small(value, least) or abs(value) > values.sum())


def _restated(now: Sequence[Cell], before: Sequence[Cell], least: int) -> list[Revealed]:
    """The same figure with a later version of the data: the difference is what came in between."""
    then = {cell.box: cell for cell in before if cell.shown}
    pairs = [(cell, then[cell.box]) for cell in now if cell.shown and cell.box in then]
    told = [(cell, old) if cell.value > old.value else (old, cell) for cell, old in pairs]
    return [_worked_out(more.box, [(more, Fraction(1)), (less, Fraction(-1))]) for more, less in told if small(more.value - less.value, least)]


def _sought(now: Sequence[Cell], before: Sequence[Cell], parts: Parts) -> list[Box]:
    """Hidden cells and the slices of every shown figure, each once."""
    hidden = [cell.box for cell in (*now, *before) if not cell.shown]
    shown = [cell.box for cell in (*now, *before) if cell.shown]
    told = dict.fromkeys(shown)
    slices = (one for box in told for one in _slices(box, parts))
    return [box for box in dict.fromkeys((*hidden, *slices)) if box not in told]


def _slices(box: Box, parts: Parts) -> Iterator[Box]:
    for way in parts.ways:
        kept = parts.of(box, way)
        if len(kept) > 1:
            yield from (box.cut(way, keys(ALONE + part)) for part in kept)


def _worked_out(box: Box, recipe: list[tuple[Cell, Fraction]]) -> Revealed:
    return Revealed(box, float(sum(Fraction(cell.value) * times for cell, times in recipe)), tuple(recipe))
