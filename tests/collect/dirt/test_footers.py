"""Dirt: footers (合计, 小计, 制表人, 审核人): no rows, but the file's own totals are held against its rows."""

from collect.dirt.files import CASE, MONTHLY, ROW, check, claims, csv_of

OTHER = ["202603", "0002", "立丰五金厂", "12"]


def test_footers_are_no_rows_and_right_totals_agree():
    checked = check(csv_of(MONTHLY, ROW, OTHER, ["合计", "", "", "70"], ["制表人：王某", "", "审核人：李某"]), "a.csv")
    assert checked.lines == {"data": 2, "footer": 2, "header": 1}
    assert [(f.row, f.said, f.ours, f.equal) for f in checked.footers] == [(4, "70", "70", True)]


def test_a_total_that_its_rows_do_not_make_is_told_with_both_figures():
    checked = check(csv_of(MONTHLY, ROW, OTHER, ["合 计", "", "", "71"]), "a.csv")
    assert [(f.row, f.column, f.said, f.ours, f.equal) for f in checked.footers] == [(4, "参保人数", "71", "70", False)]


FEBRUARY, MARCH = ["202602", "0001", "恒岳杯业有限公司", "58"], ["202603", "0001", "恒岳杯业有限公司", "60"]


def two_months(said: str, *more: list[str]) -> list[tuple]:
    checked = check(csv_of(MONTHLY, FEBRUARY, MARCH, *more, ["合计", "", "", said]), "2026年2-3月.csv")
    return [(f.said, f.ours, f.equal) for f in checked.footers]


def test_a_figure_at_the_end_of_the_month_is_held_against_its_last_month():
    """People at the end of February and of March are not twice as many people."""
    assert two_months("60") == [("60", "60", True)]
    assert two_months("58") == [("58", "60", False)]


def test_a_file_that_adds_its_months_up_all_the_same_agrees_too():
    assert two_months("118") == [("118", "118", True)]


def test_a_subtotal_of_one_unit_over_two_months_is_its_last_month_too():
    more = [["小计", "", "", "60"], ["202602", "0002", "立丰五金厂", "5"], ["202603", "0002", "立丰五金厂", "7"]]
    assert two_months("67", *more) == [("60", "60", True), ("67", "67", True)]


def test_running_totals_are_held_against_their_last_month():
    header = ["月份", "单位名称", "应检人数", "体检人数累计"]
    lines = [["202601", "甲", "60", "20"], ["202602", "甲", "60", "25"], ["合计", "", "120", "25"]]
    checked = check(csv_of(header, *lines), "a.csv", "health_checks")
    assert [(f.said, f.ours, f.equal) for f in checked.footers if f.column == "体检人数累计"] == [("25", "25", True)]


def test_signatures_under_whatever_columns_are_one_footer():
    """Who filled in, who checked and the day stand where there was room: under the columns of the key, too."""
    signed = ["填表人：冯某", "审核：陈某", "2026年4月1日", ""]
    checked = check(csv_of(MONTHLY, ROW, signed, ["导出人：刘某", "", "导出时间：2026-04-01 17:20", ""]), "a.csv")
    assert checked.lines == {"data": 1, "footer": 2, "header": 1}


def test_a_row_whose_first_cell_only_looks_like_a_signature_is_a_row():
    lines = [["单位名称", "受理编号", "姓名", "事故时间", "申请日期"], ["审核：甲厂", *CASE[:1], *CASE[2:]]]
    assert claims(csv_of(*lines), "a.csv").lines == {"data": 1, "header": 1}
