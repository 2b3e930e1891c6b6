import pytest
from django.urls import reverse

from wushang.people.models import Role
from wushang.people.scope import Grant, Scope
from wushang.web.menu import menu_of

pytestmark = pytest.mark.django_db


def shown(people, rf, who: str, path: str = "/") -> dict[str, bool]:
    request = rf.get(path)
    request.scope = getattr(people, who).actor.scope
    return {str(entry["title"]): entry["active"] for entry in menu_of(request)}


@pytest.mark.parametrize(
    ("role", "said"),  # users.md 8; what differs is told in docs/topics/design-as-built.md
    [
        ("clerk", "待办 数据报送 单位档案 预警办理 统计通报 台账打印 预警规则"),
        ("section_head", "待办 数据报送 单位档案 预警办理 统计通报 台账打印 设置"),
        ("signer", "待签 单位档案 重点单位 预警办理 会商一页 预警规则"),
        ("leader", "待办 单位档案 重点单位 预警办理 会商一页"),
        ("reviewer", "待办 单位档案 预警办理 统计通报 对账 台账打印"),
        ("emergency_head", "待签 单位档案 预警办理 统计通报 台账打印 预警规则"),
        ("regulator", "待办 转办件 数据报送 单位档案 预警办理 统计 台账打印"),
        ("township", "今日走访 待办 单位档案 预警办理 统计 异常提示 台账打印"),
        ("sender", "待办 数据报送 收件箱 对账"),
        ("analyst", "待办 名单预警 效果评估 统计通报 预警规则"),
        ("system_admin", "待办 账号 运行"),
        ("auditor", "待办 日志审计 运行"),
    ],
)
def test_every_post_has_the_menu_of_its_work_seven_entries_at_most(people, rf, role, said):
    request = rf.get("/")
    request.scope = Scope((Grant(frozenset(Role.objects.get(code=role).verbs), ("990100",)),))
    titles = [str(entry["title"]) for entry in menu_of(request)]
    assert titles == said.split() and len(titles) <= 7


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/", "待办"), ("/rectify/reports/", "预警办理"), ("/integrate/pairs/", "数据报送"), ("/warn/5/", "预警办理"), ("/judge/near/", "预警办理")],
)
def test_one_entry_is_marked_and_it_is_the_right_one(people, rf, path, marked):
    assert [title for title, active in shown(people, rf, "wangli", path).items() if active] == [marked]


def test_the_township_officers_walk_is_marked_before_the_general_entry(people, rf):
    menu = shown(people, rf, "zhanghaiyan", reverse("rectify:visits"))
    assert [title for title, active in menu.items() if active] == ["今日走访"]
