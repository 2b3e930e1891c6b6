HEADER = "受理编号,单位名称,姓名,事故时间,申请日期,岗位（工种）"
DISEASES = "报告卡编号,姓名,用人单位,病种,首次诊断日期,报告日期,报告类别,工种"


def test_a_text_that_the_ledger_cannot_hold_waits_and_one_that_just_fits_does_not(find):
    """The ledger holds 60 characters of a job."""
    lines = [f"K{n},张三,甲公司,矽肺,2026-03-01,2026-03-02,确诊,{'焊' * length}" for n, length in enumerate((60, 61))]
    found = find("text_too_long", DISEASES, *lines, source="occupational_diseases")
    assert [(row, field, severity, why) for row, field, severity, why, *_ in found] == [(3, "post", "reject", "超过 60 个字")]


def test_a_natural_key_too_long_for_the_ledger_waits(find):
    line = f"{'工' * 300},甲公司,张三,2026-03-05,2026-03-09,"
    found = find("text_too_long", HEADER, line)
    assert ("number", "编号各列合起来太长") in [(field, why) for _row, field, _severity, why, *_ in found]
