"""Dirt: a header on two levels, merged or not (参保人数 | 其中：农民工)."""

from collect.dirt.files import check, csv_of, xlsx_of

TOP = ["所属期", "单位编号", "单位名称", "参保人数", ""]
UNDER = ["", "", "", "合计", "其中：农民工"]
ROW = ["202603", "0001", "恒岳杯业有限公司", "58", "41"]


def test_a_header_on_two_levels_names_each_part():
    checked = check(csv_of(TOP, UNDER, ROW), "a.csv")
    assert checked.accepted.select("insured", "rural").rows() == [(58, 41)]


def test_a_merged_header_on_two_levels_is_the_same():
    merged = [(0, 3, 0, 4, "参保人数"), *((0, place, 1, place, TOP[place]) for place in range(3))]
    checked = check(xlsx_of(TOP, UNDER, ROW, merged=merged))
    assert checked.accepted.select("insured", "rural").rows() == [(58, 41)]
    assert checked.lines == {"data": 1, "header": 2}
