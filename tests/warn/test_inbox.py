"""收件箱 and what reaches nobody: who can read a message, what stands unread on the desk, what a person has to tell."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.models import Appointment, Department, Role, User
from wushang.people.todo import todos
from wushang.terms.problem import Refused
from wushang.warn import outbox, tell
from wushang.warn.deeds.read_item import ReadItem
from wushang.warn.models import Delivery, InboxItem

pytestmark = pytest.mark.django_db


def test_a_unit_has_an_inbox_only_where_it_can_open_it(world, now, drafted, advance):
    def channels() -> list[str]:
        said = {"purpose": "notice", "title": "题", "text": "文"}
        return [row.channel for row in tell.enterprise(now, world.cup, "恒岳杯业", **said)]

    assert channels() == ["by_hand"]  # neither telephone nor letter
    world.contact()
    assert channels() == ["sms_http"]  # no letter leads in yet
    advance(drafted, "issued")
    assert channels() == ["sms_http", "inbox"]


def test_a_notice_told_by_hand_takes_the_place_of_the_same_words_before(world, now):
    for text in ("还剩 7 天", "还剩 3 天"):
        tell.enterprise(now, world.cup, "恒岳杯业", purpose="notice", title="请上交整改情况", text=text)
    rows = Delivery.objects.filter(channel="by_hand").order_by("pk")
    assert [(row.state, row.text) for row in rows] == [("withheld", "还剩 7 天"), ("waiting", "还剩 3 天")]


def test_a_push_that_no_gateway_takes_is_handed_to_a_person_and_a_second_channel_is_enough(settings, world, now):
    settings.WUSHANG_MODE, settings.WUSHANG_SMS_URL = "live", ""
    told = {"purpose": "notice", "recipient_kind": "enterprise", "recipient": "恒岳杯业", "enterprise": world.cup, "text": "文"}
    tell.put(now, channel="sms_http", title="只有短信", **told)
    tell.put(now, channel="sms_http", title="还有邮件", **told)
    tell.put(now, channel="smtp", title="还有邮件", not_before=now + timedelta(hours=1), **told)
    outbox.deliver_some(now)
    assert list(Delivery.objects.filter(channel="by_hand").values_list("title", "state")) == [("只有短信", "waiting")]


@pytest.fixture
def agency(people, now):
    """钱小雨 of the insurance agency only hands in files: no right to see a warning."""
    unit = Department.objects.get(code="990100-agency")
    user = User.objects.create_user("qianxiaoyu", "Wushang-2026", name="钱小雨", department=unit, password_set=now)
    Appointment.objects.create(user=user, role=Role.objects.get(code="sender"), regions=["990100"])
    user.actor = Actor(user, user.name, scope_of(user, now.date()))
    return user


def test_who_only_hands_in_files_reads_what_came_to_the_own_department_and_the_desk_says_so(people, now, agency, monkeypatch):
    tell.department(now, agency.department, purpose="notice", title="请核对报送数据：恒岳杯业", text="请在3月27日前答复。", link="/collect/")
    tell.department(now, people.wangli.department, purpose="notice", title="别家的", text="文")
    outbox.deliver_some(now)
    desk = [(str(row.what), row.name, row.url) for row in todos(agency.actor, now.date()) if row.url == reverse("warn:inbox")]
    assert desk == [("收件箱 1 条未阅", "请核对报送数据：恒岳杯业", "/warn/inbox/")]
    monkeypatch.setattr("wushang.people.middleware.timezone.now", lambda: now)
    client = Client()
    client.force_login(agency, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("warn:inbox")).content.decode()
    assert "请核对报送数据：恒岳杯业" in page and "别家的" not in page
    item = InboxItem.objects.get(department=agency.department)
    with pytest.raises(Refused, match="不是发给您单位"):
        ReadItem(people.wangli.actor, now, item).do()
    assert client.post(reverse("warn:read", args=[item.pk])).url == "/collect/"
    item.refresh_from_db()
    assert item.read_by == "钱小雨"
    tell.department(now, agency.department, purpose="notice", title="《通报》已发给恒岳杯业", text="文", link="/warn/1/")
    outbox.deliver_some(now)
    letter = InboxItem.objects.get(title__startswith="《通报》")  # its page is not this role's: the message is all there is
    assert client.post(reverse("warn:read", args=[letter.pk])).url == reverse("warn:inbox")
    assert not [row for row in todos(agency.actor, now.date()) if row.url == reverse("warn:inbox")]


def test_all_of_a_department_is_read_at_once_and_of_no_other(people, now, monkeypatch):
    for unit in (people.wangli.department, people.wangli.department, people.zhanghaiyan.department):
        tell.department(now, unit, purpose="notice", title="题", text="文")
    outbox.deliver_some(now)
    monkeypatch.setattr("wushang.people.middleware.timezone.now", lambda: now)
    client = Client()
    client.force_login(people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("warn:read_all"))
    assert InboxItem.objects.filter(read=None).get().department == people.zhanghaiyan.department


def test_who_only_administers_reads_no_message_that_names_a_unit(people, now, world, drafted, monkeypatch):
    """The accounts' keeper sits in 人社局 too, and the desk names no unit to him."""
    tell.department(now, people.admin.department, purpose="notice", title="恒岳杯业已签收", text="文", warning=drafted)
    outbox.deliver_some(now)
    assert not [row for row in todos(people.admin.actor, now.date()) if row.url == reverse("warn:inbox")]
    assert [row.name for row in todos(people.wangli.actor, now.date()) if row.url == reverse("warn:inbox")] == ["恒岳杯业已签收"]
    with pytest.raises(Refused, match="不是发给您单位"):
        ReadItem(people.admin.actor, now, InboxItem.objects.get()).do()
    monkeypatch.setattr("wushang.people.middleware.timezone.now", lambda: now)
    client = Client()
    client.force_login(people.admin, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("warn:inbox")).status_code == 403


def test_a_message_of_a_unit_outside_the_own_posts_is_not_read(people, now, agency, world, drafted):
    """钱小雨 answers for another county alone: what is said of a unit here is not hers, what names no unit is."""
    agency.actor = Actor(agency, agency.name, scope_of_region(agency, "990200", now), "page")
    tell.department(now, agency.department, purpose="notice", title="恒岳杯业：请核对", text="文", warning=drafted)
    tell.department(now, agency.department, purpose="notice", title="请报3月的表", text="文")
    outbox.deliver_some(now)
    assert [row.name for row in todos(agency.actor, now.date()) if row.url == reverse("warn:inbox")] == ["请报3月的表"]


def scope_of_region(user, region, now):
    Appointment.objects.filter(user=user).update(regions=[region])
    return scope_of(user, now.date())
