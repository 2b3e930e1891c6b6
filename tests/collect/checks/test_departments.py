"""Checks that the other departments' files need: lengths of time, months, running totals, texts that do not fit."""

from datetime import date

import pytest

from wushang.collect.checking import check_file
from wushang.collect.source import SourceWrong, load

DISEASES = """
id: tiny
title: 小表
departments: [health]
delivers: changes
key: [number]
lands: Disease
columns:
  number: {titles: [编号], type: document, required: true}
  exposure_months: {titles: [接害工龄, 接害工龄(月)], type: duration, min: 0, max: 720}
  post: {titles: [工种], type: text}
"""
CHECKED = """
id: tiny
title: 体检
departments: [health]
delivers: whole_period
period: month
key: [month, name]
totals: [checked, checked_ytd]
subtotal_in: name
constants: {kind: yearly}
columns:
  month: {titles: [月份], type: month, from_period: true}
  name: {titles: [单位名称], type: text, required: true}
  checked: {titles: [体检人数], type: integer, min: 0}
  checked_ytd: {titles: [累计体检人数], type: integer, min: 0, sums: cumulative_from_january, flow: checked}
  level: {titles: [浓度], type: decimal, upper_bound: true}
"""


def check(source: str, text: str, name: str = "表.csv"):
    return check_file(text.encode(), name, load(source, "tiny"), date(2026, 5, 1))


def codes(checked) -> dict[int, list[str]]:
    return {w.row: [r.problem.code for r in w.remarks] for w in checked.quarantined}


def test_a_length_of_time_is_read_in_months_or_waits_where_it_has_two_meanings():
    checked = check(DISEASES, "编号,接害工龄\n1,3年2月\n2,3.2年\n3,38\n4,很久\n5,半年\n")
    assert checked.accepted["exposure_months"].to_list() == [38, 6]
    assert codes(checked) == {n: ["unreadable_duration"] for n in (3, 4, 5)}


def test_a_header_may_say_that_bare_numbers_are_months():
    checked = check(DISEASES, "编号,接害工龄（月）\n1,38\n2,3年\n")
    assert checked.accepted["exposure_months"].to_list() == [38, 36]


def test_a_text_that_the_ledger_cannot_hold_waits_uncut():
    checked = check(DISEASES, f"编号,工种\n1,{'焊' * 60}\n2,{'焊' * 61}\n")
    assert checked.accepted["row"].to_list() == [2]
    assert codes(checked) == {3: ["text_too_long"]}


def test_a_month_comes_from_the_title_and_a_row_without_any_waits():
    titled = check(CHECKED, "2026年3月体检情况\n单位名称,体检人数\n甲厂,12\n")
    assert titled.accepted["key"].to_list() == ["2026-03|甲厂"]
    assert titled.accepted["kind"].to_list() == ["yearly"]
    assert codes(check(CHECKED, "单位名称,体检人数\n甲厂,12\n")) == {2: ["month_missing"]}


def test_running_totals_give_the_month_by_difference_where_the_month_before_is_there():
    text = "月份,单位名称,累计体检人数\n202601,甲厂,5\n202602,甲厂,9\n202604,甲厂,20\n202602,乙厂,7\n"
    checked = check(CHECKED, text)
    assert checked.accepted["checked"].to_list() == [5, 4, None, None]
    assert checked.accepted["checked_ytd"].to_list() == [5, 9, 20, 7]
    assert "“累计体检人数”是从年初累计数，按原数保存" in checked.notes


def test_a_running_total_that_falls_is_remarked():
    checked = check(CHECKED, "月份,单位名称,累计体检人数\n202603,甲厂,9\n202602,甲厂,12\n")
    assert [(r.row, r.problem.code) for r in checked.remarks] == [(2, "cumulative_falls")]
    assert checked.accepted["checked"].to_list() == [-3, None]


def test_a_line_of_sums_between_the_rows_is_no_row_and_is_compared():
    text = "序号,单位名称,体检人数\n1,甲厂,5\n2,乙厂,6\n,小计,11\n3,丙厂,1\n4,合计,13\n"
    checked = check(CHECKED, "2026年3月\n" + text)
    assert checked.rows == 3 and checked.lines["footer"] == 2
    assert [(f.label, f.column, f.said, f.ours, f.equal) for f in checked.footers if f.column == "体检人数"] == [
        ("小计", "体检人数", "11", "11", True),
        ("合计", "体检人数", "13", "12", False),
    ]


def test_measured_values_keep_every_digit_or_wait():
    text = "2026年3月\n单位名称,浓度\n甲,0.35mg/m³\n乙,<0.1\n丙,>4\n丁,3.2E-3\n戊,88.5dB(A)\n己,约3\n"
    checked = check(CHECKED, text)
    assert checked.accepted["level"].to_list() == [350_000, 100_000, 88_500_000]
    assert codes(checked) == {5: ["unreadable_number"], 6: ["digits_lost"], 8: ["unreadable_number"]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (CHECKED.replace("sums: cumulative_from_january, ", ""), "`flow` needs"),
        (CHECKED.replace("type: month,", "type: date,"), "`from_period` belongs"),
        (CHECKED.replace("kind: yearly", "name: yearly"), "both a column and a constant: name"),
    ],
)
def test_a_source_that_contradicts_itself_is_refused(wrong, said):
    with pytest.raises(SourceWrong, match=said):
        load(wrong, "tiny")
