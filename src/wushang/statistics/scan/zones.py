"""Which townships are taken together: each with those about it, growing from the nearest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
NOBODY = -1  # fills up a row that has ended
EARTH = 6371.0  # km


def plane(longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.float64]:
    """Degrees → km east and north of the middle, regions × 2: flat enough for a province (under 1 % of a distance)."""
    east, north = np.radians(np.asarray(longitude, dtype=float)), np.radians(np.asarray(latitude, dtype=float))
    middle = north.mean()
    return EARTH * np.column_stack([(east - east.mean()) * np.cos(middle), north - middle])


def nearest_first(coordinates: ArrayLike) -> list[Whole]:
    """Plane coordinates, regions × 2 (such as km) → for each region all regions from the nearest, itself first."""
    at = np.asarray(coordinates, dtype=float)
    away = ((at[:, None, :] - at[None, :, :]) ** 2).sum(axis=2)
    np.fill_diagonal(away, -1)
    return list(np.argsort(away, axis=1, kind="stable"))


def ring_by_ring(neighbours: Sequence[Sequence[int]]) -> list[Whole]:
    """The neighbours of each region → for each region those that can be reached: itself, its neighbours, theirs."""
    return [_reached(start, neighbours) for start in range(len(neighbours))]


def _reached(start: int, neighbours: Sequence[Sequence[int]]) -> Whole:
    found, seen = [start], {start}
    for place in found:
        new = sorted(set(neighbours[place]) - seen)
        found += new
        seen.update(new)
    return np.array(found)


def zones(order: Sequence[Whole], expected: ArrayLike, share: float = 0.5) -> Whole:
    """The orders cut where a zone would hold more than `share` of all that is expected (by region, or region × period); one
    row a centre, NOBODY after its end. A zone is the first n of a row."""
    due = np.asarray(expected, dtype=float)
    each = due.reshape(len(due), -1).sum(axis=1)
    kept = [row[: max(1, int((each[row].cumsum() <= share * each.sum()).sum()))] for row in order]
    found = np.full((len(kept), max(map(len, kept))), NOBODY)
    for place, row in enumerate(kept):
        found[place, : row.size] = row
    return found
