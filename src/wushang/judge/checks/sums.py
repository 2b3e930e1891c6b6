"""Scores that only several measures together reach: every sum that the lines of a score can come to, each with the smallest values that
come to it.

The grid tries few values of each measure, and `edges` moves one measure at a time. Three accidents (3 points each) and two hazards (5
each) make 19, which is on neither road. Here the lines are parted into groups that share no measure; what each group can come to is
tried out, and the groups are added up."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product

from wushang.judge.assessments.measures import looked_up
from wushang.judge.checks.edges import Point, amounts, shape
from wushang.judge.language.scalar import number
from wushang.judge.language.tree import (
    Arithmetic,
    Choice,
    Comparison,
    Condition,
    Extreme,
    Figure,
    Name,
    Negative,
    Part,
    Value,
)
from wushang.judge.pack import Pack

COUNTS = range(13)  # tried of a number that goes into a score as it is
MOST_SUMS = 500  # of one score
MOST_VALUES = 3_000  # of one group of measures
ALIKE = 2  # values kept that come to the same sum

Term = tuple[int, Part]  # whether it is added (1) or taken away (-1)
Sums = dict[float, list[Point]]
Likely = Callable[[Point], bool]


def sums(
    pack: Pack, conditions: list[Condition], axes: Mapping[str, list[float]], known: Mapping[str, Value], likely: Likely
) -> Iterator[Point]:
    """axes: measure → the values that the grid tries. More points of the grid's form, one or two for each sum; likely: whether values
    can stand together."""
    for terms in scores(pack, conditions):
        for points in reached(pack, terms, axes, known, likely).values():
            yield from ({name: point.get(name, other) for name in axes} for point in points for other in (0.0, 1.0))


def scores(pack: Pack, conditions: list[Condition]) -> Iterator[list[Term]]:
    """What is compared and made of more than one measure, each once, in its terms."""
    seen: dict[tuple[object, ...], list[Term]] = {}
    for part in (part for condition in conditions for part in condition.top.parts() if isinstance(part, Comparison)):
        terms = [*terms_of(pack, part.left, 1), *terms_of(pack, part.right, -1)]
        if len({name for _sign, term in terms for name in names(pack, term)}) > 1:
            seen.setdefault((*shape(part.left), *shape(part.right)), terms)
    yield from seen.values()


def terms_of(pack: Pack, part: Part, sign: int) -> Iterator[Term]:
    """The lines of a sum; what only holds it between two ends, or stands in its place (a veto), is looked through."""
    match part:
        case Figure(of=of):
            yield from terms_of(pack, of, sign)
        case Negative(of=of):
            yield from terms_of(pack, of, -sign)
        case Arithmetic(sign="+" | "-" as how, left=left, right=right):
            yield from terms_of(pack, left, sign)
            yield from terms_of(pack, right, sign if how == "+" else -sign)
        case Extreme() | Choice():
            inner = [
                one
                for one in (part.of if isinstance(part, Extreme) else (part.then, part.otherwise))
                if names(pack, one)
            ]
            terms = list(terms_of(pack, inner[0], sign)) if len(inner) == 1 else []
            yield from terms if len(terms) > 1 else [(sign, part)]
        case _:
            yield sign, part


def names(pack: Pack, part: Part) -> set[str]:
    """The measures that a number is made of, and those that decide which it is."""
    return {one.name for one in part.parts() if isinstance(one, Name)} & set(pack.looked_at)


def groups(pack: Pack, terms: list[Term]) -> list[tuple[set[str], list[Term]]]:
    """The terms parted so that no two groups look at the same measure."""
    found: list[tuple[set[str], list[Term]]] = []
    for term in terms:
        mine, held = names(pack, term[1]), [term]
        for group in [group for group in found if group[0] & mine]:
            found.remove(group)
            mine, held = mine | group[0], group[1] + held
        found.append((mine, held))
    return [group for group in found if group[0]]


def reached(
    pack: Pack, terms: list[Term], axes: Mapping[str, list[float]], known: Mapping[str, Value], likely: Likely
) -> Sums:
    """sum → the smallest values that come to it."""
    found: Sums = {0.0: [{}]}
    for mine, held in groups(pack, terms):
        found = added(found, alone(pack, sorted(mine), held, axes, known), likely)
    return found


def alone(
    pack: Pack, mine: list[str], terms: list[Term], axes: Mapping[str, list[float]], known: Mapping[str, Value]
) -> Sums:
    """The same of one group."""
    tried = [values(pack, name, terms, axes) for name in mine]
    while size_of(tried) > MOST_VALUES:
        longest = max(tried, key=len)
        longest.pop()
    found: Sums = {}
    for some in product(*tried):
        point: Point = dict(zip(mine, some, strict=True))
        parts = [(sign, number(term, {**known, **point})) for sign, term in terms]
        if all(part is not None for _sign, part in parts):
            found.setdefault(round(sum(sign * (part or 0.0) for sign, part in parts), 9), []).append(point)
    return smallest(found)


def values(pack: Pack, name: str, terms: list[Term], axes: Mapping[str, list[float]]) -> list[float]:
    """What the grid tries of a measure; of one whose very number goes into the score, more."""
    measure = looked_up(pack.measures[name].measure) if name in pack.measures else None
    high = (measure.highest if measure else None) or float("inf")
    more = COUNTS if any(name in amounts(term) for _sign, term in terms) else ()
    return sorted({*axes.get(name, [0.0]), *(float(n) for n in more if n <= high)})


def size_of(tried: list[list[float]]) -> int:
    size = 1
    for one in tried:
        size *= len(one)
    return size


def added(these: Sums, those: Sums, likely: Likely) -> Sums:
    found: Sums = {}
    for (a, some), (b, others) in product(these.items(), those.items()):
        found.setdefault(round(a + b, 9), []).extend(
            point for one in some for other in others if likely(point := {**one, **other})
        )
    return smallest(found)


def smallest(found: Sums) -> Sums:
    """The smallest values of each sum; of too many sums some evenly from all."""
    kept = {
        total: sorted(points, key=lambda point: sum(float(v or 0) for v in point.values()))[:ALIKE]
        for total, points in sorted(found.items())
        if points
    }
    return dict(islice(kept.items(), 0, None, max(1, -(-len(kept) // MOST_SUMS))))
