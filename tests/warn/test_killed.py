"""A worker killed by a real SIGKILL at any instant: every message is delivered once, every injury pushed once."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connections

from wushang.warn import tell
from wushang.warn.models import Delivery, InboxItem, Push, StartDay
from wushang.warn.outbox import LEASE, deliver_some
from wushang.warn.pushing import push_commits

pytestmark = pytest.mark.django_db(transaction=True)


def killed_after(seconds: float, work: Callable[[], object]) -> bool:
    """Do the work in a child and kill it after a while; True when it was killed before it ended."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            connections.close_all()
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_no_message_is_lost_or_doubled_by_25_kills(people, now):
    for n in range(40):
        tell.department(now, people.zhanghaiyan.department, purpose="notice", title=f"第{n}条", text="文")
    chance, kills, at = random.Random(3), 0, now
    for _ in range(25):
        kills += killed_after(chance.uniform(0.002, 0.08), lambda at=at: deliver_some(at))
        at += LEASE + timedelta(seconds=1)
    assert kills > 0
    deliver_some(at)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}
    titles = sorted(InboxItem.objects.values_list("title", flat=True))
    assert titles == sorted(f"第{n}条" for n in range(40))


def test_no_injury_is_pushed_twice_or_never_by_25_kills(world, now):
    StartDay.objects.create(name="push", day=date(2026, 3, 1), set_by="李建国", at=now)
    for day in range(1, 13):
        world.injury(date(2026, 3, day))
    chance, kills = random.Random(5), 0
    for _ in range(25):
        kills += killed_after(chance.uniform(0.002, 0.08), lambda: push_commits(now))
    assert kills > 0
    push_commits(now)
    assert Push.objects.count() == 12
    assert Delivery.objects.filter(recipient_kind="township").count() == 12
