"""Where a comparison with a score turns: the very bound, just below it and just above it, in the steps that the score can take.

The grid tries each measure at the numbers it is itself compared with. A score is made of several measures, so its bounds lie
elsewhere: here one measure at a time is moved away from a point of the grid until the comparison turns."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from wushang.judge.assessments.measures import looked_up
from wushang.judge.language.scalar import number
from wushang.judge.language.tree import (
    Choice,
    Comparison,
    Condition,
    Figure,
    Missing,
    Name,
    Number,
    Part,
    Scaled,
    Value,
)
from wushang.judge.pack import Pack

Point = dict[str, Value]
Side = Callable[[float], float | None]
SCAN = (0, 1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 100, 200, 1000, 10000)  # then halved to neighbours
MOST_BASES = 120


def edges(pack: Pack, conditions: list[Condition], points: list[Point], known: Mapping[str, Value]) -> Iterator[Point]:
    """points: of the grid, in the order of the walk. More points, at which a score is on its bound or beside it."""
    turning = list(compared(pack, conditions))
    for point in bases(points) if turning else ():
        for comparison, name in turning:
            yield from (point | {name: value} for value in turns(pack, comparison, name, {**known, **point}))


def bases(points: list[Point]) -> list[Point]:
    """The smallest points, and some evenly from all the others."""
    half = MOST_BASES // 2
    return points[:half] + points[half :: max(1, len(points) // half) | 1]


def compared(pack: Pack, conditions: list[Condition]) -> Iterator[tuple[Comparison, str]]:
    """Each comparison of something reckoned, once, with each measure that it is reckoned from."""
    seen: dict[tuple[object, ...], Comparison] = {}
    for condition in conditions:
        for part in condition.top.parts():
            if isinstance(part, Comparison) and not all(isinstance(side, Name | Number) for side in (part.left, part.right)):
                seen.setdefault((*shape(part.left), *shape(part.right)), part)
    for comparison in seen.values():
        names = dict.fromkeys((*amounts(comparison.left), *amounts(comparison.right)))
        yield from ((comparison, name) for name in names if name in pack.looked_at)


def shape(part: Part) -> tuple[object, ...]:
    """What is written, without its place."""
    return tuple((type(one).__name__, *(getattr(one, key, "") for key in ("name", "value", "sign", "which"))) for one in part.written())


def amounts(part: Part) -> Iterator[str]:
    """The names whose numbers go into a number; what only decides whether a line counts has its turns on the grid."""
    match part:
        case Name(name=name):
            yield name
        case Choice(then=then, otherwise=otherwise):
            yield from (*amounts(then), *amounts(otherwise))
        case Comparison() | Missing() | Scaled():
            return
        case _:
            yield from (name for below in part.below() for name in amounts(below))


def turns(pack: Pack, comparison: Comparison, name: str, known: Mapping[str, Value]) -> set[float]:
    """The values of one measure about which the two sides change places, the others standing still."""

    def apart(value: float) -> float | None:
        return distance(comparison, {**known, name: value})

    measure = looked_up(pack.measures[name].measure) if name in pack.measures else None
    whole, high = measure is None or measure.whole, (measure.highest if measure else None) or float("inf")
    found = (between(apart, a, b, whole) for a, b in pairwise(value for value in SCAN if value <= high))
    return {value for some in found for value in some if 0 <= value <= high}


def distance(comparison: Comparison, known: Mapping[str, Value]) -> float | None:
    """Left − right; None where one of them is missing. Nine places: what is equal on paper is equal."""
    left, right = number(comparison.left, known), number(comparison.right, known)
    return None if left is None or right is None else round(left - right, 9)


def between(apart: Side, low: float, high: float, whole: bool) -> set[float]:
    """Values at and beside the turn between two; none where both are on one side."""
    begins, ends = sign(apart(low)), sign(apart(high))
    if begins is None or ends is None or begins == ends:
        return set()
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if sign(apart(middle)) == begins else (low, middle)
    at = set() if whole else crossing(apart, low, high)
    return {low - 1, low, high, high + 1} | at


def crossing(apart: Side, low: float, high: float) -> set[float]:
    """Where a straight line between two neighbours is nought."""
    a, b = apart(low), apart(high)
    return set() if a is None or b is None or a == b else {round(low - a * (high - low) / (b - a), 9)}


def sign(value: float | None) -> int | None:
    return None if value is None else (value > 0) - (value < 0)


def on_bounds(condition: Condition, known: Mapping[str, Value]) -> Iterator[tuple[str, str, Part]]:
    """Each figure that stands exactly on a bound which the condition leaves out, on which side the band is (< or >), the bound."""
    for part in condition.top.written():
        if isinstance(part, Comparison) and part.sign in ("<", ">") and distance(part, known) == 0:
            if isinstance(part.left, Figure):
                yield part.left.name, part.sign, part.right
            elif isinstance(part.right, Figure):
                yield part.right.name, "<" if part.sign == ">" else ">", part.left
