import random

import polars as pl

from wushang.collect.cells.usccs import surely_right
from wushang.terms.identifiers import USCC_ALPHABET, is_uscc, make_org_code, make_uscc

GOOD = "914403001922038216"


def test_a_right_code_passes_and_a_wrong_one_waits(claim):
    found = claim("uscc", "统一社会信用代码", GOOD, GOOD[:-1] + "7", "", "无")
    assert [(row, severity) for row, _, severity, *_ in found] == [(3, "reject")]


def test_a_letter_mistaken_for_a_digit_gets_a_suggestion_that_passes(claim):
    ((row, _, _, _, remedy, suggestion),) = claim("uscc", "统一社会信用代码", "9144030019220382I6")
    assert (row, remedy, suggestion) == (2, "第 17 位 I → 1，校验通过", GOOD)


def test_blanks_and_small_letters_inside_are_no_error(claim):
    assert claim("uscc", "统一社会信用代码", "9144 0300 1922038216", "91350100m000100y43") == []


def test_a_whole_column_is_judged_as_each_code_is():
    draw = random.Random(7)
    codes = [GOOD, "", "无", GOOD[:-1], "91330784MA2DDR01X9", None, "9144030O1922038216", GOOD + "0", "x" * 18]
    for _ in range(3000):
        body = make_org_code("".join(draw.choice(USCC_ALPHABET) for _ in range(8)))
        code = make_uscc("91330784" + body)
        place = draw.randrange(18)
        codes += [code, code[:place] + draw.choice(USCC_ALPHABET) + code[place + 1 :]]
    column = pl.Series(codes, dtype=pl.String)
    assert surely_right(column).to_list() == [bool(code) and is_uscc(code) for code in codes]
