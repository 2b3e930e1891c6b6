"""怎么算的: how a score or an index of a rule came to its number, line by line, from what was kept with the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wushang.judge.figure import Figure, Item
from wushang.judge.language import read, read_number
from wushang.judge.language.scalar import holds, number
from wushang.judge.language.tree import Figure as FigurePart
from wushang.judge.language.tree import Part, Value
from wushang.judge.pack import Pack, plain

Known = Mapping[str, Value]


@dataclass(frozen=True)
class Line:
    """One line of a score; `value` 0 where its condition does not hold, None where what it looks at is missing."""

    title: str
    value: Value
    shown: str
    words: str


@dataclass(frozen=True)
class WorkedScore:
    """A score with its lines; their sum, kept between two ends, or what a veto puts in its place."""

    title: str
    value: Value
    shown: str
    unit: str
    lines: list[Line]


def scores(pack: Pack, part: Part | None, known: Known) -> list[WorkedScore]:
    """The scores that a condition goes by, each once."""
    named = dict.fromkeys(one.name for one in (part.parts() if part else ()) if isinstance(one, FigurePart))
    return [score(pack, pack.figures[name], known) for name in named if pack.figures[name].items]


def score(pack: Pack, figure: Figure, known: Known) -> WorkedScore:
    value = number(pack.figure_parts[figure.code], known)
    return WorkedScore(figure.title, value, said(value), figure.unit, list(lines(pack, figure, known)))


def lines(pack: Pack, figure: Figure, known: Known) -> Iterator[Line]:
    names = pack.given_names
    if figure.base:
        yield line(_("起算"), number(read_number(figure.base, names), known), "")
    for item in figure.items:
        yield line(item.title, number(item.part(names), known), words(item))
    for veto in figure.vetoes:
        if holds(read(veto.when, names).top, known):
            yield line(
                _("%(title)s：直接记") % {"title": veto.title},
                number(read_number(figure.at_veto, names), known),
                words(veto),
            )


def line(title: str, value: Value, grounds: str) -> Line:
    return Line(title, value, said(value), grounds)


def words(item: Item) -> str:
    return item.grounds.clause or item.grounds.why


def said(value: Value) -> str:
    """Four places at most."""
    return _("缺数") if value is None else plain(round(value, 4) if isinstance(value, float) else value)
