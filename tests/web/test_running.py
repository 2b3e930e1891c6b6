"""运行: whether the worker comes, what waits and since when, the last runs, the disk; no unit and no person stands there."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.utils import timezone

from wushang.people.models import AuditEntry
from wushang.pool import snapshot
from wushang.warn.models import Delivery
from wushang.web import worker
from wushang.web.running import beat
from wushang.web.running.queues import queues

Disk = namedtuple("Disk", "total used free")


@pytest.fixture(autouse=True)
def first_sign(monkeypatch):
    monkeypatch.setattr(beat, "_last", [-beat.EVERY])


def text(visit, who: str = "admin") -> str:
    return visit(who, "/running/").content.decode()


def waiting(now) -> dict[str, tuple]:
    return {str(one.title): (one.waiting, one.oldest, one.long(now)) for one in queues(now) if one.waiting}


def test_a_worker_that_never_came_and_one_that_stays_away_are_told(town, visit, now, monkeypatch):
    assert "后台进程没有来过" in text(visit)
    worker.one_round(now, duties=(worker.Duty("nothing", lambda at: 0),))
    came = beat.last()
    assert came and (came.at - now).total_seconds() < 5 and not came.late(now + timedelta(minutes=3))
    assert "没有再来" not in text(visit)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=4))
    assert "以后没有再来，已超过 3 分钟" in text(visit)


def test_a_sign_is_left_seldom_and_a_full_disk_does_not_stop_the_worker(town, now, settings, tmp_path):
    worker.one_round(now)
    beat.beat(now + timedelta(seconds=9))
    assert beat.last().at < now + timedelta(seconds=9)
    settings.WUSHANG_HOME = tmp_path / "gone"
    beat._last[0] = -beat.EVERY
    beat.beat(now)
    assert beat.last() is None


def test_what_waits_is_counted_with_its_oldest_moment(town, now):
    AuditEntry.objects.all().delete()
    assert {title: row[0] for title, row in waiting(now).items()} == {"等研判的数据版本": 3, "统计用的数据还没有的版本": 3, "等推送的数据版本": 3}
    snapshot.build(now)
    assert "统计用的数据还没有的版本" not in waiting(now)
    told = {"purpose": "push", "recipient_kind": "enterprise", "recipient": "甲厂", "title": "t", "mode": "demo", "created": now}
    for minutes, channel in ((20, "smtp"), (5, "smtp"), (-5, "smtp"), (30, "by_hand")):
        Delivery.objects.create(channel=channel, next_attempt=now - timedelta(minutes=minutes), **told)
    assert waiting(now)["到点没有发出的消息"] == (2, now - timedelta(minutes=20), True), "not what is still held, not what people carry"


def test_what_the_night_held_is_not_late_when_the_hours_open(town, now):
    morning = timezone.localtime(now).replace(hour=8, minute=4)
    told = {"purpose": "push", "recipient_kind": "enterprise", "recipient": "甲厂", "title": "t", "created": now, "mode": "live"}
    held = Delivery.objects.create(channel="smtp", next_attempt=morning - timedelta(hours=9), **told)
    assert waiting(morning)["到点没有发出的消息"] == (1, morning.replace(minute=0, second=0, microsecond=0), False)
    assert waiting(morning + timedelta(minutes=20))["到点没有发出的消息"][2], "now it is"
    Delivery.objects.filter(pk=held.pk).update(any_hour=True)
    assert waiting(morning)["到点没有发出的消息"] == (1, held.next_attempt, True), "an urgent one could have gone in the night"
    Delivery.objects.filter(pk=held.pk).update(any_hour=False, next_attempt=morning - timedelta(hours=14))
    assert waiting(morning)["到点没有发出的消息"][2], "what could have gone yesterday afternoon"


def test_a_scarce_disk_is_told_and_the_platform_says_that_it_makes_no_backup(town, visit, monkeypatch):
    assert "磁盘剩余不到十分之一" not in text(visit) and "平台自己不做备份" in text(visit)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Disk(1000, 901, 99))
    assert "磁盘剩余不到十分之一" in text(visit)


def test_it_is_for_who_keeps_it_going_and_names_no_unit(town, visit):
    case = town.case(town.cup, timezone.localdate())
    case.warning.version.runs.create(as_of=timezone.localdate(), at=timezone.now(), commit=1, road="snapshot", units=2, digest="d")
    for who in ("admin", "auditor"):
        page = text(visit, who)
        assert "分级预警 第1版" in page and "恒岳杯业" not in page
    assert visit("wangli", "/running/").status_code == 403
