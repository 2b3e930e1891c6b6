"""机器账号 on the administrator's page: issued once with its token shown, listed without it, revoked with a reason."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from wushang.people.models import AuditEntry, Department, Machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(people, now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)

    def enter(who: str) -> Client:
        client = Client()
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def form(**more):
    own = Department.objects.get(code="990100-hrss")
    return {
        "name": "认定系统",
        "department": own.pk,
        "sources": ["injury_recognition"],
        "expires": "2026-12-31",
        **more,
    }


def test_the_token_is_shown_once_and_opens_the_door(browser):
    admin = browser("admin")
    shown = admin.post("/collect/machines/new/", form()).content.decode()
    token = next(
        word.strip("'") for word in shown.replace("<", " ").replace(">", " ").split() if word.startswith("wsh_")
    )
    assert token not in admin.get("/collect/machines/").content.decode()
    answer = Client().get("/api/collect/sources", headers={"Authorization": f"Bearer {token}"})
    assert [table["source"] for table in answer.json()] == ["injury_recognition"]
    assert AuditEntry.objects.get(detail__act="IssueToken").user.username == "admin"


def test_what_cannot_be_issued_is_said_beside_the_field(browser):
    said = browser("admin").post("/collect/machines/new/", form(expires="2030-01-01")).content.decode()
    assert "到期日应在明天至一年以内" in said
    assert not Machine.objects.exists()


def test_a_table_of_another_department_is_not_offered_to_it(browser):
    market = Department.objects.get(code="990100-market")
    said = browser("admin").post("/collect/machines/new/", form(department=market.pk)).content.decode()
    assert "工伤认定不由市场监管局报送" in said and not Machine.objects.exists()


def test_revoking_asks_for_a_reason_and_is_written_down(browser):
    admin = browser("admin")
    admin.post("/collect/machines/new/", form())
    machine = Machine.objects.get()
    admin.post(f"/collect/machines/{machine.pk}/revoke/", {"reason": ""})
    assert Machine.objects.get().revoked is None
    admin.post(f"/collect/machines/{machine.pk}/revoke/", {"reason": "系统停用"})
    assert Machine.objects.get().revoke_reason == "系统停用"
    assert "已撤销" in admin.get("/collect/machines/").content.decode()
    assert not Machine.objects.get().lives_on(date(2026, 3, 20))


def test_a_token_in_use_that_runs_out_soon_stands_on_the_administrators_desk(browser, people, now):
    from wushang.collect.todo import items

    browser("admin").post("/collect/machines/new/", form(expires="2026-04-01"))
    assert items(people.admin.actor, date(2026, 3, 20)) == []  # nobody uses it
    Machine.objects.update(last_used=now)
    assert items(people.admin.actor, date(2026, 3, 10)) == []
    (todo,) = items(people.admin.actor, date(2026, 3, 20))
    assert (todo.name, todo.due) == ("认定系统", date(2026, 4, 1))
    assert items(people.wangli.actor, date(2026, 3, 20)) == []


@pytest.mark.parametrize("who", ["wangli", "zhanghaiyan", "auditor"])
def test_nobody_else_comes_to_the_page(browser, who):
    assert browser(who).get("/collect/machines/").status_code == 403
