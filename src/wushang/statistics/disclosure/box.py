"""A published figure as the part of all cases that it counts: of every way to split (place, trade, month …) the keys it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Keys = frozenset[str]
TREES = ("place", "trade")  # a longer key lies inside the shorter one that it begins with
ALONE = "="  # before a key: that part itself, without what lies below it
BUT = "-"  # before a key: kept is what the others keep, without this one
ALL = "*"  # everything


def keys(*names: str) -> Keys:
    return frozenset(names)


def rest(kept: Keys | None, listed: Iterable[str]) -> Keys:
    """What of the keys kept (None: of everything) a table leaves when it lists these."""
    return (kept or keys(ALL)) | {BUT + name for name in listed}


@dataclass(frozen=True)
class Box:
    """`sides`: way to split → keys kept; a way that is not named keeps everything."""

    sides: Mapping[str, Keys] = field(default_factory=dict)

    def cut(self, way: str, kept: Keys) -> Box:
        """The same, of these keys only."""
        return Box({**self.sides, way: kept})

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(frozenset(self.sides.items()))


@dataclass(frozen=True)
class Parts:
    """The finest parts into which the boxes together split each way: the keys that any of them names, and the rest ('')."""

    boxes: tuple[Box, ...]

    @cached_property
    def ways(self) -> dict[str, tuple[str, ...]]:
        named: dict[str, set[str]] = {}
        for box in self.boxes:
            for way, kept in box.sides.items():
                named.setdefault(way, {""}).update(name.removeprefix(ALONE).removeprefix(BUT) for name in kept if name != ALL)
        return {way: tuple(sorted(found)) for way, found in sorted(named.items())}

    @cached_property
    def _kept(self) -> dict[tuple[str, Keys | None], tuple[str, ...]]:
        return {}

    def of(self, box: Box, way: str) -> tuple[str, ...]:
        """The parts of one way that a box keeps."""
        asked = (way, box.sides.get(way))
        if asked not in self._kept:
            every, kept = self.ways[way], asked[1]
            self._kept[asked] = every if kept is None else tuple(part for part in every if _inside(part, kept, way))
        return self._kept[asked]

    def inside(self, small: Box, large: Box) -> bool:
        return all(set(self.of(small, way)) <= set(self.of(large, way)) for way in self.ways)


def parts_of(boxes: Iterable[Box]) -> Parts:
    return Parts(tuple(boxes))


def _inside(part: str, kept: Keys, way: str) -> bool:
    """Whether a part lies in the keys kept; of a tree, below one of them too."""
    if any(_below(part, name[1:], way) for name in kept if name.startswith(BUT)):
        return False
    return ALL in kept or ALONE + part in kept or any(_below(part, name, way) for name in kept if not name.startswith(BUT))


def _below(part: str, key: str, way: str) -> bool:
    return part == key or bool(key) and way in TREES and part.startswith(key)
