"""Dirt: one to three title rows above the header (标题、填报单位、所属期)."""

import pytest
from collect.dirt.files import MONTHLY, ROW, check, csv_of, xlsx_of

TITLES = [["云溪市工伤保险参保缴费月报"], ["填报单位：经办中心", "", "2026年3月"], ["（内部资料）"]]


@pytest.mark.parametrize("many", [0, 1, 2, 3])
@pytest.mark.parametrize("write", [csv_of, xlsx_of])
def test_titles_above_the_header_are_titles(write, many):
    checked = check(write(*TITLES[:many], MONTHLY, ROW), "a.csv")
    assert checked.lines == {"data": 1, "header": 1} | ({"title": many} if many else {})
    assert checked.accepted["row"].to_list() == [many + 2]


def test_the_titles_say_the_period():
    checked = check(csv_of(*TITLES, MONTHLY, ROW), "a.csv")
    assert f"{checked.period.start:%Y-%m}" == f"{checked.period.end:%Y-%m}" == "2026-03"
