from collections import Counter
from datetime import date

import pytest

from wushang.terms import codes

TODAY = date(2026, 11, 22)


def test_the_standard_has_20_sections_97_divisions_473_groups_and_1382_classes():
    sizes = Counter(len(code.code) for code in codes.all("industry", TODAY))
    assert sizes == {1: 20, 3: 97, 4: 473, 5: 1382}


def test_a_code_is_unique_on_any_day():
    for day in (date(2017, 10, 1), date(2019, 3, 28), date(2019, 3, 29), TODAY):
        on_day = [code.code for code in codes.all("industry", day)]
        assert len(on_day) == len(set(on_day))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C3382", "C3382"),
        ("c3382", "C3382"),
        ("3382", "C3382"),
        ("338", "C338"),
        ("33", "C33"),
        ("C", "C"),
        ("0111", "A0111"),
        ("金属制品业", "C33"),
        ("金属制餐具和器皿制造", "C3382"),
        ("制造业", "C"),
        ("房地产业", "K70"),
        ("其他农业", "A0190"),
    ],
)
def test_an_industry_is_found_with_or_without_its_letter_or_by_name(text, code):
    assert codes.find("industry", text, TODAY).code == code


@pytest.mark.parametrize("text", ["D3382", "9999", "98", "33820", "3", "33.8", "C 3 3 9 8"])
def test_a_wrong_industry_is_not_mended(text):
    assert codes.find("industry", text, TODAY) is None


def test_three_digits_that_may_have_lost_a_zero_are_not_guessed():
    assert codes.find("industry", "111", TODAY) is None
    why = "“111”可能是B111，也可能是丢了前导0的A0111，请写成带字母的代码"
    assert codes.problem("industry", "111", TODAY) == why
    assert codes.find("industry", "B111", TODAY).name == "煤炭开采和洗选专业及辅助性活动"


def test_divisions_lie_in_their_sections():
    ranges = {"A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60)}
    ranges |= {"H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79)}
    ranges |= {"O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97)}
    divisions = [code.code for code in codes.all("industry", TODAY) if len(code.code) == 3]
    assert divisions == [f"{letter}{n:02d}" for letter, (a, b) in ranges.items() for n in range(a, b + 1)]


@pytest.mark.parametrize(
    ("code", "sector"),
    [
        ("A0111", "1"),
        ("A05", "3"),
        ("A0514", "3"),
        ("B06", "2"),
        ("B11", "3"),
        ("C3382", "2"),
        ("C43", "3"),
        ("D44", "2"),
        ("E50", "2"),
        ("F", "3"),
        ("T97", "3"),
        ("C", None),
        ("", None),
        ("33", None),
    ],
)
def test_the_three_sectors_follow_the_rule_of_the_statistics_office(code, sector):
    assert codes.sector(code) == sector


def test_every_one_of_the_97_divisions_has_a_risk_class():
    divisions = [code.code for code in codes.all("industry", TODAY) if len(code.code) == 3]
    classes = Counter(codes.risk_class(code, TODAY).code for code in divisions)
    # counted in the annex, mapped to the 2017 divisions
    assert classes == {"1": 15, "2": 19, "3": 17, "4": 23, "5": 9, "6": 7, "7": 3, "8": 4}


def test_classes_have_their_national_base_rates():
    rates = [codes.base_rate(code) for code in codes.all("risk_class")]
    assert rates == [2_000, 4_000, 7_000, 9_000, 11_000, 13_000, 16_000, 19_000]


@pytest.mark.parametrize(
    ("industry", "risk"),
    [
        ("C3382", "4"),  # 保温杯: 金属制品业, base 0.9 %
        ("B0610", "8"),
        ("I65", "1"),
        ("L7263", "2"),
        ("G5910", "5"),  # 装卸搬运, in the 2011 edition with 运输代理
        ("G5920", "2"),  # 仓储
        ("G58", "5"),
        ("N79", "3"),
    ],
)
def test_an_industry_has_the_risk_class_of_the_annex(industry, risk):
    assert codes.risk_class(industry, TODAY).code == risk


def test_there_is_no_risk_class_before_october_2015_nor_for_a_section():
    assert codes.risk_class("C3382", date(2015, 9, 30)) is None
    assert codes.risk_class("C", TODAY) is None
    assert codes.find("risk_class", "四类", TODAY).code == codes.find("risk_class", "四", TODAY).code == "4"
