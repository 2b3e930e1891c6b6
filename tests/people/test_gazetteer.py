from collections import Counter
from datetime import date

import pytest

from wushang.people import gazetteer, load
from wushang.people.models import Region, RegionChange


def test_the_national_list_has_34_provinces_333_prefectures_and_2847_counties():
    assert Counter(row["kind"] for row in gazetteer.divisions()) == {"province": 34, "city": 333, "county": 2847}


def test_every_place_lies_in_one_that_is_in_the_list():
    codes = {row["code"] for row in gazetteer.divisions()}
    assert [row for row in gazetteer.divisions() if row["parent"] and row["parent"] not in codes] == []


@pytest.mark.parametrize(
    ("code", "written", "on", "now"),
    [
        ("110228", date(2014, 5, 1), date(2026, 1, 1), "110118"),  # 密云县 became 密云区
        ("110228", date(2014, 5, 1), date(2014, 12, 31), "110228"),
        ("110228001", date(2014, 5, 1), date(2026, 1, 1), "110118001"),  # its townships go with it
        ("332422", date(1983, 1, 1), date(2026, 1, 1), "330784"),  # 永康县, three codes later 永康市
        ("622225", date(2000, 1, 1), date(2026, 1, 1), "620724"),  # 高台县
        ("330784", date(2020, 1, 1), date(2026, 1, 1), "330784"),  # 永康市 did not change
    ],
)
def test_a_code_written_long_ago_is_found_again(code, written, on, now):
    assert gazetteer.successor(code, written, on) == now


@pytest.mark.django_db
def test_the_list_and_its_changes_load_once():
    assert load.regions(gazetteer.divisions()) == 3214
    assert Region.objects.get(code="330784").parent.name == "金华市"
    first = gazetteer.load_changes()
    assert first > 1000
    assert gazetteer.load_changes() == first == RegionChange.objects.count()
