"""Dirt: the last character of an ID number as a small x."""

import pytest
from collect.dirt.files import CASE, CLAIM, claims, csv_of


@pytest.mark.parametrize("said", ["11010519491231002x", "11010519491231002Ｘ", "110105 19491231 002x"])
def test_a_small_x_is_the_same_number(said):
    checked = claims(csv_of([*CLAIM, "身份证号"], [*CASE, said]), "a.csv")
    assert checked.accepted["id_number"].to_list() == ["11010519491231002X"]
