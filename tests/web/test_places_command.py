import json

import pytest
from django.core.management import CommandError, call_command

from wushang.people.models import AuditEntry, Department, Region, RegionChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(people, tmp_path, capsys):
    def go(text: str) -> dict:
        (tmp_path / "rows.csv").write_text(text, "utf-8")
        call_command("places", str(tmp_path / "rows.csv"), "--json")
        return json.loads(capsys.readouterr().out)

    return go


def test_regions_are_added_renamed_and_left(places):
    said = places(
        "code,name,kind,parent,valid_from\n990100001,东城街道,township,990100,\n990100002,石塘新镇,township,990100,\n"
        "990100005,新城街道,township,990100,2026-01-01\n"
    )
    assert said == {"table": "regions", "rows": 3, "added": 1, "changed": 1, "same": 1}
    assert str(Region.objects.get(code="990100005").valid_from) == "2026-01-01"


def test_departments_and_changes_are_told_by_their_columns(places):
    assert places("code,name,short_name,kind,region\n990100-x,云溪市水利局,水利局,water,990100\n")["table"] == "departments"
    said = places("on,kind,old,new,source\n2026-01-01,区划调整,990100002,990100001,云政函〔2025〕12号\n")
    assert said["added"] == 1 and RegionChange.objects.get().new == "990100001"
    assert AuditEntry.objects.filter(verb="people.places", via="command").count() == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code;name\n1;2\n", "no rows whose columns"),
        ("", "no rows whose columns"),
        ("code,name,kind,parent\n990100005,新城街道,township,990100\n990100006,某镇,town,990100\n", "line 3.*不是地区类别"),
        ("on,kind,old,new,source\n1月1日,区划调整,990100002,990100001,文\n", "line 2"),
    ],
)
def test_a_wrong_file_names_its_line_and_changes_nothing(places, text, why):
    with pytest.raises(CommandError, match=why):
        places(text)
    assert not Region.objects.filter(code="990100005").exists() and not Department.objects.filter(code="990100-x").exists()
