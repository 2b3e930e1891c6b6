def test_zeros_after_the_fifteenth_digit_wait_for_a_person(claim):
    cells = ("330722199001011000", "110105194912310021", "33072219900101001X", "330722199001010")
    found = claim("digits_doubtful", "证件号码", *cells)
    assert [(row, field, severity) for row, field, severity, *_ in found] == [(2, "id_number", "reject")]
    assert "0722" not in found[0][3]


def test_a_unit_code_that_lost_its_end_waits_and_a_short_number_with_zeros_passes(claim):
    found = claim("digits_doubtful", "统一社会信用代码,单位编号", "914403001922038000,", ",3307000000", "914403001922038216,")
    assert [(row, field) for row, field, *_ in found] == [(2, "uscc")]
