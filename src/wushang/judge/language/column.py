"""An expression as an Ibis column: the same answers as `scalar`, for all units at once, on every engine."""

from collections.abc import Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from wushang.judge.language.scalar import CALCULATE, COMPARE
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
)

Values = Mapping[str, ir.Value | Value]


def holds(part: Part, values: Values) -> ir.BooleanValue:
    """A column that is true or false and never null."""
    match part:
        case Comparison(sign=sign, left=left, right=right):
            return COMPARE[sign](number(left, values), number(right, values)).fill_null(False)  # type: ignore[attr-defined]
        case Missing(of=Name(name=name, kind="flag")):
            return flag(values.get(name)).isnull()
        case Missing(of=of):
            return number(of, values).isnull()
        case Not(of=of):
            return ~holds(of, values)
        case Every(of=of):
            return reduce(lambda a, b: a & b, (holds(one, values) for one in of))
        case Some(of=of):
            return reduce(lambda a, b: a | b, (holds(one, values) for one in of))
        case Name(name=name):
            return flag(values.get(name)).fill_null(False)
    raise TypeError(part)


def number(part: Part, values: Values) -> ir.FloatingValue:
    """A float64 column; null is missing."""
    match part:
        case Number(value=value):
            return ibis.literal(float(value), "float64")
        case Name(name=name):
            return measured(values.get(name))
        case Negative(of=of):
            return -number(of, values)
        case Extreme(which=which, of=of):
            return extreme(which, of, values)
        case Arithmetic(sign=sign, left=left, right=right):
            below = number(right, values)
            # PostgreSQL and Spark raise on a division by zero where DuckDB answers null
            return CALCULATE[sign](number(left, values), below.nullif(0.0) if sign == "/" else below)  # type: ignore[arg-type, return-value]
        case Choice(when=when, then=then, otherwise=otherwise):
            return holds(when, values).ifelse(number(then, values), number(otherwise, values))
        case Figure(of=of):
            return number(of, values)
        case Scaled(of=of):
            return scaled(values.get(of.name))
    raise TypeError(part)


def scaled(value: ir.Value | Value) -> ir.FloatingValue:
    """The same over all rows of the table; a plain value is equal for all and has no place between them."""
    if not isinstance(value, ir.Column):
        return nothing()
    x = measured(value)
    least, greatest = x.min().over(ibis.window()), x.max().over(ibis.window())
    return (x - least) / (greatest - least).nullif(0.0)  # type: ignore[no-any-return]


def measured(value: ir.Value | Value) -> ir.FloatingValue:
    """A number column from a column, a plain number, or nothing."""
    if isinstance(value, ir.Value):
        return value.cast("float64")
    return nothing() if value is None else ibis.literal(float(value), "float64")


def nothing() -> ir.FloatingValue:
    """A number that is missing, as an expression: beside a literal null Ibis writes == as IS NULL, which is true of what is missing."""
    return ibis.literal(0.0, "float64").nullif(0.0)


def flag(value: ir.Value | Value) -> ir.BooleanValue:
    """A yes-or-no column from a column, a plain yes or no, or nothing."""
    if isinstance(value, ir.Value):
        return value.cast("boolean")
    return ibis.null("boolean") if value is None else ibis.literal(bool(value))


def extreme(which: str, of: tuple[Part, ...], values: Values) -> ir.FloatingValue:
    """Least or greatest; engines differ on nulls, so what may be missing is asked for first."""
    columns, unsure = [number(one, values) for one in of], [why for one in of for why in gaps(one, values)]
    found = ibis.least(*columns) if which == "min" else ibis.greatest(*columns)
    return any_of(unsure).ifelse(ibis.null("float64"), found) if unsure else found


def gaps(part: Part, values: Values) -> list[ir.BooleanValue]:
    """The conditions under any of which a number is missing, asked of the names it is made of: none for what is never missing. To ask
    the whole number would write it twice, and one inside another four times."""
    match part:
        case Number():
            return []
        case Name(name=name):
            value = values.get(name)
            return [] if value is not None and not isinstance(value, ir.Value) else [measured(value).isnull()]
        case Negative(of=of) | Figure(of=of):
            return gaps(of, values)
        case Extreme(of=of):
            return [why for one in of for why in gaps(one, values)]
        case Arithmetic(sign=sign, left=left, right=right):
            zero = [number(right, values) == 0.0] if sign == "/" else []
            return [*gaps(left, values), *gaps(right, values), *zero]  # type: ignore[list-item]
        case Choice(when=when, then=then, otherwise=otherwise):
            sides = gaps(then, values), gaps(otherwise, values)
            return [holds(when, values).ifelse(*map(any_of, sides))] if any(sides) else []
    return [number(part, values).isnull()]


def any_of(conditions: list[ir.BooleanValue]) -> ir.BooleanValue:
    """Whether one of them holds; of none, none does."""
    return reduce(lambda a, b: a | b, conditions) if conditions else ibis.literal(False)
