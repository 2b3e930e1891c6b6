"""Walk the values that units can reach and see which outcomes hold: gaps, overlaps, outcomes that never come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import product

from wushang.analyse.measures import Measure
from wushang.judge.assessments.measures import looked_up
from wushang.judge.checks.edges import edges
from wushang.judge.checks.sums import sums
from wushang.judge.language.tree import Comparison, Condition, Name, Number, Scaled, Value, bounds
from wushang.judge.pack import Pack, Use

MOST_POINTS = 60_000
Point = dict[str, Value]


@dataclass(frozen=True)
class Meeting:
    """Two outcomes that hold at once: the first wins; where they meet for the smallest values."""

    winner: str
    loser: str
    example: tuple[tuple[str, Value], ...]
    count: int


@dataclass
class Walk:
    """What was found on one day's parameters."""

    day: date
    meetings: dict[tuple[str, str], Meeting]
    wins: dict[str, int]
    silent: list[Point]  # nothing holds
    contradictions: list[tuple[Point, str]]  # none_when holds and so does an outcome
    points: int


def days_of_change(pack: Pack) -> list[date]:
    """The days on which a parameter takes a new value, not before the policy itself."""
    starts = {dated.start for parameter in pack.parameters.values() for dated in parameter.values}
    return sorted({max(day, pack.since) for day in starts} | {pack.since})


def walk(pack: Pack, day: date) -> Walk:
    """Every reachable point of the grid, with the parameters of a day."""
    settings = pack.settings(day)
    ends, none = among(pack, settings), pack_none(pack)
    found = Walk(day, {}, {outcome.code: 0 for outcome in pack.outcomes}, [], [], 0)
    for point in points(pack, settings, ends, none):
        found.points += 1
        known = settings | ends | point
        holding = [code for code, condition in pack.conditions.items() if condition.holds(known)]
        if not holding:
            if none is None or not none.holds(known):
                found.silent.append(point)
            continue
        note(found, holding, point)
        if none is not None and none.holds(known):
            found.contradictions.append((point, holding[0]))
    return found


def points(pack: Pack, settings: dict[str, Value], ends: dict[str, Value], none: Condition | None) -> list[Point]:
    """The grid, and the points at which a score stands on a bound or beside it; the smallest values first."""
    grid = sorted(reachable(pack, settings), key=size)
    conditions = [*pack.conditions.values(), *([none] if none else [])]
    known, axes = {tuple(point.values()) for point in grid}, {name: axis(pack, name, settings) for name in looked_at(pack)}
    found = [*edges(pack, conditions, grid, settings | ends), *sums(pack, conditions, axes, settings | ends, partial(possible, pack))]
    more = {tuple(point.values()): point for point in found}
    return sorted([*grid, *(point for key, point in more.items() if key not in known and possible(pack, point))], key=size)


def size(point: Point) -> float:
    return sum(float(value or 0) for value in point.values())


def note(found: Walk, holding: list[str], point: Point) -> None:
    found.wins[holding[0]] += 1
    for loser in holding[1:]:
        pair = holding[0], loser
        before = found.meetings.get(pair)
        example = before.example if before else tuple(point.items())
        found.meetings[pair] = Meeting(*pair, example, (before.count if before else 0) + 1)


def pack_none(pack: Pack) -> Condition | None:
    """The condition under which no outcome is meant to come, or None."""
    return pack.read(pack.none_when) if pack.none_when else None


def reachable(pack: Pack, settings: dict[str, Value]) -> Iterator[Point]:
    """Points of the grid that can occur: where a unit has serious cases it has an event of the same kind too."""
    names = looked_at(pack)
    axes = [axis(pack, name, settings) for name in names]
    while prod(axes) > MOST_POINTS:
        axes = [short[: max(2, len(short) - 1)] for short in axes]
    for values in product(*axes):
        point: Point = dict(zip(names, values, strict=True))
        if possible(pack, point):
            yield point


def looked_at(pack: Pack) -> list[str]:
    """The measures that a condition goes by."""
    return [name for name in pack.looked_at if any(name in c.names for c in pack.conditions.values())]


def among(pack: Pack, settings: dict[str, Value]) -> dict[str, Value]:
    """For `scaled`: the other units reach from one end of the axis to the other."""
    parts = (part for condition in pack.conditions.values() for part in condition.top.parts())
    names = {part.of.name for part in parts if isinstance(part, Scaled)} & set(pack.looked_at)
    axes = {name: axis(pack, name, settings) for name in names}
    return {end: value for name, tried in axes.items() for end, value in zip(bounds(name), (min(tried), max(tried)), strict=True)}


def prod(axes: list[list[float]]) -> int:
    size = 1
    for one in axes:
        size *= len(one)
    return size


def axis(pack: Pack, name: str, settings: dict[str, Value]) -> list[float]:
    """The values worth trying of one measure: 0, 1, and on, just below and just above whatever it is compared with."""
    measure = looked_up(pack.measures[name].measure) if name in pack.measures else None
    step = 1.0 if measure is None or measure.whole else 0.5
    turns = {0.0, 1.0} | thresholds(pack, name, settings)
    shifts = (-step, 0.0, step) if compared(pack, name) else (-step, 0.0)  # of a score's steps both sides are enough
    tried = {round(turn + shift, 9) for turn in turns for shift in shifts}
    high = measure.highest if measure and measure.highest else float("inf")
    return sorted(value for value in tried if 0 <= value <= high)


def compared(pack: Pack, name: str) -> bool:
    """Whether a condition itself names this measure, not only a figure in it."""
    return any(isinstance(part, Name) and part.name == name for c in pack.conditions.values() for part in c.top.written())


def thresholds(pack: Pack, name: str, settings: dict[str, Value]) -> set[float]:
    """Numbers of the comparisons that look at this measure, written out or as a parameter's value."""
    found: set[float] = set()
    for condition in pack.conditions.values():
        for part in condition.top.parts():
            if isinstance(part, Comparison):
                inside = list(part.written())
                if any(getattr(one, "name", "") == name for one in inside):
                    found |= {one.value for one in inside if isinstance(one, Number)}
                    found |= {
                        float(v)
                        for one in inside
                        if isinstance(v := settings.get(getattr(one, "name", "")), int | float)
                    }
    return {value for value in found if 0 <= value <= 1e9}


def possible(pack: Pack, point: Point) -> bool:
    told = [(pack.measures[name], value) for name, value in point.items() if name in pack.measures]
    uses = [(use, looked_up(use.measure), value) for use, value in told]
    if sum(bool(value) for use, _measure, value in uses if use.measure in ("days_unreported", "days_reported_late")) > 1:
        return False  # a report that came is not one that is owed
    happened = {kind for use, measure, value in uses if value and (kind := told_of(use, measure))}
    return not any(counts_all(measure) and not value and told_of(use, measure) in happened for use, measure, value in uses)


def told_of(use: Use, measure: Measure | None) -> tuple[str, ...]:
    """What a measure above zero proves that there was: which injuries, which accidents; () for nothing of them."""
    if measure is None or not (measure.of_injuries or measure.tables == ("accidents",)):
        return ()
    return (*measure.tables[:1], *use.same_injuries, use.of) if measure.of_injuries else ("accidents", use.window, use.of)


def counts_all(measure: Measure | None) -> bool:
    """Whether a measure is above zero as soon as there is any injury, or any accident, at all."""
    return measure is not None and measure.code in ("injury_events", "injured_cases", "accidents")
