"""Which figures follow from which by adding and subtracting: exact arithmetic on the boxes, without writing out their cells.

The figures of boxes A, B … add up to that of C for whatever counts exactly where their indicator vectors do. A vector has one entry for
every combination of parts, too many to write; but it is a product over the ways to split, so its value at a random point is a product of
sums. Vectors depend on each other exactly where their values at enough random points do (Schwartz 1980, Zippel 1979; with SPARE points
more than vectors a wrong answer has a chance below 10⁻⁴⁰), and those are compared modulo a prime, without rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from wushang.statistics.disclosure.box import Box, Parts

PRIME = 1_048_573  # below 2²⁰: sums of 2¹³ products are whole numbers of a float64
SPARE = 8  # points more than vectors
SMALL = 1000  # no recipe takes a figure so often
BLOCK = 64  # rows that are reduced one after another; between blocks it goes by products of matrices
Whole = NDArray[np.float64]  # whole numbers 0 … PRIME − 1


def vectors(boxes: Sequence[Box], parts: Parts, points: int) -> Whole:
    """(boxes, points): each box's vector at the same random points, for the same parts and number of points."""
    of = np.random.default_rng(points)
    values = np.ones((len(boxes), points))
    for way, names in parts.ways.items():
        drawn = {name: of.integers(1, PRIME, points).astype(float) for name in names}
        sums = {kept: sum((drawn[name] for name in kept), np.zeros(points)) % PRIME for kept in {parts.of(box, way) for box in boxes}}
        for place, box in enumerate(boxes):
            values[place] = values[place] * sums[parts.of(box, way)] % PRIME
    return values


def inverse(number: float) -> int:
    return pow(int(number), PRIME - 2, PRIME)


class Known:
    """What can be worked out from the vectors that were added: a reduced basis."""

    def __init__(self, points: int) -> None:
        self.rows = np.zeros((0, points))
        self.leads: list[int] = []

    def add(self, vector: Whole) -> None:
        """One more published figure."""
        left = self.rest(vector)
        if left.any():
            lead = int(np.flatnonzero(left)[0])
            left = left * inverse(left[lead]) % PRIME
            self.rows = np.vstack([_rest(self.rows - self.rows[:, lead, None] * left), left])
            self.leads.append(lead)

    def rest(self, vector: Whole) -> Whole:
        """What is left of a vector when the known is taken away: zeros where it can be worked out."""
        return (vector - vector[self.leads] @ self.rows) % PRIME


def reduced(rows: Whole, points: int) -> tuple[Whole, list[int]]:
    """Rows, of which the first `points` columns are vectors and the others go along → the reduced echelon form (its rows in any
    order) and the column in which each begins. By blocks, so that nearly all of it is products of matrices."""
    basis, leads = np.zeros((0, rows.shape[1])), list[int]()
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        block, begins = _echelon((block - block[:, leads] @ basis) % PRIME, points)
        basis = np.vstack([(basis - basis[:, begins] @ block) % PRIME, block])
        leads += begins
    return basis, leads


def _echelon(block: Whole, points: int) -> tuple[Whole, list[int]]:
    """The same of a few rows, one after another."""
    places, leads = list[int](), list[int]()
    for place in range(len(block)):
        found = np.flatnonzero(block[place, :points])
        if found.size:
            lead = int(found[0])
            block[place] = block[place] * inverse(block[place, lead]) % PRIME
            times = block[:, lead, None].copy()
            times[place] = 0
            block = _rest(block - times * block[place])
            places.append(place)
            leads.append(lead)
    return block[places], leads


def worked_out(shown: Whole, values: Whole, sought: Whole) -> NDArray[np.float64]:
    """Vectors of published figures with their values, vectors that are sought → the value that follows for each, modulo PRIME and
    signed; nan where none does. Whether one follows is seen at the points where the basis begins and at SPARE more."""
    points = shown.shape[1]
    basis, leads = reduced(np.hstack([shown, values[:, None] % PRIME]), points)
    others = np.setdiff1d(np.arange(points), leads)[:SPARE]
    left = (sought[:, [*others]] - sought[:, leads] @ basis[:, others]) % PRIME
    told = (sought[:, leads] @ basis[:, points]) % PRIME
    return np.where(left.any(axis=1), np.nan, np.where(told > PRIME // 2, told - PRIME, told))


def recipes(shown: Whole, sought: Whole) -> list[list[tuple[int, Fraction]]]:
    """For each vector sought (each follows): (which figure, how many times) that add up to it; [] where no such small numbers do."""
    basis, leads = reduced(np.vstack([shown, sought]).T, len(shown))
    return [_small([(lead, times) for lead, times in zip(leads, basis[:, len(shown) + n], strict=True) if times]) for n in range(len(sought))]


def _small(times: list[tuple[int, float]]) -> list[tuple[int, Fraction]]:
    for under in range(1, 13):
        near = [_signed(n * under % PRIME) for _place, n in times]
        if all(abs(n) <= SMALL for n in near):
            return sorted((place, Fraction(n, under)) for (place, _n), n in zip(times, near, strict=True))
    return []


def _rest(product: Whole) -> Whole:
    """Modulo PRIME of one product: below 2⁴¹ the quotient's rounding, 2⁻³², cannot pass over the 2⁻²⁰ between two rests; four times
    faster than %."""
    return product - np.floor(product / PRIME) * PRIME


def _signed(number: float) -> int:
    return int(number) if number <= PRIME // 2 else int(number) - PRIME


def without(rows: Whole, vector: Whole) -> Whole:
    """The rows with the direction of a vector taken away."""
    if not vector.any() or not len(rows):
        return rows
    lead = int(np.flatnonzero(vector)[0])
    times = rows[:, lead, None] * inverse(vector[lead]) % PRIME
    return (rows - times * vector) % PRIME
