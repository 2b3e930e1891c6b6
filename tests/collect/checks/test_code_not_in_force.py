def test_a_kind_of_the_new_edition_before_its_day_is_taken_with_a_remark(claim):
    found = claim("code_not_in_force", "事故类别", "机械伤害", "机械致害", "触电")
    assert [(row, severity) for row, _, severity, *_ in found] == [(3, "warn")]
