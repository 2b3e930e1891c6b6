import pytest
from django.urls import reverse

from wushang.web.menu import menu_of

pytestmark = pytest.mark.django_db


def shown(people, rf, who: str, path: str = "/") -> dict[str, bool]:
    request = rf.get(path)
    request.scope = getattr(people, who).actor.scope
    return {str(entry["title"]): entry["active"] for entry in menu_of(request)}


def test_the_clerk_has_the_seven_entries_of_the_office(people, rf):
    said = ["待办", "数据报送", "单位档案", "预警办理", "统计通报", "台账打印", "预警规则"]
    assert list(shown(people, rf, "wangli")) == said


def test_the_emergency_bureau_reaches_the_reconciliation_by_its_own_entry(people, rf):
    assert list(shown(people, rf, "fangzhiqiang")) == ["待办", "单位档案", "预警办理", "统计通报", "对账", "台账打印"]


def test_the_auditor_sees_the_log_and_no_injury_pages(people, rf):
    assert set(shown(people, rf, "auditor")) == {"待办", "日志审计"}


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/", "待办"), ("/rectify/reports/", "预警办理"), ("/integrate/pairs/", "数据报送"), ("/warn/5/", "预警办理")],
)
def test_one_entry_is_marked_and_it_is_the_right_one(people, rf, path, marked):
    assert [title for title, active in shown(people, rf, "wangli", path).items() if active] == [marked]


def test_the_township_officers_walk_is_marked_before_the_general_entry(people, rf):
    menu = shown(people, rf, "zhanghaiyan", reverse("rectify:visits"))
    assert [title for title, active in menu.items() if active] == ["今日走访"]
