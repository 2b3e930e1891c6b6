"""Dirt: a town's name with other endings (东城, 东城街道, 东城街道办事处, 石塘镇人民政府); one that nobody knows is no town."""

import pytest

from wushang.integrate.places import Places

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns(people) -> Places:
    return Places()


@pytest.mark.parametrize("said", ["东城街道", "东城", "东城街道办事处", "东城 街道", "东城街道办", "東城街道"])
def test_every_ending_of_a_street_office_is_that_town(towns, said):
    assert towns.known_town(said) == "990100001"


@pytest.mark.parametrize("said", ["石塘镇", "石塘", "石塘镇人民政府", "石塘镇 ", "990100002"])
def test_every_ending_of_a_town_is_that_town(towns, said):
    assert towns.known_town(said) == "990100002"


@pytest.mark.parametrize("said", ["", None, "西城街道", "外镇"])
def test_a_town_that_is_not_ours_is_not_guessed(towns, said):
    assert not towns.known_town(said)
