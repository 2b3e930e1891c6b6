import json
from pathlib import Path

import pytest
from judge.test_run import FORCE, GAOTAI, day, moment
from judge.town import REGION

from wushang.judge import commands
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db


def test_judge_prints_findings_by_level_digest_and_commit(town) -> None:
    town.adopt(GAOTAI, FORCE)
    town.injure(day(2), day(3))
    told = commands.judge(town.people.system.actor, moment(day(20)), day(20))
    json.dumps(told)
    [run] = told["runs"]
    assert (told["as_of"], told["commit"], run["findings"], run["changes"]) == ("2026-03-20", 2, {"orange": 1}, 1)
    assert len(run["digest"]) == 64 and run["units"] == 2 and run["recorded"]


def test_judging_a_policy_that_is_not_there_names_those_that_are(town) -> None:
    town.adopt(GAOTAI, FORCE)
    with pytest.raises(Refused, match="gaotai-graded-warning"):
        commands.judge(town.people.system.actor, moment(day(20)), day(20), "gaotai")


def test_check_tells_of_each_file_whether_it_can_be_used(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(GAOTAI, encoding="utf-8")
    bad.write_text(GAOTAI.replace("level: red", "level: rad"), encoding="utf-8")
    one, two = commands.check_files([good, bad])
    json.dumps([one, two])
    assert (one["usable"], one["id"], two["usable"]) == (True, "gaotai-graded-warning", False)
    assert "是不是“red”" in [r["remedy"] for r in two["remarks"] if r["severity"] == "error"][0]


def test_a_file_in_another_encoding_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "old.yaml"
    file.write_bytes(GAOTAI.encode("gb18030"))
    with pytest.raises(Refused, match="UTF-8"):
        commands.check_files([file])


def test_a_places_own_file_becomes_a_draft(town, tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(GAOTAI.replace("id: gaotai-graded-warning", "id: yunxi-graded-warning"), encoding="utf-8")
    version = commands.draft(town.people.lijianguo.actor, moment(day(1)), file, REGION)
    assert (version.policy, version.state, version.number) == ("yunxi-graded-warning", "draft", 1)
    assert commands.export("yunxi-graded-warning") == file.read_bytes()
