import pytest

DISEASES = "报告卡编号,姓名,用人单位,病种,首次诊断日期,报告日期,报告类别,接害工龄"


@pytest.mark.parametrize(
    ("said", "why"), [("很久", "读不出年限"), ("38", "没有写明是年还是月"), ("3.2年", "小数可能是十分之几年，也可能是几个月")]
)
def test_a_length_of_time_with_two_meanings_or_none_waits(find, said, why):
    line = f"K1,张三,甲公司,矽肺,2026-03-01,2026-03-02,确诊,{said}"
    found = find("unreadable_duration", DISEASES, line, source="occupational_diseases")
    assert [(row, field, severity, reason) for row, field, severity, reason, *_ in found] == [(2, "exposure_months", "reject", why)]


@pytest.mark.parametrize("said", ["3年2月", "38个月", "半年", "3.5年", ""])
def test_one_with_one_meaning_does_not(find, said):
    line = f"K1,张三,甲公司,矽肺,2026-03-01,2026-03-02,确诊,{said}"
    assert find("unreadable_duration", DISEASES, line, source="occupational_diseases") == []
