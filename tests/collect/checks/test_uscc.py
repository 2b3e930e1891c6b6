GOOD = "914403001922038216"


def test_a_right_code_passes_and_a_wrong_one_waits(claim):
    found = claim("uscc", "统一社会信用代码", GOOD, GOOD[:-1] + "7", "", "无")
    assert [(row, severity) for row, _, severity, *_ in found] == [(3, "reject")]


def test_a_letter_mistaken_for_a_digit_gets_a_suggestion_that_passes(claim):
    ((row, _, _, _, remedy, suggestion),) = claim("uscc", "统一社会信用代码", "9144030019220382I6")
    assert (row, remedy, suggestion) == (2, "第 17 位 I → 1，校验通过", GOOD)


def test_blanks_and_small_letters_inside_are_no_error(claim):
    assert claim("uscc", "统一社会信用代码", "9144 0300 1922038216", "91350100m000100y43") == []
