"""Primary and secondary suppression: the small cells, and those that would give them away.

Figures are taken one after another, those that matter most first, and each is published unless a small one could then be worked out
(the way of Langsrud's GaussSuppression, 2024); then it is measured what counts that are not negative leave open, and where a hidden
figure could still be told within `least`, more is hidden. Checked: the tests attack tables with exact fractions and linear programmes.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from wushang.statistics.disclosure.bounds import atoms_of, told_within
from wushang.statistics.disclosure.box import Box, Parts, parts_of
from wushang.statistics.disclosure.rows import SPARE, Known, vectors, without

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
MOST_ATOMS = 20_000  # combinations of parts up to which it is measured what is left open


def small(value: float, least: int) -> bool:
    """A count of 1 to least − 1 tells of single people; 0 tells of nobody."""
    return 0 < value < least


def protect(boxes: Sequence[Box], values: Sequence[float], least: int, also: Sequence[bool] | None = None) -> Mask:
    """The figures of one publication → which of them may be shown. `also`: hidden for another reason, and protected like small ones."""
    parts, counts = parts_of(boxes), np.asarray(values, dtype=float)
    hidden = np.array([small(value, least) for value in counts], dtype=bool)
    hidden |= False if also is None else np.asarray(also, dtype=bool)
    shown = _without_recipe(boxes, parts, counts, hidden)
    if hidden.any() and prod(len(names) for names in parts.ways.values()) <= MOST_ATOMS:
        _widen(boxes, parts, counts, shown, np.flatnonzero(hidden).tolist(), least)
    return shown


def order(boxes: Sequence[Box], parts: Parts, counts: Floats) -> list[int]:
    """Zeros first (hiding one protects nobody), then totals before their parts, then the greatest."""
    size = [prod(len(parts.of(box, way)) for way in parts.ways) for box in boxes]
    return sorted(range(len(boxes)), key=lambda place: (counts[place] != 0, -size[place], -counts[place], place))


def _without_recipe(boxes: Sequence[Box], parts: Parts, counts: Floats, hidden: Mask) -> Mask:
    """Publish one after another as long as no hidden figure follows from what is published."""
    shown = ~hidden
    if not hidden.any():
        return shown
    points = len(boxes) + SPARE
    every = vectors(boxes, parts, points)
    known, left = Known(points), every[hidden]
    for place in order(boxes, parts, counts):
        if shown[place]:
            after = without(left, known.rest(every[place]))
            shown[place] = after.any(axis=1).all()
            if shown[place]:
                known.add(every[place])
                left = after
    return shown


def _widen(boxes: Sequence[Box], parts: Parts, counts: Floats, shown: Mask, small_ones: list[int], least: int) -> None:
    """Hide more until no small figure can be told within `least`."""
    atoms = atoms_of(boxes, parts)
    for place in small_ones:
        while shown.any() and told_within(atoms[shown], counts[shown], atoms[place], counts[place], least):
            shown[_next_to_hide(boxes, parts, counts, shown, place)] = False


def _next_to_hide(boxes: Sequence[Box], parts: Parts, counts: Floats, shown: Mask, place: int) -> int:
    """The least figure of the same row or column; none left: the least under the same total, that total, at last anything."""
    there = [other for other in np.flatnonzero(shown).tolist() if counts[other]] or np.flatnonzero(shown).tolist()
    over = [other for other in there if parts.inside(boxes[place], boxes[other])]
    beside = [other for other in there if other not in over and any(parts.inside(boxes[other], boxes[total]) for total in over)]
    line = [other for other in beside if _differ(boxes[place], boxes[other], parts) == 1]
    return min(line or beside or over or there, key=lambda other: (counts[other], other))


def _differ(one: Box, other: Box, parts: Parts) -> int:
    """In how many ways two boxes differ: cells of one row or column differ in one."""
    return sum(parts.of(one, way) != parts.of(other, way) for way in parts.ways)
