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
    """What can be worked out from the vectors that were added: a reduced basis, and how each of its rows was made of them."""

    def __init__(self, points: int, most: int) -> None:
        self.rows, self.made = np.zeros((0, points)), np.zeros((0, most))
        self.leads: list[int] = []
        self.added = 0

    def add(self, vector: Whole) -> None:
        """One more published figure."""
        left, how = self._reduced(vector)
        how[self.added] = (how[self.added] + 1) % PRIME
        self.added += 1
        if left.any():
            self._keep(left, how)

    def _keep(self, left: Whole, how: Whole) -> None:
        lead = int(np.flatnonzero(left)[0])
        over = inverse(left[lead])
        left, how = left * over % PRIME, how * over % PRIME
        times = self.rows[:, lead, None].copy()
        self.rows = np.vstack([_rest(self.rows - times * left), left])
        self.made = np.vstack([_rest(self.made - times * how), how])
        self.leads.append(lead)

    def _reduced(self, vector: Whole) -> tuple[Whole, Whole]:
        times = vector[self.leads]
        return (vector - times @ self.rows) % PRIME, (-(times @ self.made)) % PRIME

    def rest(self, vector: Whole) -> Whole:
        """What is left of a vector when the known is taken away: zeros where it can be worked out."""
        return self._reduced(vector)[0]

    def recipe(self, vector: Whole) -> list[tuple[int, Fraction]] | None:
        """(which figure, how many times) that add up to the vector's figure; None where it does not follow."""
        left, how = self._reduced(vector)
        if left.any():
            return None
        times = (-how) % PRIME
        used = np.flatnonzero(times)
        for under in range(1, 13):
            near = [_signed(times[place] * under % PRIME) for place in used]
            if all(abs(n) <= SMALL for n in near):
                return [(int(place), Fraction(n, under)) for place, n in zip(used, near, strict=True)]
        return None


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
