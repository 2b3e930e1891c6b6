"""地图: how the parts of a place lie to each other. A grid of tiles, or shapes from a GeoJSON that the place uploads.

No boundary is shipped: which map a government may show is for its map review (审图号) to say. Plain calculation: text in,
parts with their place on a sheet of WIDTH units out.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from wushang.people.deed import refuse

WIDTH = 1000
POINTS = 400_000  # of all shapes together; more is no outline but a survey
CODES = ("code", "adcode", "gb", "region_code", "行政区划代码", "区划代码")
NAMES = ("name", "NAME", "名称", "fullname")


@dataclass(frozen=True)
class Part:
    """One region on the sheet: a tile (`size`) or a shape (`path`), and where its name stands."""

    code: str
    x: float
    y: float
    size: float = 0
    path: str = ""


@dataclass(frozen=True)
class Drawn:
    width: int
    height: int
    parts: list[Part]
    lies: bool  # whether the parts lie as they do in the land


def grid(codes: Iterable[str]) -> Drawn:
    """Where nothing was uploaded: tiles in the order of the codes, which say nothing of where a place lies."""
    held = list(codes)
    columns = max(1, math.ceil(math.sqrt(len(held) * 1.5)))
    return _tiles({code: (n % columns, n // columns) for n, code in enumerate(held)}, lies=False)


def drawn(content: Mapping[str, Any], codes: Iterable[str]) -> Drawn:
    """Kept content → the parts of these regions; a region that the map has not is left out."""
    wanted = set(codes)
    if content["kind"] == "tiles":
        return _tiles({code: (x, y) for code, (x, y) in content["tiles"].items() if code in wanted}, lies=True)
    parts = [Part(code, *shape["at"], path=shape["path"]) for code, shape in content["shapes"].items() if code in wanted]
    return Drawn(WIDTH, content["height"], parts, lies=True)


def _tiles(places: Mapping[str, tuple[int, int]], lies: bool) -> Drawn:
    columns = max((x for x, _y in places.values()), default=0) + 1
    rows = max((y for _x, y in places.values()), default=0) + 1
    side = WIDTH / columns
    parts = [Part(code, (x + 0.5) * side, (y + 0.5) * side, side) for code, (x, y) in places.items()]
    return Drawn(WIDTH, round(rows * side), parts, lies)


def read(text: str, names: Mapping[str, str]) -> dict[str, Any]:
    """An uploaded file → what is kept of it. `names`: code → name of the regions that the map is of. Refused where it is
    neither a grid nor GeoJSON, or knows none of them."""
    try:
        said = json.loads(text)
    except ValueError:
        raise _wrong(_("这不是地图文件：读不出 JSON。")) from None
    if isinstance(said, dict) and isinstance(said.get("tiles"), list):
        return _read_tiles(said["tiles"], names)
    if isinstance(said, dict) and said.get("type") == "FeatureCollection" and isinstance(said.get("features"), list):
        return _read_shapes(said["features"], names)
    raise _wrong(_("文件里没有色块（tiles），也不是 GeoJSON（FeatureCollection）。"))


def missing(content: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """Names of the regions that a kept map does not show."""
    return [name for code, name in names.items() if code not in content[content["kind"]]]


def _read_tiles(rows: list[Any], names: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, list[int]] = {}
    for row in rows:
        code = _code_of(row if isinstance(row, dict) else {}, names)
        if code:
            try:
                found[code] = [int(row["column"]), int(row["row"])]
            except (KeyError, TypeError, ValueError):
                raise _wrong(_("“%(name)s”的色块没有写第几列（column）、第几行（row）。") % {"name": names[code]}) from None
    if not found:
        raise _unknown()
    if len({tuple(place) for place in found.values()}) < len(found) or min(n for place in found.values() for n in place) < 0:
        raise _wrong(_("有两个色块在同一格，或者行列是负数。"))
    return {"kind": "tiles", "tiles": found}


def _read_shapes(features: list[Any], names: Mapping[str, str]) -> dict[str, Any]:
    rings: dict[str, list[Ring]] = {}
    for feature in features:
        one = feature if isinstance(feature, dict) else {}
        if code := _code_of(one.get("properties") or {}, names):
            rings.setdefault(code, []).extend(_rings(one.get("geometry") or {}, names[code]))
    if not rings:
        raise _unknown()
    if sum(len(ring) for found in rings.values() for ring in found) > POINTS:
        raise _wrong(_("边界点太多（超过 %(n)s 个），不是轮廓图。") % {"n": f"{POINTS:,}"})
    return _on_sheet(rings)


def _code_of(said: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The region that a feature is: by its code (also 12 digits, or GB/T 2260 with 156 before), else by its whole name."""
    for key in CODES:
        code = str(said.get(key) or "").removeprefix("156")
        for known in (code, code[:9], code[:6]):
            if known in names and not code[len(known) :].strip("0"):
                return known
    named = {str(said[key]).strip() for key in NAMES if said.get(key)}
    found = [code for code, name in names.items() if name in named]
    return found[0] if len(found) == 1 else ""


