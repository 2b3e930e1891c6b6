"""Which part of all cases a figure of the cube counts, in words that figures of other questions share: places and trades as trees,
times as months, the state of the claim and the scope as what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wushang.analyse.cube.asked import Asked
from wushang.analyse.dimensions import dimensions
from wushang.statistics.disclosure import Box, rest
from wushang.statistics.disclosure.box import Keys
from wushang.terms import codes

PLACES = ("province", "city", "county", "town")
TRADES = ("section", "division", "group", "class", "sector")
STATES = ("recognised", "accepted", "reported")
UNKNOWN = "?"  # what a row does not say; inside the area it is asked of


def box_of(asked: Asked, area: Sequence[str], **sides: str | None) -> Box:
    """The box of one figure; `sides`: down and across → key, None for a total."""
    box = Box(_of_whole(asked, area))
    for side in ("down", "across"):
        if (key := sides.get(side)) is not None:
            box = _cut(box, *_of_key(getattr(asked, side), key, box))
    return box


def rests(asked: Asked, area: Sequence[str], listed: Mapping[str, Sequence[str]]) -> list[Box]:
    """What the table leaves out and so says to be nought: of every side the keys that it does not list, by each key of the other."""
    found = []
    for side, names in listed.items():
        other = next((name for name in listed if name != side), "")
        for key in (None, *listed.get(other, ())):
            of = box_of(asked, area, **({other: key} if other else {}))
            way, all_names = _listed(asked, side, names, of)
            found.append(of.cut(way, rest(of.sides.get(way), all_names)))
    return found


def _listed(asked: Asked, side: str, names: Iterable[str], of: Box) -> tuple[str, set[str]]:
    kept = [_of_key(getattr(asked, side), name, of) for name in names]
    return (kept[0][0] if kept else way_of(getattr(asked, side))), {key for _way, some in kept for key in some}


def way_of(code: str) -> str:
    if code in PLACES or code in TRADES:
        return "place" if code in PLACES else "trade"
    return "month" if dimensions()[code].of_time else code


def _of_whole(asked: Asked, area: Sequence[str]) -> dict[str, Keys]:
    sides: dict[str, Keys] = {"month": frozenset(f"{month:%Y-%m}" for month in asked.period.months())}
    if any(area):
        sides["place"] = frozenset(area)
    if asked.scope == "at_work":
        sides["scope"] = frozenset({"at_work"})
    if asked.status != "reported":
        sides["status"] = frozenset(STATES[: STATES.index(asked.status) + 1])
    box = Box(sides)
    for code, kept in asked.filters.items():
        way, found = way_of(code), frozenset(key for name in kept for key in _of_key(code, name, box)[1])
        box = _cut(box, way, found)
    return dict(box.sides)


def _cut(box: Box, way: str, kept: Keys) -> Box:
    """Of what the box keeps, these keys only."""
    before = box.sides.get(way)
    if before is None:
        return box.cut(way, kept)
    if way in ("place", "trade"):
        inside = {key for key in kept if any(key.startswith(held) for held in before)} | {held for held in before if any(held.startswith(key) for key in kept)}
        return box.cut(way, frozenset(inside))
    return box.cut(way, before & kept)


def _of_key(code: str, key: str, box: Box) -> tuple[str, Keys]:
    """The way that a dimension splits, and what one of its keys keeps."""
    way, dimension = way_of(code), dimensions()[code]
    if key == "":
        within = min(box.sides.get(way, frozenset({""})), default="")
        return way, frozenset({f"{within}{UNKNOWN}{code}"})
    if code == "sector":
        held = {entry.code[:3] for entry in codes.all("industry") if len(entry.code) == 3 and codes.sector(entry.code[:3]) == key}
        return way, frozenset(held)
    if way == "month" and dimension.span:
        return way, frozenset(f"{month:%Y-%m}" for month in dimension.span(key).months())
    return way, frozenset({key})
