"""Codes of places over time: which region a code stood for on a day, and which older codes a region answers for today.

A change (RegionChange) says: from its day on the place that had `old` has `new`. Statistics go by the region of the day,
access by the region of today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from wushang.people.models import Region, RegionChange

COUNTY = 6  # digits of a county; what is longer lies in one and moves with it


class Succession:
    """Read once per landing: the changes by old code, oldest first, and since when and until when each region holds."""

    def __init__(self) -> None:
        self._held = {code: (start, end) for code, start, end in Region.objects.values_list("code", "valid_from", "valid_to")}
        self._changes: dict[str, list[tuple[date, str]]] = {}
        for on, old, new in RegionChange.objects.order_by("on", "pk").values_list("on", "old", "new"):
            self._changes.setdefault(old, []).append((on, new))

    def holds(self, code: str, day: date) -> bool:
        """Whether a region of that code stood on the day."""
        start, end = self._held.get(code, (date.max, date.min))
        return (start is None or start <= day) and (end is None or day <= end)

    def on(self, code: str, day: date) -> str:
        """The region of that day a code stood for, in any spelling of it; '' where no known region is its successor."""
        seen: set[str] = set()
        while not self.holds(code, day) and code not in seen:
            seen.add(code)
            code = self._next(code, day) or code
        return code if code in self._held else ""

    def _next(self, code: str, day: date) -> str:
        """The code after the change that touched the holder of that day: the first later one, else the last there was."""
        rows = self._changes.get(code)
        if rows:
            return next((new for on, new in rows if on > day), rows[-1][1])
        head = code[:COUNTY]
        moved = len(code) > COUNTY and not self.holds(head, day) and self._next(head, day)
        return moved + code[COUNTY:] if moved else ""


def older_codes(prefixes: Iterable[str]) -> list[str]:
    """Codes that became places inside these prefixes and stand for nothing else today: rows of earlier years bear them."""
    wanted = [prefix for prefix in prefixes if prefix]
    found: set[str] = set()
    while wanted:
        inside = reduce(or_, (Q(new__startswith=prefix) for prefix in wanted))
        olds = set(RegionChange.objects.filter(inside).values_list("old", flat=True))
        wanted = [old for old in olds - found if not old.startswith(tuple(wanted))]
        found |= set(wanted)
    return sorted(found - set(Region.objects.filter(code__in=found, valid_to=None).values_list("code", flat=True)) if found else ())
