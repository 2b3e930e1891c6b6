"""Dirt: merged cells: a unit's name over many rows fills down, a merged title stays a title, a merged figure waits."""

import pytest
from collect.dirt.biff_writer import xls
from collect.dirt.files import MONTHLY, check, waits, xlsx_of

LINES = [["云溪市参保缴费月报", "", "", ""], MONTHLY, ["202603", "0001", "恒岳杯业有限公司", 58], ["202603", "0002", "", 12]]


def as_xlsx(*merged):
    return xlsx_of(*LINES, merged=[(*area, LINES[area[0]][area[1]]) for area in merged])


def as_xls(*merged):
    return xls(*LINES, merged=[(top, bottom, left, right) for top, left, bottom, right in merged])


@pytest.mark.parametrize("write", [as_xlsx, as_xls])
def test_a_name_merged_over_rows_fills_down_and_a_merged_title_is_one_title(write):
    checked = check(write((0, 0, 0, 3), (2, 2, 3, 2)))
    assert checked.lines == {"data": 2, "header": 1, "title": 1}
    assert checked.accepted["name"].to_list() == ["恒岳杯业有限公司"] * 2


@pytest.mark.parametrize("write", [as_xlsx, as_xls])
def test_a_figure_merged_over_rows_is_not_counted_twice_but_waits(write):
    checked = check(write((2, 2, 3, 2), (2, 3, 3, 3)))
    assert waits(checked) == {3: ["merged_number"], 4: ["merged_number"]}
