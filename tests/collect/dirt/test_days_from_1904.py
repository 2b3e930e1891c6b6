"""Dirt: a workbook whose days count from 1904 (old Macintosh): 44624 there is 2026-03-05, not 2022-03-04."""

from datetime import date

import pytest
from collect.dirt import biff_writer
from collect.dirt.files import CASE, CLAIM, claims, xlsx_of

DAY, SINCE_1904 = date(2026, 3, 5), 44624


@pytest.mark.parametrize("cell", [DAY, SINCE_1904])
def test_an_xlsx_that_counts_from_1904(cell):
    checked = claims(xlsx_of(CLAIM, [*CASE[:3], cell, CASE[4]], date_1904=True))
    assert checked.accepted["occurred"].to_list() == [DAY]
    assert "工作簿的日期从 1904 年起算，已照此换算" in checked.notes


@pytest.mark.parametrize("cell", [biff_writer.Day(SINCE_1904), SINCE_1904])
def test_an_xls_that_counts_from_1904(cell):
    checked = claims(biff_writer.xls(CLAIM, [*CASE[:3], cell, CASE[4]], since_1904=True))
    assert checked.accepted["occurred"].to_list() == [DAY]


def test_all_other_workbooks_count_from_1900():
    assert claims(xlsx_of(CLAIM, [*CASE[:3], 46086, CASE[4]])).accepted["occurred"].to_list() == [DAY]
