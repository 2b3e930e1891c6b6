from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wushang.terms.identifiers import (
    USCC_ALPHABET,
    clean,
    id_number_18,
    id_number_problem,
    is_id_number,
    is_uscc,
    make_org_code,
    make_uscc,
    org_code_ok,
    uscc_problem,
)

GOOD = ("91350100M000100Y43", "914403001922038216")
PERSON = "11010519491231002X"


@pytest.mark.parametrize("code", GOOD)
def test_the_known_codes_are_right(code):
    assert uscc_problem(code) is None
    assert make_uscc(code[:17]) == code
    assert org_code_ok(code[8:17])


@pytest.mark.parametrize("code", GOOD)
def test_every_one_character_mutation_of_a_code_is_rejected(code):
    mutants = {code[:i] + char + code[i + 1 :] for i in range(18) for char in USCC_ALPHABET} - {code}
    assert len(mutants) == 18 * 30
    assert not [mutant for mutant in mutants if is_uscc(mutant)]


def test_every_one_digit_mutation_of_an_id_number_is_rejected():
    mutants = {PERSON[:i] + char + PERSON[i + 1 :] for i in range(18) for char in "0123456789X"} - {PERSON}
    assert len(mutants) == 18 * 10
    assert not [mutant for mutant in mutants if is_id_number(mutant)]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "未填写"),
        ("M000100Y4", "应为18位，现为9位（可能是组织机构代码）"),
        ("M000100Y-4", "应为18位，现为10位（可能是组织机构代码）"),
        ("330784000012345", "应为18位，现为15位（可能是旧工商注册号）"),
        ("91350100M000100Y4", "应为18位，现为17位"),
        ("9135O1OOM000100Y43", "含有不允许的字母O（代码不使用I、O、S、V、Z）"),
        ("91350100m000100y43", "含有不允许的字符m、y（只能是半角数字和大写字母）"),
        ("91350A00M000100Y43", "第3至8位应为行政区划数字"),
        ("91350100M000100Y44", "校验码不符（第18位与前17位对不上，可能录错一位）"),
        ("9.135E+17", "数字后几位已丢失（单元格按科学计数法保存），不能补猜，请按文本格式重新导出"),
    ],
)
def test_a_wrong_code_is_told_why(code, reason):
    assert uscc_problem(code) == reason


def test_a_code_whose_organisation_part_is_wrong_is_told_so():
    # 91350100M000100Y5 + its own right check character: only the inner check (position 17) can find it
    from wushang.terms.identifiers import _uscc_check

    prefix = "91350100M000100Y5"
    assert uscc_problem(prefix + _uscc_check(prefix)) == "第9至17位组织机构代码的校验码不符"
    with pytest.raises(ValueError, match="make_org_code"):
        make_uscc(prefix)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8), st.integers(0, 999_999))
def test_every_code_made_here_is_right(body, region):
    assert is_uscc(make_uscc(f"91{region:06d}{make_org_code(body)}"))


def test_a_cell_is_cleaned_before_it_is_judged():
    assert clean("'９１３５０１００ M000100Y43\u200b\u00a0") == "91350100M000100Y43"
    assert clean("91350100m000100y43") == "91350100M000100Y43"


def test_an_id_number_may_end_with_a_small_x():
    assert id_number_problem(PERSON) is None
    assert id_number_problem(PERSON.lower()) is None
    assert id_number_18(PERSON.lower()) == PERSON


def test_an_old_id_number_of_15_digits_is_converted():
    assert id_number_problem("110105491231002") is None
    assert id_number_18("110105491231002") == PERSON


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("", "未填写"),
        ("1101051949123100", "应为18位（旧号15位），现为16位"),
        ("110105194912310021", "校验码不符（末位与前17位对不上，可能录错一位）"),
        ("1101051949123100X2", "含有不允许的字符（应为数字，末位可为X）"),
        ("１10105491231002", "含有不允许的字符（应为数字，末位可为X）"),
        ("110105491331002", "出生日期19491331不存在"),
        ("3.30722E+17", "数字后几位已丢失（单元格按科学计数法保存），不能补猜，请按文本格式重新导出"),
    ],
)
def test_a_wrong_id_number_is_told_why(number, reason):
    assert id_number_problem(number) == reason


def test_nobody_is_hurt_before_being_born():
    assert id_number_problem(PERSON, on=date(1949, 12, 30)) == "出生日期1949-12-31不合理"
    assert id_number_problem(PERSON, on=date(1949, 12, 31)) is None


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text):
    assert uscc_problem(text) is None or uscc_problem(text)
    assert id_number_problem(text) is None or id_number_problem(text)
