"""Codes of places over time. 石塘镇 990100002 was merged into 东城街道 990100001 on 2026-01-01; 北苑镇 990100003 became 990100013."""

from datetime import date

import pytest

from wushang.people import gazetteer, load
from wushang.people.access import scope_of
from wushang.people.models import Appointment, Region, RegionChange, Role
from wushang.people.succession import Succession, older_codes

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)
BEFORE, AFTER = date(2025, 6, 1), date(2026, 3, 1)


@pytest.fixture
def merged(people):
    load.regions(
        {"code": code, "name": "北苑镇", "kind": "township", "parent": "990100"} for code in ("990100003", "990100013")
    )  # fmt: skip
    for old, new in (("990100002", "990100001"), ("990100003", "990100013")):
        RegionChange.objects.create(on=NEW_YEAR, kind="区划调整", old=old, new=new)
        Region.objects.filter(code=old).update(valid_to=date(2025, 12, 31))
    Region.objects.filter(code="990100013").update(valid_from=NEW_YEAR)
    return people


@pytest.mark.parametrize(
    ("code", "day", "region"),
    [
        ("990100002", BEFORE, "990100002"),  # it stood
        ("990100002", AFTER, "990100001"),  # a department that still writes the old code
        ("990100003", AFTER, "990100013"),
        ("990100001", BEFORE, "990100001"),
        ("990100999", BEFORE, ""),  # nobody knows it
    ],
)
def test_a_code_stands_for_the_region_of_the_day(merged, code, day, region):
    assert Succession().on(code, day) == region


@pytest.mark.parametrize(
    ("code", "day", "now"),
    [
        ("110228", date(2014, 5, 1), "110118"),  # 密云县 became 密云区
        ("110228001", date(2014, 5, 1), "110118001"),  # its townships go with it
        ("332422", date(1983, 1, 1), "330784"),  # 永康县, three codes later 永康市
        ("622225", date(2000, 1, 1), "620724"),  # 高台县
        ("330784", date(2020, 1, 1), "330784"),  # 永康市 did not change
    ],
)
def test_a_code_of_the_national_list_written_long_ago_is_found_again(db, code, day, now):
    load.regions(gazetteer.divisions())
    load.regions([{"code": "110118001", "name": "鼓楼街道", "kind": "township", "parent": "110118"}])
    gazetteer.load_changes()
    assert Succession().on(code, day) == now


def test_a_code_that_was_given_to_another_place_means_the_holder_of_the_day(merged):
    RegionChange.objects.create(on=date(2020, 1, 1), kind="同名改码", old="990100005", new="990100013")
    load.regions([{"code": "990100005", "name": "新区", "kind": "zone", "parent": "990100", "valid_from": "2024-01-01"}])
    assert Succession().on("990100005", date(2019, 5, 1)) == "990100013"
    assert Succession().on("990100005", BEFORE) == "990100005"


def test_who_answers_for_a_place_sees_what_old_codes_say_of_it(merged):
    scope = scope_of(merged.zhanghaiyan, AFTER)  # 东城街道
    assert scope.covers("pool.see", "990100002") and not scope.covers("pool.see", "990100003")


def test_an_old_code_that_stands_for_another_place_today_gives_no_access(merged):
    Region.objects.filter(code="990100002").update(valid_to=None)
    assert older_codes(["990100001"]) == []


def test_a_county_answers_for_the_code_it_had(people):
    RegionChange.objects.create(on=date(2002, 1, 1), kind="同名改码", old="980001", new="980100")
    RegionChange.objects.create(on=date(2012, 1, 1), kind="同名改码", old="980100", new="990100")
    assert older_codes(["990100"]) == ["980001", "980100"]
    clerk = scope_of(people.wangli, AFTER)
    assert clerk.covers("pool.see", "980001005") and not scope_of(people.linwai, AFTER).covers("pool.see", "980001005")


def test_no_region_stays_no_region(people):
    Appointment.objects.create(user=people.linwai, role=Role.objects.get(code="clerk"), regions=[])
    assert older_codes([]) == [] == older_codes([""])
