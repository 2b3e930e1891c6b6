"""Key phrases of a complaint: likely at work, or nothing; never where somebody denies it."""

from datetime import date

import pytest

from wushang.terms import codes

DAY = date(2026, 3, 5)
LIKELY = [
    ("右手被机器压伤1小时", "machine"), ("在工地坠落致腰痛", "site"), ("高处跌落", "height"), ("上班时滑倒", "workplace"),
    ("叉车撞伤左足", "load"), ("冲 床 压 伤", "machine"), ("铁水烫伤", "heat"),
]  # fmt: skip
NOTHING = ["家里切菜割伤", "在家被机器压伤手", "机器压伤，否认工作中受伤", "打球扭伤", "", "骑电动车摔倒"]


@pytest.mark.parametrize(("said", "phrase"), LIKELY)
def test_what_sounds_like_work_is_likely(said, phrase):
    assert codes.presumed([None, said], DAY).code == phrase


@pytest.mark.parametrize("said", NOTHING)
def test_what_does_not_is_not_guessed(said):
    assert codes.presumed([said], DAY) is None


def test_one_text_that_denies_it_outweighs_another():
    assert codes.presumed(["机器压伤", "家中"], DAY) is None


def test_a_phrase_holds_from_its_day_on():
    assert codes.presumed(["机器压伤"], date(1999, 12, 31)) is None
