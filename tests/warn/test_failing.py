"""One bad item does not stop a queue: it is noted with its sentence, the others go on, it is tried again with back-off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import reverse

from wushang.terms.problem import Problem, Refused
from wushang.warn import drafting, failing, pushing
from wushang.warn.drafting import draft_findings
from wushang.warn.models import Cursor, Failure, Push, StartDay, Warning
from wushang.warn.pushing import push_commits

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def two(world):
    """A finding of a poisoned unit and, behind it, one of the cup works."""
    bad = world.enterprise("云溪市毒丸厂")
    world.injury(date(2026, 3, 6), at=bad)
    world.injury(date(2026, 3, 6))
    return world.finding("yellow", enterprise=bad), world.finding("yellow")


def poison(monkeypatch, finding, error):
    whole = drafting.judged.why_not

    def why_not(asked, again=False):
        if asked.enterprise_id == finding.enterprise_id:
            raise error
        return whole(asked, again)

    monkeypatch.setattr(drafting.judged, "why_not", why_not)


def test_a_poisoned_finding_is_noted_and_the_next_one_is_drafted(monkeypatch, now, two):
    poison(monkeypatch, two[0], ValueError("陈伟民 13812342016"))
    assert draft_findings(now) == 1
    assert Warning.objects.get().finding == two[1]
    row = Failure.objects.get()
    assert (row.queue, row.number, row.tries, row.done, row.next_try) == ("draft", two[0].pk, 1, None, now + MINUTE)
    assert row.error == "程序出错（ValueError），详情在运行日志中。"  # not the fault's text: it may name people


def test_it_is_tried_again_with_growing_pauses_up_to_a_day_until_it_is_done(monkeypatch, now, two):
    poison(monkeypatch, two[0], Refused(Problem("x", "", "", "规则读不懂。", "请核对规则。")))
    draft_findings(now)
    assert draft_findings(now) == 0 and Failure.objects.get().tries == 1  # not yet due
    draft_findings(now + MINUTE)
    row = Failure.objects.get()
    assert (row.tries, row.next_try, row.error) == (2, now + 3 * MINUTE, "规则读不懂。请核对规则。")
    Failure.objects.update(tries=40)
    draft_findings(now + 3 * MINUTE)
    assert Failure.objects.get().next_try == now + 3 * MINUTE + timedelta(days=1)
    monkeypatch.undo()
    assert draft_findings(now + timedelta(days=2)) == 1
    assert Failure.objects.get().done == now + timedelta(days=2) and Warning.objects.count() == 2
    assert draft_findings(now + timedelta(days=3)) == 0


def test_a_failed_finding_gives_way_to_newer_facts_of_its_unit(monkeypatch, world, now, two):
    poison(monkeypatch, two[0], ValueError())
    draft_findings(now)
    monkeypatch.undo()
    world.finding("", before="yellow", enterprise=two[0].enterprise)
    assert draft_findings(now + MINUTE) == 0
    assert Warning.objects.count() == 1 and Failure.objects.get().done == now + MINUTE


def test_a_ledger_that_is_away_is_no_items_fault(monkeypatch, now, two):
    poison(monkeypatch, two[0], OperationalError("database is locked"))
    with pytest.raises(OperationalError):
        draft_findings(now)
    assert not Failure.objects.exists()
    monkeypatch.undo()
    assert draft_findings(now) == 2


def test_a_poisoned_commit_is_noted_pushes_nothing_of_it_and_the_next_commit_is_pushed(monkeypatch, world, now):
    StartDay.objects.create(name="push", day=date(2026, 3, 1), set_by="李建国", at=now)
    push_commits(now)
    bad = world.injury(date(2026, 3, 6))
    world.injury(date(2026, 3, 7))
    whole = pushing._tell

    def tell(push, *rest):
        if push.commit == bad:
            raise ValueError
        whole(push, *rest)

    monkeypatch.setattr(pushing, "_tell", tell)
    assert push_commits(now) == 1
    assert Push.objects.get().occurred == date(2026, 3, 7)
    assert Failure.objects.get().what == f"数据版本第 {bad} 号的工伤三推送"
    monkeypatch.undo()
    assert push_commits(now + MINUTE) == 1 and Push.objects.count() == 2


@pytest.mark.parametrize("where", ["warn:outbox", "warn:warnings"])
def test_the_lists_say_how_many_failed_and_why_to_whom_the_unit_is_in_reach(monkeypatch, people, now, two, where):
    poison(monkeypatch, two[0], Refused(Problem("x", "", "", "规则读不懂。", "请核对规则。")))
    draft_findings(now)
    said = {}
    for name in ("wangli", "linwai"):
        client = Client()
        client.force_login(getattr(people, name), backend="django.contrib.auth.backends.ModelBackend")
        said[name] = client.get(reverse(where)).content.decode()
    assert "1 件处理失败" in said["wangli"] and "云溪市毒丸厂" in said["wangli"] and "规则读不懂。请核对规则。" in said["wangli"]
    assert "处理失败" not in said["linwai"]
    monkeypatch.undo()
    draft_findings(now + MINUTE)
    assert not failing.seen(people.wangli.actor.scope, "warn.outbox")


def test_what_only_reads_runs_before_the_ledger_is_locked(now):
    """数据订正 after a withdrawal asked the snapshot for minutes with SQLite's one lock held: every page answered 400."""
    seen = []
    connection = transaction.get_connection()
    outside = len(connection.savepoint_ids)
    Cursor.objects.create(name="trial", number=0)
    failing.in_turn(
        failing.Item("trial", 1, "试"),
        lambda found: seen.append((found, len(connection.savepoint_ids) > outside)) or 1,
        now,
        reckon=lambda: (len(connection.savepoint_ids) > outside,),
    )
    assert seen == [(False, True)]
