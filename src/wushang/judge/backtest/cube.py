"""Units × days: which units were judged on which day, as the register stood then, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from wushang.judge.backtest.clock import Clock
from wushang.people.scope import region_prefix
from wushang.pool.reading import Pool
from wushang.pool.tables import declared


@dataclass(frozen=True)
class Cube:
    """`there[u, k]`: unit u was judged on day k. Place, trade and size are those the unit had last."""

    clock: Clock
    units: np.ndarray
    there: np.ndarray
    region: np.ndarray
    industry: np.ndarray
    size: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        return self.there.shape  # type: ignore[return-value]

    @cached_property
    def _place(self) -> np.ndarray:
        found = np.full(int(self.units[-1]) + 2 if len(self.units) else 1, -1, dtype=np.int64)
        found[self.units] = np.arange(len(self.units))
        return found

    def places(self, enterprises: np.ndarray) -> np.ndarray:
        """Each enterprise's row in the cube; -1 for one that is not in it."""
        return self._place[np.where((enterprises >= 0) & (enterprises < len(self._place)), enterprises, -1)]

    def part(self, rows: np.ndarray, clock: Clock) -> Cube:
        """Some of the units on other days, each day with who was judged at the end of its month or before."""
        last = np.clip(np.searchsorted(self.clock.days, clock.days, "right") - 1, 0, None)  # type: ignore[call-overload]
        return Cube(clock, self.units[rows], self.there[rows][:, last], self.region[rows], self.industry[rows], self.size[rows])


def cube(pool: Pool, clock: Clock, region: str) -> Cube:
    """The confirmed units of the region on each day; a provisional (待确认) one is never warned, a merged one is another's."""
    rows = pool.source(declared()["enterprises"])
    rows = rows.filter(rows.recorded <= pool.commit)
    asked = pool.fetch(rows.select("enterprise", "region", "industry", "size", "provisional", "recorded", "superseded", merged=rows.merged_into.notnull()))
    of = asked["enterprise"].to_numpy()
    units, at = np.unique(of, return_inverse=True)
    since, until = clock.known(asked["recorded"].to_numpy(), whole(asked["superseded"]), None)
    places = texts(asked["region"])
    judged = np.char.startswith(places, region_prefix(region)) & ~flags(asked["provisional"]) & ~flags(asked["merged"])
    there = summed((len(units), len(clock.days)), at[judged], since[judged], until[judged]) > 0
    last = np.lexsort([until, at])
    last = last[np.append(at[last][1:] != at[last][:-1], True)] if len(last) else last
    kept = there.any(axis=1)
    told = (texts(asked[name])[last][kept] for name in ("region", "industry", "size"))
    return Cube(clock, units[kept], there[kept], *told)


def summed(shape: tuple[int, int], at: np.ndarray, since: np.ndarray, until: np.ndarray, worth: np.ndarray | None = None) -> np.ndarray:
    """Rows × days: the sum of `worth` (1 each where not told) of what holds for a row from day `since` until before `until`."""
    rows, days = shape
    real = until > since
    at, since, until = at[real], since[real], until[real]
    told = None if worth is None else worth[real].astype(float)
    wide = rows * (days + 1)
    begins = np.bincount(at * (days + 1) + since, told, wide)
    ends = np.bincount(at * (days + 1) + until, told, wide)
    return np.cumsum((begins - ends).reshape(rows, days + 1), axis=1)[:, :days]


def whole(column: pa.ChunkedArray) -> np.ndarray:
    """A column of whole numbers or dates; 0 for none."""
    kind = pa.int32() if pa.types.is_date32(column.type) else column.type
    return column.cast(kind).fill_null(0).to_numpy().astype(np.int64)


def flags(column: pa.ChunkedArray) -> np.ndarray:
    return column.fill_null(False).to_numpy().astype(bool)


def texts(column: pa.ChunkedArray) -> np.ndarray:
    return column.fill_null("").to_numpy().astype(str)


def chosen(of: Cube, enterprises: Iterable[int]) -> np.ndarray:
    """The rows of these enterprises in the cube."""
    found = of.places(np.array(sorted(set(enterprises)), dtype=np.int64))
    return found[found >= 0]
