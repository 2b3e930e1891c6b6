"""A number that a policy defines itself: a formula, or a score of items (base, plus, minus) with vetoes. It stands in a
`when` and in a sort key by its name, and is compiled with them: one column, and the same for one unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from wushang.judge.language import Condition, Kind, read, read_number
from wushang.judge.language.tree import Arithmetic, Choice, Extreme, Number, Part, Some
from wushang.judge.language.tree import Figure as FigurePart
from wushang.judge.pack import Grounds


@dataclass(frozen=True)
class Item:
    """One line of a score: what is added, where its condition holds; without a condition it always counts."""

    title: str
    when: str
    add: str
    grounds: Grounds
    line: int = 0

    def part(self, names: Mapping[str, Kind]) -> Part:
        add = read_number(self.add, names)
        return Choice(1, 1, read(self.when, names).top, add, Number(1, 1, 0.0)) if self.when else add


@dataclass(frozen=True)
class Figure:
    """base + Σ items, kept between two ends; a veto that holds puts at_veto in its place."""

    code: str
    title: str
    unit: str
    base: str
    items: tuple[Item, ...]
    vetoes: tuple[Item, ...]
    at_veto: str
    between: tuple[float, ...]
    grounds: Grounds
    line: int = 0

    def part(self, names: Mapping[str, Kind]) -> FigurePart:
        """What it is made of, read with the measures and parameters. Raises language.Mistake."""
        start = [read_number(self.base, names)] if self.base else []
        all_of = start + [item.part(names) for item in self.items]
        total = reduce(lambda a, b: Arithmetic(1, 1, "+", a, b), all_of)
        return FigurePart(1, 1, self.code, self.vetoed(self.kept(total), names))

    def kept(self, total: Part) -> Part:
        if not self.between:
            return total
        low, high = (Number(1, 1, float(end)) for end in self.between)
        return Extreme(1, 1, "max", (low, Extreme(1, 1, "min", (total, high))))

    def vetoed(self, total: Part, names: Mapping[str, Kind]) -> Part:
        if not self.vetoes:
            return total
        any_of = Some(1, 1, tuple(read(veto.when, names).top for veto in self.vetoes))
        return Choice(1, 1, any_of, read_number(self.at_veto, names), total)

    def written(self) -> Iterator[tuple[str, str, int, bool]]:
        """Place, text, line of everything that is written in the language, and whether it is a condition."""
        place = f"figures.{self.code}"
        yield from ((f"{place}.{key}", text, self.line, False) for key, text in (("base", self.base), ("at_veto", self.at_veto)) if text)
        for n, item in enumerate(self.items, 1):
            yield from ((f"{place}.items[{n}].when", item.when, item.line, True),) if item.when else ()
            yield f"{place}.items[{n}].add", item.add, item.line, False
        yield from ((f"{place}.vetoes[{n}].when", veto.when, veto.line, True) for n, veto in enumerate(self.vetoes, 1))


def as_condition(text: str, names: Mapping[str, Kind], condition: bool) -> Condition:
    """A text as something whose units can be looked at: a number stands alone."""
    return read(text, names) if condition else Condition(text, read_number(text, names))
