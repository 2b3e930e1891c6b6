"""How far a small count may be trusted: the chance that a unit whose risk did not change at all meets the 30 % test.

Both counts are Poisson with the same mean, and last year had at least one accident (without one there is no fall to
measure). With a mean of 1 a quarter the chance is 55 %, with 16 it is 16 %: the fewer the accidents, the more the
verdict is chance (anchors.md S5, found there by simulation).
"""

from __future__ import annotations

from fractions import Fraction
from math import exp, floor


def pass_by_luck(mean: float, fall_percent: float = 30) -> float:
    """P(the fall test passes | no change, a base of one or more); nothing expected, nothing to pass by luck: 0."""
    most = int(mean + 12 * (mean + 1) ** 0.5) + 10
    chances = _poisson(mean, most)
    at_most = [sum(chances[: n + 1]) for n in range(most + 1)]
    keep = 1 - Fraction(str(fall_percent)) / 100
    passed = sum(chance * at_most[floor(before * keep)] for before, chance in enumerate(chances) if before)
    return passed / (1 - chances[0]) if mean else 0.0


def _poisson(mean: float, most: int) -> list[float]:
    chances = [exp(-mean)]
    for n in range(1, most + 1):
        chances.append(chances[-1] * mean / n)
    return chances
