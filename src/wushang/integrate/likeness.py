"""Names like a given one, for a person to decide: typing errors and abbreviations. Likeness never merges."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from rapidfuzz.distance import OSA

from wushang.integrate.names import branch, core

RARE = 8  # two-character pieces of a name that are looked up, the rarest first
LOOKED_AT = 60  # names scored for one asked
COMMON = 8_000  # a piece in more names than this tells too little to be looked up, unless nothing rarer is there


def pairs(text: str) -> Counter[str]:
    """The two-character pieces of a name, with its first and last character marked."""
    marked = f"^{text}$"
    return Counter(marked[i : i + 2] for i in range(len(marked) - 1))


def likeness(left: str, right: str) -> float:
    """0 to 1: the best of shared two-character pieces, few typing errors, one being short for the other."""
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    a, b = core(left), core(right)
    alike = max(_shared(left, right), _typing_error(a, b), _short_for(a, b), _short_for(b, a))
    # Of names equally like, the one of the same legal form, then the one that begins alike.
    return min(0.99, alike + 0.01 * (left[len(a) :] == right[len(b) :]) + 0.005 * (a[0] == b[0]))


def _shared(left: str, right: str) -> float:
    """Dice coefficient of the two-character pieces."""
    a, b = pairs(left), pairs(right)
    return 2 * (a & b).total() / (a.total() + b.total())


def _typing_error(a: str, b: str) -> float:
    """One slip (wrong, missing, added or swapped character) in short names, two from seven characters on."""
    longest = max(len(a), len(b))
    slips = OSA.distance(a, b, score_cutoff=2) - (0.2 if sorted(a) == sorted(b) else 0)  # 岳恒 for 恒岳: likelier than another word
    allowed = 2 if longest >= 7 else 1
    return 1 - slips / (longest + 3) if slips <= allowed and longest >= 2 else 0.0


def _short_for(short: str, long: str) -> float:
    """The characters of `short` stand in `long` in their order: 恒岳 or 恒杯 for 恒岳杯业. Better when nothing lies between."""
    if not 2 <= len(short) < len(long):
        return 0.0
    rest = iter(long)
    if not all(character in rest for character in short):
        return 0.0
    covered = len(short) / len(long)
    if long.startswith(short):
        return 0.8 + 0.15 * covered
    return (0.76 if short in long or long[0] == short[0] else 0.6) + 0.15 * covered


class Neighbours:
    """Find the names most like a given one among many (plain names)."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        known = list(names)
        self._keys = [key for key, _ in known]
        self._plain = [plain for _, plain in known]
        self._core = [core(plain) for plain in self._plain]
        by_piece: dict[str, list[int]] = defaultdict(list)
        by_character: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(self._core):
            for piece in pairs(text):
                by_piece[piece].append(number)
            for character in set(text):
                by_character[character].append(number)
        self._pieces = {piece: np.array(found, np.int32) for piece, found in by_piece.items()}
        self._characters = {one: np.array(found, np.int32) for one, found in by_character.items()}

    def near(self, name: str, least: float, most: int) -> list[tuple[int, float]]:
        """(key, likeness) of the `most` best names of at least `least`, and those as good as the last; no parent of its branch."""
        if not name:
            return []
        looked_at = {*self._by_pieces(core(name)), *self._containing(core(name))}
        scored = ((self._keys[n], likeness(name, self._plain[n])) for n in looked_at if not kin(name, self._plain[n]))
        ranked = sorted(((k, s) for k, s in scored if s >= least), key=lambda pair: (-pair[1], pair[0]))
        return [(k, s) for k, s in ranked[: 2 * most] if s >= ranked[:most][-1][1]]

    def _by_pieces(self, text: str) -> list[int]:
        """Those that share the rarest pieces, a rare one counting more."""
        found = sorted((self._pieces[p] for p in pairs(text) if p in self._pieces), key=len)
        wanted = [hits for hits in found if len(hits) <= COMMON][:RARE] or found[:2]
        if not wanted:
            return []
        weights = [math.log1p(len(self._plain) / len(hits)) for hits in wanted]
        return _heaviest(np.concatenate(wanted), np.repeat(weights, [len(hits) for hits in wanted]))

    def _containing(self, text: str) -> list[int]:
        """Those that hold all characters of a short name; the shortest first."""
        if not 2 <= len(set(text)) <= 8 or any(one not in self._characters for one in set(text)):
            return []
        held, *others = sorted((self._characters[one] for one in set(text)), key=len)
        for other in others:
            held = held[np.isin(held, other, assume_unique=True)]
        return sorted(held.tolist(), key=lambda n: len(self._core[n]))[:LOOKED_AT]


def _heaviest(numbers: np.ndarray, weights: np.ndarray) -> list[int]:
    """The numbers with the largest sums of weights."""
    distinct, place = np.unique(numbers, return_inverse=True)
    sums = np.bincount(place, weights)
    best = np.argpartition(-sums, LOOKED_AT)[:LOOKED_AT] if len(sums) > LOOKED_AT else np.arange(len(sums))
    return distinct[best].tolist()


def kin(left: str, right: str) -> bool:
    """Whether one is a branch of the other, or both are branches of one company: near in name, and not the same unit."""
    a, b = branch(left), branch(right)
    if a and b:
        return a[0] == b[0] and OSA.distance(a[1], b[1]) > 1
    return bool((a and a[0] == right) or (b and b[0] == left))
