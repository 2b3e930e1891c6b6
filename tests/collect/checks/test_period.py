from datetime import date

from wushang.terms.period import Period

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def test_a_row_of_another_month_waits(find):
    lines = ["202603,1,甲,10", "202602,2,乙,10"]
    found = find("period", "所属期,单位编号,单位名称,参保人数", *lines, source="insurance_monthly", period=MARCH)
    assert [(row, why) for row, _, _, why, *_ in found] == [(3, "不在本表所属期 2026-03 内")]


def test_a_list_of_changes_may_hold_claims_of_any_month(find):
    line = "1号,甲,张三,2026-01-05,2026-02-09"
    assert find("period", "受理编号,单位名称,姓名,事故时间,申请日期", line, period=MARCH) == []