Ring = list[tuple[float, float]]


def _rings(geometry: Mapping[str, Any], name: str) -> list[Ring]:
    """The closed lines of a (multi-)polygon, holes too."""
    try:
        polygons = {"Polygon": lambda c: [c], "MultiPolygon": list}[geometry["type"]](geometry["coordinates"])
        found = [[(float(x), float(y)) for x, y, *_height in ring] for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError):
        raise _wrong(_("“%(name)s”的图形不是面（Polygon、MultiPolygon），或坐标不是数。") % {"name": name}) from None
    if not all(math.isfinite(n) for ring in found for point in ring for n in point):
        raise _wrong(_("“%(name)s”的坐标不是数。") % {"name": name})
    return [ring for ring in found if len(ring) > 3]


def _on_sheet(rings: Mapping[str, list[Ring]]) -> dict[str, Any]:
    """Onto a sheet WIDTH wide, north above; degrees are as long as they are in the middle of the place."""
    points = [point for found in rings.values() for ring in found for point in ring]
    if not points:
        raise _wrong(_("图形里没有点。"))
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    degrees = max(map(abs, (west, east))) <= 180 and max(map(abs, (south, north))) <= 90
    squeeze = math.cos(math.radians((south + north) / 2)) if degrees else 1.0
    if not (east - west) * squeeze or not north - south:
        raise _wrong(_("图形没有宽度或高度。"))
    scale = WIDTH / ((east - west) * squeeze)
    placed = {
        code: [_rounded([((x - west) * squeeze * scale, (north - y) * scale) for x, y in ring]) for ring in found]
        for code, found in rings.items()
    }
    shapes = {code: {"path": _path(found), "at": _middle(max(found, key=lambda ring: abs(_area(ring))))} for code, found in placed.items() if found}
    return {"kind": "shapes", "height": max(1, round((north - south) * scale)), "shapes": shapes}


def _rounded(ring: Ring) -> Ring:
    """Whole units, and no point twice in a row: what a screen cannot show is not kept."""
    found = [(float(round(x)), float(round(y))) for x, y in ring]
    return [found[0], *(b for a, b in pairwise(found) if a != b)]


def _path(rings: list[Ring]) -> str:
    return "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in ring) + "Z" for ring in rings if len(ring) > 2)


def _area(ring: Ring) -> float:
    """Twice the signed area."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]))


def _middle(ring: Ring) -> list[float]:
    """The centre of gravity of a ring, or the mean of its points where it has no area."""
    area = _area(ring)
    if not area:
        return [sum(x for x, _y in ring) / len(ring), sum(y for _x, y in ring) / len(ring)]
    sides = [(ax + bx, ay + by, ax * by - bx * ay) for (ax, ay), (bx, by) in pairwise([*ring, ring[0]])]
    return [round(sum(x * w for x, _y, w in sides) / (3 * area), 1), round(sum(y * w for _x, y, w in sides) / (3 * area), 1)]


def _wrong(why: str) -> Exception:
    return refuse("map", why, _("请上传 GeoJSON，或色块表：{\"tiles\": [{\"code\": 代码, \"column\": 列, \"row\": 行}]}。"))


def _unknown() -> Exception:
    remedy = _("每个图形的 properties 要有镇（街道、区）的代码（code）或全称（name），与“部门与地区”里的一致。")
    return refuse("map", _("文件里没有一个图形是本地区的镇（街道、区）。"), remedy)
