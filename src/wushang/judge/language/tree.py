"""The parts an expression is made of. Each part knows its place, for sentences about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import ibis.expr.types as ir

Kind = Literal["number", "flag"]
Value = float | int | bool | None


@dataclass(frozen=True)
class Part:
    line: int
    column: int

    def parts(self) -> Iterator["Part"]:
        """This part and everything below it."""
        yield self
        for part in self.below():
            yield from part.parts()

    def written(self) -> Iterator["Part"]:
        """The same as it is written: a figure stands by its name, without what it is made of."""
        yield self
        for part in () if isinstance(self, Figure) else self.below():
            yield from part.written()

    def below(self) -> Iterator["Part"]:
        for field in fields(self):
            below = getattr(self, field.name)
            yield from (part for part in (below if isinstance(below, tuple) else (below,)) if isinstance(part, Part))


@dataclass(frozen=True)
class Number(Part):
    value: float


@dataclass(frozen=True)
class Name(Part):
    name: str
    kind: Kind


@dataclass(frozen=True)
class Around(Part):
    """Something said of one part."""

    of: Part


@dataclass(frozen=True)
class Between(Part):
    """Two parts with a sign between them."""

    sign: str
    left: Part
    right: Part


@dataclass(frozen=True)
class Several(Part):
    """Parts of which none is before another."""

    of: tuple[Part, ...]


class Negative(Around):
    """A number with its sign turned."""


class Arithmetic(Between):
    """A number: the sum, difference, product or quotient of two."""


@dataclass(frozen=True)
class Extreme(Part):
    which: str
    of: tuple[Part, ...]


@dataclass(frozen=True)
class Choice(Part):
    """`then if when else otherwise`: one of two numbers; a `when` that looks at something missing does not hold."""

    when: Part
    then: Part
    otherwise: Part


class Scaled(Around):
    """`scaled(x)`: where x stands between the least (0) and the greatest (1) of all units that are judged together."""

    of: Name


@dataclass(frozen=True)
class Figure(Part):
    """A number that the policy itself defines (figures: a score, a formula), by its name."""

    name: str
    of: Part


class Comparison(Between):
    """True or false: one number beside another; not true where either is missing."""


class Missing(Around):
    """Whether a figure is missing (缺数)."""


class Not(Around):
    """The contrary of a condition."""


class Every(Several):
    """and: all of them hold."""


class Some(Several):
    """or: at least one of them holds."""


@dataclass(frozen=True)
class Condition:
    """A read `when`: true or false for each unit, never missing."""

    text: str
    top: Part

    @property
    def names(self) -> frozenset[str]:
        return frozenset(part.name for part in self.top.parts() if isinstance(part, Name))

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Whether it holds for one unit's values (None is missing)."""
        from wushang.judge.language.scalar import holds

        return holds(self.top, values)

    def column(self, values: Mapping[str, "ir.Value | Value"]) -> "ir.BooleanValue":
        """The same for all units at once: columns, or plain values that are equal for all."""
        from wushang.judge.language.column import holds

        return holds(self.top, values)


def bounds(name: str) -> tuple[str, str]:
    """Under which names one unit's values carry the least and the greatest of all units, for `scaled(name)`."""
    return f"least {name}", f"greatest {name}"
