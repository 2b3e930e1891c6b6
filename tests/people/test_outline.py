"""地图: a grid or GeoJSON becomes parts of a sheet, north above, as long as they are broad; what is no map is refused in words."""

import json

import pytest

from wushang.people import outline
from wushang.people.maps import cell, short_of
from wushang.terms.problem import Refused

NAMES = {"990100001": "东城街道", "990100002": "石塘镇"}


def feature(ring, **said):
    return {"type": "Feature", "properties": said, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


def square(west, south, side=1.0):
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def test_two_squares_of_one_degree_on_the_sixtieth_parallel_are_half_as_broad_as_high():
    kept = outline.read(collection(feature(square(120, 59.5), code="990100001"), feature(square(121, 59.5), name="石塘镇")), NAMES)
    assert kept["height"] == 1000  # two degrees of longitude at 60° are as long as one of latitude
    assert kept["shapes"]["990100001"] == {"path": "M0 1000L500 1000L500 0L0 0L0 1000Z", "at": [250.0, 500.0]}
    assert kept["shapes"]["990100002"]["at"] == [750.0, 500.0]


def test_metres_are_drawn_as_they_are():
    kept = outline.read(collection(feature(square(500_000, 3_000_000, 2_000), code="990100001000")), NAMES)
    assert kept["height"] == 1000 and kept["shapes"]["990100001"]["at"] == [500.0, 500.0]


@pytest.mark.parametrize("said", [{"gb": "156990100001"}, {"adcode": 990100001}, {"name": "东城街道"}, {"code": "990100001000"}])
def test_a_region_is_known_by_its_code_however_long_or_by_its_whole_name(said):
    assert list(outline.read(collection(feature(square(0, 0), **said)), NAMES)["shapes"]) == ["990100001"]


def test_a_village_of_a_town_is_not_the_town():
    with pytest.raises(Refused, match="没有一个图形是本地区的"):
        outline.read(collection(feature(square(0, 0), code="990100001201")), NAMES)


def test_tiles_keep_their_column_and_row_and_what_is_not_there_is_said():
    kept = outline.read(json.dumps({"tiles": [{"code": "990100002", "column": 1, "row": 2}, {"code": "1", "column": 0, "row": 0}]}), NAMES)
    assert kept == {"kind": "tiles", "tiles": {"990100002": [1, 2]}}
    assert outline.missing(kept, NAMES) == ["东城街道"]
    part = outline.drawn(kept, NAMES).parts[0]
    assert (part.x, part.y, part.size) == (750, 1250, 500)


@pytest.mark.parametrize(("text", "why"), [
    ("no", "读不出 JSON"), ("[]", "也不是 GeoJSON"), ('{"tiles": [{"code": "990100001", "column": "a", "row": 1}]}', "第几列"),
    ('{"tiles": [{"code": "990100001", "column": 0, "row": 0}, {"code": "990100002", "column": 0, "row": 0}]}', "同一格"),
    (collection({"properties": {"code": "990100001"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}), "不是面"),
    (collection(feature([[0, 0], [1, "x"], [1, 1], [0, 0]], code="990100001")), "不是面"),
    (collection(feature([[0, 0], [1, 0], [2, 0], [0, 0]], code="990100001")), "没有宽度或高度"),
    (collection(feature([[0, 0], [1e999, 0], [2, 1], [0, 0]], code="990100001")), "不是数"),
])  # fmt: skip
def test_what_is_no_map_is_refused_in_words(text, why):
    with pytest.raises(Refused, match=why):
        outline.read(text, NAMES)


def test_without_a_map_tiles_stand_in_the_order_of_the_codes_and_do_not_lie():
    drawn = outline.grid(NAMES)
    assert [(part.code, part.x) for part in drawn.parts] == [("990100001", 250.0), ("990100002", 750.0)] and not drawn.lies


def test_a_part_says_its_short_name():
    assert [short_of(name) for name in ("石塘镇", "东城街道", "经济开发区", "大镇")] == ["石塘", "东城", "经济开发区", "大镇"]
    said = cell(outline.Part("1", 50, 50, 100), "经济开发区", "3.11")
    assert [(line["kind"], line["said"]) for line in said["text"]] == [("name", "经济"), ("name", "开发区"), ("figure", "3.11")]
