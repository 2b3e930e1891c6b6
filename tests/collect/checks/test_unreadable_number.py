def test_a_count_must_be_whole_and_a_rate_must_have_a_unit(find):
    header = "所属期,单位编号,单位名称,参保人数,执行费率"
    lines = ["202603,1,甲,3.5,1.1", "202603,2,乙,六人,1.3", "202603,3,丙,4,0.9%"]
    found = find("unreadable_number", header, *lines, source="insurance_monthly")
    assert [(row, field, why) for row, field, _, why, *_ in found] == [
        (2, "insured", "应为整数"),
        (2, "rate", "没有写明费率的单位，% 和 ‰ 都说得通"),
        (3, "insured", "不是数字"),
        (3, "rate", "没有写明费率的单位，% 和 ‰ 都说得通"),
    ]
