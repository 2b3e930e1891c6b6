"""Dirt: hidden rows and columns: read like the others, and said; a hidden sheet stands behind a visible one."""

import pytest
from collect.dirt.biff_writer import xls
from collect.dirt.files import MONTHLY, ROW, check, xlsx_of

LINES = [MONTHLY, ROW, ["202603", "0002", "立丰五金厂", "12"]]


@pytest.mark.parametrize("write", [xlsx_of, xls])
def test_hidden_rows_and_columns_are_read_and_said(write):
    checked = check(write(*LINES, hidden_rows=[2], hidden_columns=[1]))
    assert checked.accepted["insurance_number"].to_list() == ["0001", "0002"]
    assert "第 3 行在原表中是隐藏的，也已读取" in checked.notes
    assert "B 列在原表中是隐藏的，也已读取" in checked.notes


def test_nothing_hidden_nothing_said():
    assert not [note for note in check(xlsx_of(*LINES)).notes if "隐藏" in note]


def test_a_hidden_old_sheet_does_not_stand_in_the_way():
    checked = check(xlsx_of(*LINES, sheet="本月", more=[("上月", LINES)], hidden=["上月"]))
    assert (checked.sheet, checked.rows) == ("本月", 2)
    assert "只读了工作表“本月”；未读：“上月”（隐藏，3 行）" in checked.notes


def test_where_only_a_hidden_sheet_holds_the_table_it_is_read_and_said():
    checked = check(xlsx_of(["填表说明"], sheet="说明", more=[("数据", LINES)], hidden=["数据"]))
    assert "工作表“数据”在原文件中是隐藏的" in checked.notes
