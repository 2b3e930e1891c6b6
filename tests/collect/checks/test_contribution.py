HEADER = "所属期,单位编号,单位名称,参保人数,工资总额,执行费率(%),应缴"


def test_due_is_base_times_rate_within_a_fen_a_head(find):
    lines = ["202603,1,甲,10,100000,0.9,900.00", "202603,2,乙,10,100000,0.9,900.10", "202603,3,丙,10,100000,0.9,900.11"]
    found = find("contribution", HEADER, *lines, source="insurance_monthly")
    assert [(row, severity, why) for row, _, severity, why, *_ in found] == [(4, "warn", "按基数乘费率应为 900.00 元")]
