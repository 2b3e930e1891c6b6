import json

import pytest

from wushang.terms.interval import Interval
from wushang.terms.level import Level
from wushang.terms.problem import Problem, Refused


def test_levels_are_ordered_by_gravity_and_not_by_alphabet():
    assert Level.YELLOW < Level.ORANGE < Level.RED
    assert max([Level.RED, Level.YELLOW, Level.ORANGE]) is Level.RED
    assert sorted(["yellow", "red", "orange"], key=lambda name: Level(name).rank) == ["yellow", "orange", "red"]
    assert Level.RED >= Level.RED and Level.RED <= Level.RED


def test_a_level_says_its_character_and_shape():
    assert [level.zh for level in Level] == ["黄色预警", "橙色预警", "红色预警"]
    assert "".join(level.char + level.shape for level in Level) == "黄●橙◆红■"
    assert f"{Level.RED}" == "red"


def test_an_interval_holds_its_ends():
    interval = Interval(1.3, 278.6)
    assert 1.3 in interval and 278.6 in interval and 278.7 not in interval
    assert interval.confidence == 0.95
    with pytest.raises(ValueError, match="low end"):
        Interval(2, 1)
    with pytest.raises(ValueError, match="low end"):
        Interval(float("nan"), 1)


def test_a_problem_says_where_what_and_what_to_do_and_survives_json():
    problem = Problem("uscc.check", "统一社会信用代码", "91350100M000100Y44", "校验码不符", "请与营业执照核对后重填")
    assert str(problem) == "统一社会信用代码：91350100M000100Y44；校验码不符；请与营业执照核对后重填"
    assert Problem.from_json(json.loads(json.dumps(problem.to_json()))) == problem


def test_sentences_keep_their_full_stop_and_get_no_second_mark():
    assert str(Problem("code", "", "", "验证码不对。", "还可以试 4 次。")) == "验证码不对。还可以试 4 次。"
    assert str(Problem("photo", "照片", "", "当面送达必须有照片。", "请补上。")) == "照片：当面送达必须有照片。请补上。"
    assert str(Problem("name", "用户名", "wangli", "已经有人用。", "请换一个")) == "用户名：wangli；已经有人用。请换一个"


def test_a_refusal_carries_its_problem():
    with pytest.raises(Refused, match="预警件已签发；请先撤销") as caught:
        raise Refused("预警件已签发", "请先撤销", where="warning:12")
    assert caught.value.problem.column == "warning:12"
