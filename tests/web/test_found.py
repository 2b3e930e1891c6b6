import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from wushang.judge.models import PolicyVersion
from wushang.judge.shipped import files
from wushang.people.models import AuditEntry, Department, Region, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(tmp_path):
    (tmp_path / "regions.csv").write_text("code,name,kind,parent\n330784001,东城街道,township,330784\n", "utf-8")
    (tmp_path / "departments.csv").write_text(
        "code,name,short_name,kind,region\n330784-hrss,永康市人力资源和社会保障局,人社局,hrss,330784\n", "utf-8"
    )
    return ["--regions", str(tmp_path / "regions.csv"), "--departments", str(tmp_path / "departments.csv")]


def found(papers, capsys, department="330784-hrss") -> dict:
    call_command("found", *papers, "--administrator", "guanli", "--department", department, "--json")
    return json.loads(capsys.readouterr().out)


def test_a_place_is_founded_with_its_townships_under_the_national_list(papers, capsys):
    said = found(papers, capsys)
    user = User.objects.get()
    assert Region.objects.get(code="330784001").parent.parent.name == "金华市"
    assert Department.objects.get().region.name == "永康市"
    assert user.check_password(said["first_password"]) and user.must_change_password


def test_the_first_administrator_stands_in_the_audit_log(papers, capsys):
    found(papers, capsys)
    assert {"people.manage"} == set(AuditEntry.objects.values_list("verb", flat=True))
    assert AuditEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("regions", "departments", "why"),
    [
        (None, None, "No department 330784-no"),
        ("", "code,name\n", "No department"),
        ("code;name\n1;2\n", None, "has no column 'code'"),
        (None, "code,name,short_name,kind,region\n1,局,局,hrss,999999\n", "names a region that is neither"),
    ],
)
def test_a_wrong_file_is_named_and_nothing_is_founded(papers, capsys, regions, departments, why):
    for path, text in ((papers[1], regions), (papers[3], departments)):
        if text is not None:
            Path(path).write_text(text, "utf-8")
    with pytest.raises(CommandError, match=why):
        found(papers, capsys, "330784-no")
    assert not (User.objects.exists() or Department.objects.exists() or Region.objects.exists())


def test_a_file_that_is_not_there_is_named(papers, capsys):
    papers[1] += ".no"
    with pytest.raises(CommandError, match="regions.csv.no cannot be read"):
        found(papers, capsys)


def test_a_place_is_founded_once(papers, capsys):
    found(papers, capsys)
    with pytest.raises(CommandError, match="has been founded"):
        found(papers, capsys)


def test_the_shipped_rules_are_offered_in_the_region_once(papers, capsys):
    found(papers, capsys)
    for expected in (len(list(files())), 0):
        call_command("policy", "offer", "--region", "330784", "--json")
        assert len(json.loads(capsys.readouterr().out)["offered"]) == expected
    assert set(PolicyVersion.objects.values_list("state", flat=True)) == {"offered"}
