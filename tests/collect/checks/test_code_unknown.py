def test_a_word_that_no_list_knows_waits(claim):
    found = claim("code_unknown", "伤残等级", "十一级", "九级", "未鉴定")
    assert [(row, field, severity) for row, field, severity, *_ in found] == [(2, "grade", "reject")]


def test_an_unknown_industry_is_taken_with_a_remark(claim):
    found = claim("code_unknown", "行业代码", "杯子业", "C3382")
    assert [(row, severity) for row, _, severity, *_ in found] == [(2, "warn")]
