"""Company names: a plain form for exact look-up, a likeness for a person to decide. Likeness never merges."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

_NOT_NAME = re.compile(r"[\s​‌‍﻿()（）\[\]【】〔〕<>《》\"'“”‘’·•.,，。、\-_—/\\]+")
_FORMS = (("有限责任公司", "有限公司"), ("股份有限责任公司", "股份有限公司"), ("个体工商户", ""))


def plain_name(name: str, places: Iterable[str] = ()) -> str:
    """NFKC, no blanks or brackets, 有限责任公司 → 有限公司, leading place names of `places` dropped.

    '云溪市恒岳杯业（东城）有限责任公司' with places ['云溪市'] → '恒岳杯业东城有限公司'
    """
    text = unicodedata.normalize("NFKC", name).upper()
    longest_first = sorted(places, key=len, reverse=True)
    for place in longest_first:
        text = text.replace(f"({place})", "")
    text = _NOT_NAME.sub("", text)
    for long, short in _FORMS:
        text = text.replace(long, short)
    for place in longest_first:
        if text.startswith(place) and len(text) > len(place) + 3:
            text = text[len(place) :]
    return text


def pairs(text: str) -> Counter[str]:
    """The two-character pieces of a name, with its first and last character marked."""
    marked = f"^{text}$"
    return Counter(marked[i : i + 2] for i in range(len(marked) - 1))


def likeness(left: str, right: str) -> float:
    """Dice coefficient of the two-character pieces, 0 to 1; 1 for equal plain names."""
    a, b = pairs(left), pairs(right)
    return 2 * (a & b).total() / (a.total() + b.total()) if left and right else 0.0


class Neighbours:
    """Find the names most like a given one among many, by shared two-character pieces."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        self._names = dict(names)
        self._index: dict[str, list[int]] = defaultdict(list)
        for key, name in self._names.items():
            for piece in pairs(name):
                self._index[piece].append(key)

    def near(self, name: str, least: float, most: int) -> list[tuple[int, float]]:
        """(key, likeness) of at most `most` names with likeness of at least `least`, best first."""
        hits: Counter[int] = Counter()
        rare = sorted(pairs(name), key=lambda piece: len(self._index.get(piece, ())))[:6]  # common pieces tell little
        for piece in rare:
            hits.update(self._index.get(piece, ()))
        scored = [(key, likeness(name, self._names[key])) for key, _ in hits.most_common(50)]
        return sorted(((k, s) for k, s in scored if s >= least), key=lambda pair: (-pair[1], pair[0]))[:most]
