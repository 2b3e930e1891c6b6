"""Each command prints one JSON object with --json, plain lines without, and stops with a sentence where it is refused."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from judge.test_run import FORCE, GAOTAI, day
from judge.town import Town

from wushang.people import audit
from wushang.people.models import AuditEntry
from wushang.pool import snapshot
from wushang.pool.models import InjuryVersion

pytestmark = pytest.mark.django_db
HEADER = "受理编号,单位名称,统一社会信用代码,姓名,证件号码,事故时间,申请日期,伤残等级"
CLAIM = "工〔2026〕1号,甲公司,,张三,11010519491231002X,2026-03-05,2026-03-09,"
WRONG = "工〔2026〕2号,乙公司,,李四,,2026-13-02,2026-03-09,"


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def told(*words: str):
    return json.loads(said(*words, "--json"))


@pytest.fixture
def town(people, now) -> Town:
    """恒岳杯业 with two accidents in March under the 高台 rule: orange."""
    made = Town(people, now)
    made.adopt(GAOTAI, FORCE)
    made.injure(day(2), day(3))
    return made


@pytest.fixture
def claims(people, tmp_path) -> Path:
    path = tmp_path / "工伤认定202603.csv"
    path.write_text("\n".join([HEADER, CLAIM, WRONG]), encoding="gb18030")
    return path


def test_judge_tells_findings_by_level_commit_and_digest(town):
    answer = told("judge", "--as-of", "2026-03-20")
    [run] = answer["runs"]
    assert (answer["commit"], run["findings"], run["units"], len(run["digest"])) == (2, {"orange": 1}, 2, 64)


def test_judge_without_json_prints_lines(town):
    assert "orange: 1" in said("judge", "--as-of", "2026-03-20", "--policy", "gaotai-graded-warning")


def test_judging_an_unknown_policy_stops_with_a_sentence(town):
    with pytest.raises(CommandError, match="没有这条规则.*gaotai-graded-warning"):
        said("judge", "--policy", "gaotai")


def test_a_good_policy_file_passes_and_a_bad_one_fails_with_its_remark(tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(GAOTAI, encoding="utf-8")
    bad.write_text(GAOTAI.replace("level: red", "level: rad"), encoding="utf-8")
    assert told("policy", "check", str(good))[0]["usable"] is True
    out = StringIO()
    with pytest.raises(CommandError, match="2 个文件中 1 个不能使用：.*bad.yaml"):
        call_command("policy", "check", str(good), str(bad), stdout=out)
    assert "good.yaml：可以使用" in out.getvalue() and "bad.yaml：不能使用\n  不能用  " in out.getvalue()
    assert "是不是“red”" in out.getvalue()
    assert not re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", out.getvalue()), "no English sentence"


def test_a_policy_file_that_is_not_there_is_said_so():
    with pytest.raises(CommandError, match="没有这个文件：.*nowhere.yaml"):
        said("policy", "check", "nowhere.yaml")


def test_explain_tells_what_decided(town):
    said("judge", "--as-of", "2026-03-20")
    [answer] = told("policy", "explain", "--enterprise", str(town.cup))
    assert (answer["enterprise"], answer["outcome"]) == (town.cup, "orange")
    with pytest.raises(CommandError, match="还没有规则研判出这家单位的结果"):
        said("policy", "explain", "--enterprise", str(town.door))


def test_export_writes_the_row_back_byte_for_byte(town):
    assert said("policy", "export", "gaotai-graded-warning") == GAOTAI


def test_a_places_own_file_is_offered_as_a_draft_and_not_put_in_force(town, tmp_path, settings):
    file = tmp_path / "ours.yaml"
    file.write_text(GAOTAI.replace("id: gaotai-graded-warning", "id: yunxi-graded-warning"), encoding="utf-8")
    answer = told("policy", "offer", str(file))
    assert (answer["policy"], answer["number"], answer["state"]) == ("yunxi-graded-warning", 1, "draft")
    assert answer["region"] == settings.WUSHANG_REGION
    assert [run["policy"] for run in told("judge", "--as-of", "2026-03-20")["runs"]] == ["gaotai-graded-warning"]


@pytest.mark.django_db(transaction=True)
def test_collect_lands_a_file_and_the_same_file_again_changes_nothing(claims):
    first = told("collect", str(claims), "--source", "injury_recognition", "--sender", "990100-hrss")
    wanted = ("state", "rows", "accepted", "quarantined", "new", "same_file", "commit")
    assert [first[0][name] for name in wanted] == ["landed", 2, 1, {"unreadable_date": 1}, 1, False, 1]
    again = told("collect", str(claims), "--source", "injury_recognition", "--sender", "990100-hrss")
    assert (again[0]["same_file"], again[0]["batch"], InjuryVersion.objects.count()) == (True, first[0]["batch"], 1)


def test_collect_fails_when_a_file_was_not_taken_but_prints_why(claims):
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 1 files were not taken"):
        call_command("collect", str(claims), "--source", "injury_recognition", stdout=out)
    assert "外县人社局" in out.getvalue()  # two bureaux could have sent it


def test_collect_tells_of_what_is_no_file_takes_the_others_and_says_what_waits_for_a_person(people, tmp_path):
    short, empty, out = tmp_path / "缺列.csv", tmp_path / "空.csv", StringIO()
    short.write_text("受理编号,单位名称,姓名,事故时间\n1号,甲公司,张三,2026-03-05\n", "utf-8")
    empty.write_bytes(b"")
    with pytest.raises(CommandError, match="2 of 3 files were not taken.*1 of 3 files wait until a person"):
        call_command("collect", str(tmp_path / "没有.csv"), str(empty), str(short), "--sender", "990100-hrss", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert [(one["state"], one["problem"]["code"]) for one in told] == [("refused", "no_file"), ("refused", "empty_file"), ("unmapped", "column_missing")]
    assert "缺少必需的列：申请日期" in told[2]["problem"]["why"]


def test_audit_verify_counts_the_rows_and_finds_a_changed_one(town):
    audit.seal()
    assert told("audit", "verify") == {
        "ok": True, "rows": AuditEntry.objects.count(), "unsealed": 0, "head": AuditEntry.objects.order_by("-sequence").first().digest,
    }  # fmt: skip
    AuditEntry.objects.filter(sequence=2).update(name="某人")
    with pytest.raises(CommandError, match="broken at row 2"):
        said("audit", "verify")


def test_simulate_writes_a_city_and_says_how_many(tmp_path):
    answer = told("simulate", str(tmp_path / "city"), "--enterprises", "20", "--months", "3")
    assert (tmp_path / "city" / "truth" / "files.csv").exists()
    assert answer["enterprises"] == 20


def test_a_city_too_small_to_be_one_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="至少需要 20 家单位"):
        said("simulate", str(tmp_path / "city"), "--enterprises", "5")


def test_snapshot_holds_the_latest_commit_and_its_rows(town):
    answer = told("snapshot")
    assert (answer["commit"], answer["rows"]["injuries"], snapshot.current().commit) == (2, 2, 2)
    assert told("snapshot", "--verify") == {"commit": 2, "ok": True}
