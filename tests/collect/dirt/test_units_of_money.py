"""Dirt: 万元 or 元 in the header, in a line under it, in the title, in the cell; two that differ are not guessed between."""

import pytest
from collect.dirt.files import MONTHLY, ROW, check, csv_of, waits

FEN = 31240000 * 100


def wages(*lines, source="insurance_monthly"):
    return check(csv_of(*lines), "a.csv", source).accepted["wages"].to_list()


@pytest.mark.parametrize("title", ["工资总额（万元）", "工资总额(单位：万元)", "工资总额，单位：万元", "工資總額（萬元）"])
def test_the_header_says_it(title):
    assert wages([*MONTHLY, title], [*ROW, "3124"]) == [FEN]


@pytest.mark.parametrize("said", ["单位：万元", "单位：人、万元", "金额单位：人民币万元", "（单位：万元，人）", "單位：萬元"])
def test_the_title_above_says_it(said):
    assert wages(["云溪市参保缴费月报", "", "", "", said], [*MONTHLY, "工资总额"], [*ROW, "3124"]) == [FEN]


@pytest.mark.parametrize("under", [["", "", "", "人", "万元"], ["", "", "", "", "（万元）"], ["—", "—", "—", "人", "万元"]])
def test_a_line_under_the_header_says_it(under):
    assert wages([*MONTHLY, "工资总额"], under, [*ROW, "3124"]) == [FEN]


def test_the_cell_says_it_and_comes_before_the_header():
    assert wages([*MONTHLY, "工资总额（元）"], [*ROW, "3124万元"], ["202603", "2", "乙", "5", "31240000元"]) == [FEN, FEN]


def test_the_header_comes_before_the_title():
    assert wages(["单位：万元"], [*MONTHLY, "工资总额（元）"], [*ROW, "31240000"]) == [FEN]


def test_without_a_word_it_is_yuan_and_a_unit_that_reports_is_no_unit_of_money():
    assert wages(["填报单位：万元村经济合作社"], [*MONTHLY, "工资总额"], [*ROW, "31240000"]) == [FEN]


def test_two_units_above_are_not_guessed_between():
    content = csv_of(["单位：元", "", "", "", "单位：万元"], [*MONTHLY, "工资总额"], [*ROW, "3124"])
    assert waits(check(content, "a.csv")) == {3: ["unreadable_number"]}
