"""Between which counts a hidden figure must lie for somebody who knows the published ones, and that no count is below nought."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from wushang.statistics.disclosure.box import Box, Parts

Floats = NDArray[np.float64]
NO_END, DONE = 3, 0  # what the solver says


def atoms_of(boxes: Sequence[Box], parts: Parts) -> Floats:
    """(boxes, combinations of parts): 1 where a box counts that combination."""
    places = {atom: n for n, atom in enumerate(product(*parts.ways.values()))}
    found = np.zeros((len(boxes), len(places)))
    for row, box in enumerate(boxes):
        found[row, [places[atom] for atom in product(*(parts.of(box, way) for way in parts.ways))]] = 1
    return found


def bounds(shown: Floats, values: Floats, wanted: Floats) -> tuple[float, float]:
    """Published rows and their values, the hidden row → least and greatest value that it can have; two linear programmes.

    Figures that do not add up (an accident of two units counts in both) tell nothing sure: (0, inf).
    """
    alike = _alike(shown, wanted)
    low, high = (_end(alike[:-1], values, alike[-1], sign) for sign in (1, -1))
    return (0.0, float("inf")) if low is None or high is None else (low, high)


def told_within(shown: Floats, values: Floats, wanted: Floats, true: float, least: float) -> bool:
    """Whether the hidden row's true value can be told within less than `least`; mostly its greatest value answers already."""
    alike = _alike(shown, wanted)
    high = _end(alike[:-1], values, alike[-1], -1)
    if high is None or high - true >= least:
        return False
    low = _end(alike[:-1], values, alike[-1], 1)
    return low is not None and high - low < least


def _alike(shown: Floats, wanted: Floats) -> Floats:
    """The rows over combinations that no row tells apart, each once: known by sums of random numbers modulo 2⁶⁴, which err for 20,000 of them
    with a chance of 2⁻³⁵."""
    rows = np.vstack([shown, wanted[None, :]])
    marks = np.random.default_rng(len(rows)).integers(0, 2**63 - 1, len(rows)) @ rows.astype(np.int64)
    return rows[:, np.unique(marks, return_index=True)[1]]


def _end(rows: Floats, values: Floats, goal: Floats, sign: int) -> float | None:
    from scipy.optimize import linprog

    found = linprog(sign * goal, A_eq=rows if len(rows) else None, b_eq=values if len(rows) else None, bounds=(0, None), method="highs")
    if found.status == NO_END:
        return float("inf")
    return round(float(sign * found.fun), 6) if found.status == DONE else None
