"""Dirt: the social credit code is missing, or an organisation code of 9 characters or the insurance number stands there."""

import pytest
from collect.dirt.files import CASE, CLAIM, claims, csv_of, waits

HEADER = [*CLAIM, "统一社会信用代码", "单位编号"]


def test_without_a_code_the_name_or_the_insurance_number_tells_the_unit():
    lines = [[*CASE, "", ""], ["工2", "", *CASE[2:], "无", "0033010001"]]
    assert claims(csv_of(HEADER, *lines), "a.csv").accepted.height == 2


@pytest.mark.parametrize("said", ["19220382-1", "0033010001"])
def test_another_number_in_its_place_waits_and_is_not_kept_as_a_code(said):
    checked = claims(csv_of(HEADER, [*CASE, said, ""]), "a.csv")
    assert waits(checked) == {2: ["uscc"]}
    assert checked.quarantined[0].remarks[0].problem.remedy


def test_a_unit_without_any_name_or_number_waits():
    assert waits(claims(csv_of(HEADER, ["工3", "", *CASE[2:], "/", "-"]), "a.csv")) == {2: ["required"]}
