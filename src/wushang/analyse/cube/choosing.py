"""只看: what of a dimension a question may be kept to, as ticks on the page; the most frequent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.reckoning import reckon
from wushang.analyse.dimensions import UNSAID, Dimension, dimensions
from wushang.pool.reading import Pool

MOST = 100  # ticks
CASES = "injured_cases"
NOT = ("enterprise",)  # thousands of them: one unit is found by its name (单位档案)


@dataclass(frozen=True)
class Choice:
    """The keys of one dimension: (key, what it is called, cases, whether it is kept now)."""

    dimension: Dimension
    keys: list[tuple[str, str, int, bool]]
    more: int = 0  # that are not shown
    shut: bool = False  # this reader may not split by it

    @property
    def name(self) -> str:
        """Of its ticks in an address."""
        return f"only_{self.dimension.code}"


def offered() -> Iterator[Dimension]:
    yield from (one for one in dimensions().values() if one.code not in NOT)


def chosen(pool: Pool, asked: Asked, code: str) -> Choice | None:
    """What the dimension has in the question's own months, by the other filters; None where none is asked for."""
    if code in NOT or code not in dimensions():
        return None
    dimension, kept = dimensions()[code], asked.filters.get(code, ())
    others: dict[str, Any] = {other: keys for other, keys in asked.filters.items() if other != code}
    cube = reckon(pool, replace(asked, measures=(CASES,), down=code, across="", filters=others, order=""))
    keys = [*dict.fromkeys([*kept, *cube.down])]
    names = dimension.named(keys)
    told = [(key, names[key] or UNSAID, int(cube.figure(CASES, key).value or 0), key in kept) for key in keys[:MOST]]
    return Choice(dimension, told, max(0, len(keys) - MOST), CASES in cube.missing)
