"""报送日历: which table of which month is owed until when, who is late, and one tap tells them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from wushang.collect.deeds.set_due_day import SetDueDay
from wushang.collect.deeds.urge_sender import UrgeSender
from wushang.collect.inforce import in_force
from wushang.collect.models import Batch, DueRule, Urge
from wushang.collect.owed import due_day, owed, shifted
from wushang.collect.todo import items
from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.deed import NotAllowed
from wushang.people.models import Appointment, Department, Role, User
from wushang.people.scope import Scope
from wushang.terms.period import Period
from wushang.terms.problem import Refused
from wushang.web.reporting import Line

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture
def agency(people) -> Department:
    return Department.objects.get(code="990100-agency")


@pytest.fixture
def came(people, now, agency):
    """`came("2026-01", "2026-02-12")`: a delivery of 参保缴费 for a month, received on a day."""

    def run(month: str, day: str, sender=None, **more) -> Batch:
        start = date.fromisoformat(f"{month}-01")
        end = Period(start, date(start.year, start.month, 28)).end
        return Batch.objects.create(
            version=in_force("insurance_monthly", now), sender=sender or agency, file_name="a.csv", digest="0" * 64, size=1,
            received=datetime.fromisoformat(f"{day}T02:00:00+00:00"), received_by="陈燕", start=start, end=end,
            state=more.pop("state", "landed"), **more,
        )  # fmt: skip

    return run


def told(first="2026-01", last="2026-02", today=TODAY) -> dict:
    period = Period(date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-28"))
    return {(o.source.id, o.sender.code, f"{o.month:%Y-%m}"): o for o in owed(Scope.system(), period, today)}


KEY = ("insurance_monthly", "990100-agency")


def test_on_time_late_missing_and_not_due_yet(came):
    came("2025-12", "2026-01-12")
    came("2026-01", "2026-02-25")
    found = told("2025-12", "2026-02")
    assert [found[*KEY, m].state for m in ("2025-12", "2026-01", "2026-02")] == ["on_time", "late", "missing"]
    assert [found[*KEY, m].late for m in ("2025-12", "2026-01", "2026-02")] == [0, 1, 4]
    assert told(today=date(2026, 3, 10))[*KEY, "2026-02"].state == "not_due"


def test_a_due_day_on_a_day_off_moves_to_the_next_working_day(came):
    # 15 March 2026 is a Sunday; 15 February lies in the Spring Festival holiday until the 23rd
    came("2026-01", "2026-02-10")
    assert told()[*KEY, "2026-02"].due == date(2026, 3, 16)
    assert told()[*KEY, "2026-01"].due == shifted(date(2026, 2, 15), "next") > date(2026, 2, 15)
    assert shifted(date(2026, 3, 15), "before") == date(2026, 3, 13)
    assert shifted(date(2026, 3, 15), "stay") == date(2026, 3, 15)


def test_the_first_delivery_counts_for_lateness_and_the_newest_for_what_waits(came):
    came("2026-02", "2026-03-12", counts={"open": 9})
    came("2026-02", "2026-03-19", counts={"open": 2, "returned": 1})
    cell = told()[*KEY, "2026-02"]
    assert (cell.state, cell.came, cell.open) == ("on_time", date(2026, 3, 12), 3)


def test_a_delivery_whose_columns_nobody_knows_does_not_hide_the_one_that_was_read(came):
    came("2026-02", "2026-03-12", counts={"open": 2})
    came("2026-02", "2026-03-13", state="unmapped")
    came("2026-01", "2026-02-12", state="unmapped")
    found = told()
    assert (found[*KEY, "2026-02"].newest.state, found[*KEY, "2026-02"].open, found[*KEY, "2026-01"].newest.state) == ("landed", 2, "unmapped")
    assert Line(found[*KEY, "2026-01"].source, date(2026, 1, 1), "", found[*KEY, "2026-01"].newest, TODAY, TODAY, 0).state == "待对应列"


def test_a_withdrawn_delivery_has_not_come_and_history_is_never_late(came):
    came("2026-01", "2026-03-12", historical=True)
    came("2026-02", "2026-03-12", state="withdrawn")
    assert (told()[*KEY, "2026-01"].state, told()[*KEY, "2026-02"].state) == ("on_time", "missing")


def test_a_delivery_of_two_months_covers_both(came):
    batch = came("2026-01", "2026-03-02")
    Batch.objects.filter(pk=batch.pk).update(end=date(2026, 2, 28))
    assert {told()[*KEY, m].state for m in ("2026-02",)} == {"on_time"}
    assert told()[*KEY, "2026-01"].state == "late"


def test_nobody_owes_what_nobody_has_ever_sent_or_ruled(came):
    came("2026-01", "2026-02-10")
    assert {source for source, *_rest in told()} == {"insurance_monthly"}


def test_rules_are_dated_and_a_sender_s_own_goes_first(people, agency, now):
    def rule(day, since, sender=None, **more):
        return DueRule.objects.create(source="insurance_monthly", sender=sender, day=day, since=since, at=now, shift="stay", **more)

    rule(10, date(2025, 1, 1))
    rule(20, date(2026, 2, 1))
    rule(5, date(2026, 1, 1), agency)
    rules = list(DueRule.objects.all())
    assert due_day(rules, "insurance_monthly", 0, date(2026, 1, 1)) == date(2026, 2, 10)
    assert due_day(rules, "insurance_monthly", 0, date(2026, 2, 1)) == date(2026, 3, 20)
    assert due_day(rules, "insurance_monthly", agency.pk, date(2026, 2, 1)) == date(2026, 3, 5)
    assert due_day([*rules, rule(31, date(2026, 3, 1))], "insurance_monthly", 0, date(2026, 3, 1)) == date(2026, 4, 30)
    assert due_day([rule(1, date(2026, 1, 1), owed=False)], "insurance_monthly", 0, date(2026, 1, 1)) is None


def test_a_rule_makes_a_table_owed_that_has_never_come(people, now):
    SetDueDay(people.lijianguo.actor, now, "register", 10, date(2026, 1, 9)).do()
    assert told()["register", "990100-market", "2026-02"].state == "missing"
    with pytest.raises(NotAllowed):
        SetDueDay(people.wangli.actor, now, "register", 10, date(2026, 1, 9)).do()


def test_urging_stands_on_the_department_s_desk_until_the_table_comes(came, people, agency, now):
    came("2026-01", "2026-02-10")
    user = User.objects.create_user("chenyan", "x", name="陈燕", department=agency)
    Appointment.objects.create(user=user, role=Role.objects.get(code="sender"), regions=["990100"])
    chen = Actor(user, "陈燕", scope_of(user, TODAY))
    UrgeSender(people.wangli.actor, now, "insurance_monthly", agency, date(2026, 2, 1)).do()
    assert Urge.objects.get().text == "请报送参保缴费 2026年2月：应于3月16日前报，已迟 4 天。"
    (todo,) = items(chen, TODAY)
    assert (str(todo.what), todo.stage, todo.before) == ("报送参保缴费 2026年2月", "催报 1 次", "王丽 催报 3月20日")
    came("2026-02", "2026-03-20")
    assert items(chen, TODAY) == []


def test_the_clerk_s_desk_asks_her_to_urge_and_then_shows_it_in_their_hands(came, people, agency, now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)
    came("2026-01", "2026-02-10")
    (todo,) = items(people.wangli.actor, TODAY)
    assert (str(todo.what), todo.tab, todo.due) == ("催报参保缴费 2026年2月", "mine", date(2026, 3, 16))
    UrgeSender(people.wangli.actor, now, "insurance_monthly", agency, date(2026, 2, 1)).do()
    (todo,) = items(people.wangli.actor, TODAY)
    assert (str(todo.what), todo.tab, todo.holder) == ("已催参保缴费 2026年2月", "passed", "经办中心")


def test_urging_twice_a_day_or_for_what_has_come_is_refused(came, people, agency, now):
    came("2026-01", "2026-02-10")
    with pytest.raises(Refused, match="已经报来了"):
        UrgeSender(people.wangli.actor, now, "insurance_monthly", agency, date(2026, 1, 1)).do()
    with pytest.raises(Refused, match="不用报"):
        UrgeSender(people.wangli.actor, now, "register", agency, date(2026, 2, 1)).do()
    UrgeSender(people.wangli.actor, now, "insurance_monthly", agency, date(2026, 2, 1)).do()
    with pytest.raises(Refused, match="今天已经催过一次"):
        UrgeSender(people.wangli.actor, now, "insurance_monthly", agency, date(2026, 2, 1)).do()


def test_the_page_shows_it_and_one_tap_urges(client, came, people, agency, monkeypatch):
    now = datetime(2026, 3, 20, 1, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    User.objects.update(password_set=now)
    came("2026-01", "2026-02-25", counts={"open": 3})
    client.force_login(people.wangli)
    page = client.get(reverse("collect:calendar")).content.decode()
    assert "未报，已迟 4 天" in page and "迟1天" in page and "订正3" in page
    said = {"source": "insurance_monthly", "sender": agency.pk, "month": "2026-02-01"}
    page = client.post(reverse("collect:urge"), said, follow=True).content.decode()
    assert "已催报。" in page and "还没有报送员账号" in page and "1 次，" in page


def test_another_county_is_not_in_it(client, came, people):
    User.objects.update(password_set=timezone.now())
    came("2026-01", "2026-02-25")
    client.force_login(people.linwai)
    assert "经办中心" not in client.get(reverse("collect:calendar")).content.decode()
