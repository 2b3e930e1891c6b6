"""An expression worked out for one unit. None stands for missing."""

import operator
from collections.abc import Callable, Mapping

from wushang.judge.language.tree import (
    Arithmetic,
    Choice,
    Comparison,
    Every,
    Extreme,
    Figure,
    Missing,
    Name,
    Negative,
    Not,
    Number,
    Part,
    Scaled,
    Some,
    Value,
    bounds,
)

COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
CALCULATE: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def holds(part: Part, values: Mapping[str, Value]) -> bool:
    """Whether a true-or-false part holds."""
    match part:
        case Comparison(sign=sign, left=left, right=right):
            a, b = number(left, values), number(right, values)
            return a is not None and b is not None and COMPARE[sign](a, b)
        case Missing(of=Name(name=name)):
            return values.get(name) is None
        case Missing(of=of):
            return number(of, values) is None
        case Not(of=of):
            return not holds(of, values)
        case Every(of=of):
            return all(holds(one, values) for one in of)
        case Some(of=of):
            return any(holds(one, values) for one in of)
        case Name(name=name):
            return bool(values.get(name) or False)
    raise TypeError(part)


def number(part: Part, values: Mapping[str, Value]) -> float | None:
    """The number a part stands for, or None."""
    match part:
        case Number(value=value):
            return value
        case Name(name=name):
            known = values.get(name)
            return None if known is None else float(known)
        case Negative(of=of):
            known = number(of, values)
            return None if known is None else -known
        case Extreme(which=which, of=of):
            known_all = [number(one, values) for one in of]
            sure = [one for one in known_all if one is not None]
            return (min if which == "min" else max)(sure) if len(sure) == len(known_all) else None
        case Arithmetic(sign=sign, left=left, right=right):
            return calculate(sign, number(left, values), number(right, values))
        case Choice(when=when, then=then, otherwise=otherwise):
            return number(then if holds(when, values) else otherwise, values)
        case Figure(of=of):
            return number(of, values)
        case Scaled(of=of):
            return scaled(number(of, values), *(values.get(name) for name in bounds(of.name)))
    raise TypeError(part)


def scaled(value: float | None, least: Value, greatest: Value) -> float | None:
    """(x − least) ÷ (greatest − least); missing where all are equal, or the others are not known."""
    if value is None or least is None or greatest is None:
        return None
    return calculate("/", value - float(least), float(greatest) - float(least))


def calculate(sign: str, a: float | None, b: float | None) -> float | None:
    """One step of arithmetic; missing in, or a zero below the line, is missing out."""
    if a is None or b is None or (sign == "/" and b == 0):
        return None
    return CALCULATE[sign](a, b)
