"""`wushang work`: beside the round, which may be busy with millions of rows, a lane does what a person waits for."""

import signal
from threading import Event

import pytest

from wushang.web import worker
from wushang.web.management.commands.work import Command
from wushang.web.worker import DUTIES, SLOW, SMALL, Duty


@pytest.mark.django_db(transaction=True)  # the loop looks whether the connection still is one
def test_the_lane_goes_on_while_the_round_is_busy_and_both_stop(monkeypatch):
    command, seen = Command(), Event()

    def busy(_at):
        assert seen.wait(30), "the lane waits for the round"
        command.going = False
        return 1

    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(worker, "DUTIES", (Duty("busy", busy),))
    monkeypatch.setattr(worker, "SMALL", (Duty("lane", lambda _at: seen.set() or 0),))
    command.handle(once=False)


@pytest.mark.django_db(transaction=True)
def test_no_delivery_waits_behind_the_monthly_learning(monkeypatch):
    command, landed, learning, together = Command(), Event(), Event(), []

    def learn(_at):
        learning.set()
        together.append(landed.wait(30))
        return 0

    def land(_at):
        assert learning.wait(30)
        landed.set()
        command.going = False
        return 0

    slow = Duty("learn", learn)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(worker, "SLOW", (slow,))
    monkeypatch.setattr(worker, "DUTIES", (slow, Duty("land", land)))
    monkeypatch.setattr(worker, "SMALL", (Duty("idle", lambda _at: 0),))
    command.handle(once=False)
    assert together == [True], "the round stood still meanwhile"
    assert len(SLOW) == 2 and set(SLOW) < set(DUTIES)


def test_once_does_what_waits_in_the_round_and_stops(monkeypatch):
    left = [1, 1]
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(worker, "DUTIES", (Duty("one", lambda _at: left.pop() if left else 0),))
    Command().handle(once=True)
    assert not left


def test_once_is_stopped_after_the_round_though_more_waits(monkeypatch):
    handlers, done = {}, []
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)

    def stopped(_at):
        handlers[signal.SIGTERM](signal.SIGTERM, None)
        done.append(1)
        return 1 if len(done) < 9 else 0

    monkeypatch.setattr(worker, "DUTIES", (Duty("stopped", stopped),))
    Command().handle(once=True)
    assert done == [1]


def test_pairs_and_linked_reports_are_looked_at_after_landing_and_before_judging():
    names = [duty.name for duty in DUTIES]
    order = ["land deliveries that were confirmed", "propose pairs of units that may be one", "link the departments' reports to injuries",
             "take what linked reports say of injuries", "judge the units that new commits touched"]  # fmt: skip
    assert [name for name in names if name in order] == order and len(SMALL) == 2
