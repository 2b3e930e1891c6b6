def test_an_id_number_kept_as_a_number_is_never_guessed(claim):
    found = claim("digits_lost", "证件号码", "3.30722E+17", "11010519491231002X", "330722199001011234567")
    assert [(row, field, severity) for row, field, severity, *_ in found] == [(2, "id_number", "reject")]


def test_an_amount_in_scientific_notation_has_lost_digits(find):
    header = "所属期,单位编号,单位名称,参保人数,工资总额"
    found = find("digits_lost", header, "202603,1,甲,5,1.2E+7", "202603,2,乙,5,12000", source="insurance_monthly")
    assert [row for row, *_ in found] == [2]
