import json

import pytest
from django.core.management import CommandError, call_command

from wushang.judge.models import PolicyVersion
from wushang.people.models import Department, Region, User

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


def test_a_place_is_founded_once(papers, capsys):
    found(papers, capsys)
    with pytest.raises(CommandError, match="has been founded"):
        found(papers, capsys)


def test_the_shipped_rules_are_offered_in_the_region_once(papers, capsys):
    found(papers, capsys)
    for expected in (3, 0):
        call_command("policy", "offer", "--region", "330784", "--json")
        assert len(json.loads(capsys.readouterr().out)["offered"]) == expected
    assert set(PolicyVersion.objects.values_list("state", flat=True)) == {"offered"}
