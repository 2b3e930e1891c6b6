"""Dirt: percent and ‰ of a rate in header, title, cell or cell format; where both could be meant, the rows wait."""

import pytest
from collect.dirt import biff_writer
from collect.dirt.files import MONTHLY, ROW, Shown, check, csv_of, waits, xlsx_of

MILLIONTHS = 9000  # 0.9 %


@pytest.mark.parametrize(
    ("title", "said"),
    [("执行费率（%）", "0.9"), ("执行费率（‰）", "9"), ("执行费率", "0.9%"), ("执行费率", "9‰"), ("执行费率（%）", "９‰"),
     ("执行费率", "0.90％")],
)  # fmt: skip
def test_the_header_or_the_cell_says_it(title, said):
    assert check(csv_of([*MONTHLY, title], [*ROW, said]), "a.csv").accepted["rate"].to_list() == [MILLIONTHS]


def test_the_title_above_says_it():
    lines = [["参保缴费月报（费率单位：‰）"], [*MONTHLY, "执行费率"], [*ROW, "9"], ["202603", "2", "乙", "5", "13"]]
    assert check(csv_of(*lines), "a.csv").accepted["rate"].to_list() == [MILLIONTHS, 13000]


@pytest.mark.parametrize("title", ["执行费率（%）", "执行费率"])
def test_a_cell_shown_as_percent_is_read_as_it_is_shown(title):
    lines = [[*MONTHLY, title], [*ROW, Shown(0.009, "0.00%")]]
    assert check(xlsx_of(*lines)).accepted["rate"].to_list() == [MILLIONTHS]
    old = [lines[0], [*ROW, biff_writer.Percent(0.009)]]
    assert check(biff_writer.xls(*old)).accepted["rate"].to_list() == [MILLIONTHS]


def test_where_percent_and_permille_are_both_lawful_the_rows_wait():
    assert waits(check(csv_of([*MONTHLY, "执行费率"], [*ROW, "1.3"]), "a.csv")) == {2: ["unreadable_number"]}


def test_where_one_alone_is_lawful_it_is_taken_and_said():
    checked = check(csv_of([*MONTHLY, "执行费率"], [*ROW, "0.009"]), "a.csv")
    assert checked.accepted["rate"].to_list() == [MILLIONTHS]
    assert any("未写单位" in note for note in checked.notes)
