"""Dirt: the old xls, and the et of WPS, which is the same container under another name."""

import pytest
from collect.dirt.biff_writer import Day, xls
from collect.dirt.files import CASE, CLAIM, MONTHLY, ROW, check, claims

LINES = [["云溪市2026年3月参保缴费月报", "", "", ""], MONTHLY, ROW, ["202603", "0002", "立丰五金厂", 12.0]]


@pytest.mark.parametrize("name", ["参保.xls", "参保.et", "参保.xlsx"])
def test_an_old_workbook_is_read_whatever_its_name(name):
    checked = check(xls(*LINES), name)
    assert checked.accepted.select("row", "insurance_number", "insured").rows() == [(3, "0001", 58), (4, "0002", 12)]


def test_its_sheet_has_its_name_and_its_dates_are_dates():
    checked = claims(xls(CLAIM, [*CASE[:3], Day(46086.354166), CASE[4]], name="三月"))
    assert checked.sheet == "三月"
    assert checked.accepted.select("occurred", "hour").rows()[0][1] == 8
