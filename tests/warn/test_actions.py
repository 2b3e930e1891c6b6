"""The words of `then:`: each word that is warn's has exactly one owner here, and only those; states in one table."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
import yaml

import wushang
from wushang.warn import actions, states, wording
from wushang.warn.deeds import withdraw
from wushang.warn.deeds.draft_warning import DraftWarning

HOUSE = Path(wushang.__file__).parent
ACTIONS = {"red": ["county_circular", "plan", "regular_interview", "award_restriction"]}
WORDS = yaml.safe_load((HOUSE / "terms" / "actions.yaml").read_text("utf-8"))


def test_every_word_of_warn_has_exactly_one_owner():
    assert set(actions.owned()) == {word for word, row in WORDS.items() if row["done_by"] == "warn"}


def test_every_letter_that_a_word_asks_for_exists():
    asked = {module.letter for module in actions.owned().values() if module.letter}
    assert asked <= set(wording.names())


@pytest.mark.parametrize(
    ("words", "letter"),
    [
        (["risk_letter", "interview"], "risk_letter"),
        (["county_circular", "plan"], "circular"),
        (["list_only"], ""),
        (["immediate_referral"], ""),
    ],
)
def test_the_words_of_an_outcome_choose_its_letter(words, letter):
    assert actions.letter_of(words) == letter


@pytest.mark.django_db
def test_a_red_circular_is_told_to_the_whole_county_and_nobody_beyond(world, people, now):
    for day in (6, 7, 8):
        world.injury(date(2026, 3, day))
    red = DraftWarning(people.system.actor, now, world.finding("red")).do()
    told = {unit.short_name for unit in actions.also_told(ACTIONS["red"], red)}
    assert told == {"人社局", "经办中心", "应急局", "卫健局", "市场监管局", "东城街道"}


@pytest.mark.django_db
def test_a_circular_counts_its_whole_county_and_compares_with_last_year(world, people, now):
    for day in (6, 7, 8):
        world.injury(date(2026, 3, day), region="990100001")
    for day in (1, 2, 3, 4):
        world.injury(date(2025, 3, day), region="990100002")
    world.injury(date(2026, 3, 9), region="990200001", at=world.enterprise("外县某厂", "990200001", uscc=""))
    values = DraftWarning(people.system.actor, now, world.finding("red")).do().letter.values
    assert (values["period"], values["total"]) == ("2026年1月1日至2026年3月8日", 3)  # the day the data reach
    assert values["change"] == "比上年同期下降25.0%"
    assert values["listed"][0] | {"rate": ""} == {
        "name": "云溪市恒岳杯业有限公司", "region": "东城街道", "events": 3, "insured": "", "rate": "",
    }  # fmt: skip
    assert values["listed"][0]["rate"] == "不可计算"


def test_no_other_room_and_no_other_file_writes_a_warnings_state():
    """`Warning.objects…update(state=…)` and `warning.state = …` stand in states.py alone."""
    guilty = []
    for path in (HOUSE / "warn").rglob("*.py"):
        if path.name == "states.py" or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Attribute) and t.attr == "state" and _is_warning(t.value) for t in node.targets
            ):
                guilty.append(f"{path.name}:{node.lineno}")
    assert guilty == []


def _is_warning(node: ast.expr) -> bool:
    return "warning" in ast.unparse(node) or ast.unparse(node) == "held"


def test_every_state_can_be_reached_and_every_open_one_can_be_left():
    targets = {move.target for move in states.MOVES.values() if move.target} | {"drafted"}
    assert targets == set(states.TITLES)
    left = {source for name, move in states.MOVES.items() if move.target and name != "untake" for source in move.sources}
    assert set(states.OPEN) <= left and not left & set(states.ENDED)
    assert states.MOVES["untake"].target == "withdrawn"  # a paper piece taken over by mistake leaves any state it came in


def test_causes_are_the_same_for_withdrawing_and_revoking():
    assert "not_recognised" in withdraw.CAUSES and "other" in withdraw.CAUSES
