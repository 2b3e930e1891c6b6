"""One table of a publication: a question's figures with the box of each, what it counts, and whether it may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

from wushang.analyse.cube import Asked, Cube, Figure
from wushang.analyse.cube.cube import Key, label
from wushang.analyse.cube.said import pairs_of
from wushang.analyse.cube.shown import months_said, written
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import measures
from wushang.analyse.publishing.boxes import box_of, rests
from wushang.analyse.publishing.kinds import kind_of
from wushang.statistics.disclosure import Box, small

Place = tuple[Key, Key]


@dataclass
class Table:
    """`area`: the region prefixes that the figures cover; `hidden` is filled when the tables of a publication are prepared together."""

    cube: Cube
    area: tuple[str, ...]
    hidden: set[Place] = field(default_factory=set)
    small: set[Place] = field(default_factory=set)  # those that are hidden for their own count

    @property
    def asked(self) -> Asked:
        return self.cube.asked

    @cached_property
    def places(self) -> list[Place]:
        """Every figure of the table: cells, sums of rows and columns, the total."""
        return list(product((*self.cube.down, None), (*self.cube.across, None)))

    @cached_property
    def kinds(self) -> dict[str, tuple[str, str]]:
        """Measure → (by which date, what is counted): only figures of one such pair can be added up."""
        found = {code: (cell.settled(self.asked.ask).basis, kind_of(code)) for code, cell in self.asked.cells().items()}
        return {code: kind for code, kind in found.items() if kind[1]}

    def counts(self, kind: tuple[str, str]) -> dict[Place, float]:
        code = next(code for code, found in self.kinds.items() if found == kind)
        return {place: self.cube.figure(code, *place).count or 0 for place in self.places}

    def find_small(self, least: int) -> None:
        self.small = {place for place in self.places if any(_too_small(self.cube.figure(code, *place), code, least) for code in self.asked.measures)}

    def box(self, place: Place) -> Box:
        return box_of(self.asked, self.area, down=place[0], across=place[1])

    def nought(self) -> list[Box]:
        """What the table says to be nought by not listing it."""
        sides = {side: keys for side, keys in (("down", self.cube.down), ("across", self.cube.across)) if getattr(self.asked, side)}
        return rests(self.asked, self.area, sides)

    def name(self, place: Place) -> str:
        """2026年1—3月 东城街道 机械致害."""
        sides = zip((self.asked.down, self.asked.across), place, strict=True)
        return " ".join([months_said(self.asked), *(label(dimensions()[code], key) for code, key in sides if code and key is not None)])

    def kept(self) -> dict[str, Any]:
        """What is kept of it, as it was published: the question, every figure's text, and the counts of those that were shown."""
        return {"question": [list(pair) for pair in pairs_of(self.asked)], "area": list(self.area), "down": self.cube.down,
                "across": self.cube.across, "cells": [self._cell(place) for place in self.places]}  # fmt: skip

    def _cell(self, place: Place) -> dict[str, Any]:
        told = {"at": list(place), "name": self.name(place)}
        if place in self.hidden:
            return told | {"hidden": True}
        figures = {code: self.cube.figure(code, *place) for code in self.asked.measures}
        return told | {"texts": {code: written(one.value, measures()[code]) for code, one in figures.items()},
                       "counts": {code: one.count or 0 for code, one in figures.items() if code in self.kinds}}  # fmt: skip


def _too_small(figure: Figure, code: str, least: int) -> bool:
    """The count itself, what is left of the whole of a share, and the workers behind a rate or a headcount."""
    cell = measures()[code].cell
    if cell is None or cell.count is None:
        return small(figure.value or 0, least)
    left = (figure.over or 0) - (figure.count or 0) if callable(cell.over) else 0
    behind = figure.over or 0 if cell.over in ("staff", "roster") else 0
    return any(small(n, least) for n in (figure.count or 0, left, behind))


def every_kind(tables: list[Table]) -> Iterator[tuple[str, str]]:
    yield from sorted({kind for table in tables for kind in table.kinds.values()})
