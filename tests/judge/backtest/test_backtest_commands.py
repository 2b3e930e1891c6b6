"""`wushang policy backtest` and `wushang policy diff` as a program reads them."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from judge.backtest.test_backtest_report import LATER, town  # noqa: F401
from judge.test_run import GAOTAI
from judge.town import REGION

from wushang.judge import commands
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db


def said(*words: str) -> dict:
    out = StringIO()
    call_command("policy", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_file_beside_the_rule_in_force(town, tmp_path: Path) -> None:  # noqa: F811
    file = tmp_path / "ours.yaml"
    example = "examples:\n  - {name: 三起, given: {events: 3, hazards: 0}, expect: red}\n"
    file.write_text(LATER.partition("examples:")[0] + example, encoding="utf-8")
    town.adopt(GAOTAI, date(2026, 1, 1))
    words = (str(file), "--region", REGION)
    told = said("backtest", *words, "--from", "2025-07", "--to", "2026-02")
    assert [side["side"] for side in told["sides"]] == ["tried", "in_force", "ranking"]
    assert [side["letters"] for side in told["sides"][:2]] == [2, 4] and told["months"][0] == "2025-07" and len(told["digest"]) == 64
    assert told["sides"][1]["later_injuries"]["lift"] == 0.8
    assert said("backtest", *words, "--from", "2025-07", "--to", "2026-02")["digest"] == told["digest"]
    other = said("diff", *words, "--as-of", "2025-12-31")
    assert (other["changed"], other["lighter"], other["texts"][0]) == (1, 1, "黄色预警起点：1起 → 2起")
    assert other["enterprises"][0]["enterprise"] == town.door


def test_what_cannot_be_tried_says_why(town, tmp_path: Path) -> None:  # noqa: F811
    now, today = town.now, date(2026, 9, 5)
    bad = tmp_path / "bad.yaml"
    bad.write_text(GAOTAI.replace("level: red", "level: rad"), encoding="utf-8")
    with pytest.raises(Refused, match="wushang policy check"):
        commands.backtest(str(bad), now, today, REGION, None, None, False)
    with pytest.raises(Refused, match="没有这条规则"):
        commands.backtest("nothing-like-it", now, today, REGION, None, None, False)
    good = tmp_path / "good.yaml"
    good.write_text(GAOTAI, encoding="utf-8")
    with pytest.raises(Refused, match="没有现行的版本"):
        commands.diff(str(good), now, today, REGION, None, None, today)
