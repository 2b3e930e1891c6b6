def test_negative_headcounts_and_too_many_rural_workers(find):
    header = "所属期,单位编号,单位名称,参保人数,其中农民工"
    lines = ["202603,1,甲,-3,", "202603,2,乙,20,21", "202603,3,丙,20,20"]
    found = find("implausible_number", header, *lines, source="insurance_monthly")
    assert [(row, field, why) for row, field, _, why, *_ in found] == [
        (2, "insured", "不能为负数"), (3, "rural", "“其中农民工”大于“参保人数”"),
    ]  # fmt: skip


def test_a_rate_a_hundred_times_too_large_is_asked_back(find):
    header = "所属期,单位编号,单位名称,参保人数,执行费率(%)"
    found = find("implausible_number", header, "202603,1,甲,3,90", "202603,2,乙,3,0.9", source="insurance_monthly")
    assert [(row, why) for row, _, _, why, *_ in found] == [(2, "大于 3.00%，可能是单位写错")]
