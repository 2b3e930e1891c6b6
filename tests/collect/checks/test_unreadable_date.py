from datetime import date

from wushang.collect.checking import check_file
from wushang.collect.source import shipped


def test_each_kind_of_unreadable_date_has_its_sentence(claim):
    found = claim("unreadable_date", "决定日期", "2026-13-02", "3月20日", "26.3.20", "2026-03-20", "待定")
    assert [(row, why) for row, _, _, why, *_ in found] == [
        (2, "月份不存在"), (3, "只写了月日，没有年份；看不出本表是哪个时期的，定不了是哪一年"), (4, "年份只有两位"), (6, "读不出日期"),
    ]  # fmt: skip


def test_a_day_that_nobody_needs_is_left_out_with_a_word_and_the_row_goes_in():
    lines = ["单位名称,隐患类别,危害因素,发现日期,整改期限", "甲公司,检测超标,噪声,2026-01-12,30日内", "乙公司,检测超标,噪声,2026-01-12,2026-09-30"]
    checked = check_file("\n".join(lines).encode(), "隐患.csv", shipped()["disease_hazards"], date(2026, 4, 2))
    assert checked.quarantined == [] and checked.accepted["due"].to_list() == [None, date(2026, 9, 30)]
    assert [(remark.row, remark.severity, remark.problem.code) for remark in checked.remarks if remark.field == "due"] == [(2, "warn", "unreadable_date")]
