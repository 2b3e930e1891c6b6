"""Deadlines of a case by the shipped policies, counted on a wall calendar."""

from datetime import date
from pathlib import Path

import pytest

from wushang.judge.file.reader import read_pack
from wushang.rectify.clocks import deadline, most_rounds

POLICIES = Path(__file__).resolve().parents[2] / "src/wushang/policies"


def rules(name: str, outcome: str):
    pack, _remarks = read_pack((POLICIES / f"{name}.yaml").read_text(encoding="utf-8"))
    return pack.cases[outcome]


GAOTAI, YONGKANG = "gaotai/graded_warning", "yongkang/key_enterprises"


def test_yongkang_wants_the_report_one_calendar_month_after_delivery():
    found = deadline(rules(YONGKANG, "key"), "report", date(2026, 3, 18))
    assert found.due == date(2026, 4, 20)  # 18 April is a Saturday
    assert (found.length, found.basis) == ("1个月", "document")
    assert "1个月内" in found.clause
    assert deadline(rules(YONGKANG, "key"), "report", date(2025, 1, 31)).due == date(2025, 2, 28)  # clipped, a Friday


@pytest.mark.parametrize("level", ["orange", "red"])
def test_gaotai_orange_and_red_have_thirty_days(level):
    found = deadline(rules(GAOTAI, level), "report", date(2026, 3, 18))
    assert found.due == date(2026, 4, 17)
    assert found.by_default
    assert found.said.startswith("30日（平台默认：原文")


def test_gaotai_yellow_wants_no_report_but_an_interview_after_the_receipt():
    yellow = rules(GAOTAI, "yellow")
    assert deadline(yellow, "report", date(2026, 3, 18)) is None
    assert deadline(yellow, "interview", None) is None  # not acknowledged: the clock has not begun
    assert deadline(yellow, "interview", date(2026, 3, 20)).due == date(2026, 4, 3)  # ten working days


def test_review_takes_ten_working_days_and_mending_five():
    orange = rules(GAOTAI, "orange")
    assert deadline(orange, "review", date(2026, 3, 20)).due == date(2026, 4, 3)
    assert deadline(orange, "return", date(2026, 3, 20)).due == date(2026, 3, 27)
    assert most_rounds(orange) == 2


def test_what_a_policy_does_not_say_is_the_platform_default_and_says_so():
    key = rules(YONGKANG, "key")
    assert deadline(key, "review", date(2026, 3, 20)).said == "10个工作日（平台默认：规则没有写期限，按平台默认）"
    assert most_rounds(key) == 2
    assert deadline(None, "correction", date(2026, 3, 20)).due == date(2026, 3, 27)
    assert deadline(key, "interview", date(2026, 3, 20)) is None
