from collections import Counter

import pytest

from wushang.people import gazetteer, load
from wushang.people.models import Region, RegionChange


def test_the_national_list_has_34_provinces_333_prefectures_and_2847_counties():
    assert Counter(row["kind"] for row in gazetteer.divisions()) == {"province": 34, "city": 333, "county": 2847}


def test_every_place_lies_in_one_that_is_in_the_list():
    codes = {row["code"] for row in gazetteer.divisions()}
    assert [row for row in gazetteer.divisions() if row["parent"] and row["parent"] not in codes] == []


def test_a_code_says_since_when_it_stands_for_its_place():
    began = {row["code"]: row["valid_from"] for row in gazetteer.divisions()}
    assert began["110118"] == "2015-01-01"  # 密云区, 密云县 before
    assert began["330784"] == "1995-01-01"
    assert began["110101"] == ""  # 东城区, older than the list of changes


@pytest.mark.django_db
def test_the_list_and_its_changes_load_once():
    assert load.regions(gazetteer.divisions()) == 3214
    assert Region.objects.get(code="330784").parent.name == "金华市"
    assert str(Region.objects.get(code="330784").valid_from) == "1995-01-01"
    first = gazetteer.load_changes()
    assert first > 1000
    assert gazetteer.load_changes() == first == RegionChange.objects.count()
