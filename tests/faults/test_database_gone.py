"""The database gone in the middle (PostgreSQL ends our connection): the next round meets it with a new one, and every row is
there exactly once."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from importlib import import_module

import psycopg
import pytest
from crash import statements_of
from django.db import close_old_connections, connection
from faults.dead import time_passes

from wushang.collect.deeds.check_batch import check_waiting
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.models import Batch, QuarantinedRow
from wushang.integrate.waiting import land_waiting
from wushang.people.models import Department
from wushang.pool import bulk, landing
from wushang.pool.models import Commit, Headcount, Report
from wushang.web.worker import Duty, one_round

separated = import_module("wushang.collect.reading.separated")
pytestmark = pytest.mark.django_db(transaction=True)
CLAIMS = "受理编号,单位名称,统一社会信用代码,姓名,证件号码,事故时间,申请日期"
PLACES = 8


@pytest.fixture(autouse=True)
def _a_server():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection that could be lost (WUSHANG_TEST_DATABASE=postgres)")


@contextmanager
def gone_at(statement: int):
    """The server ends our connection before that statement."""
    left = statement

    def execute(run, sql, params, many, context):
        nonlocal left
        left -= 1
        if left == -1:
            end(connection.connection.info.backend_pid)
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def end(backend: int) -> None:
    """The server ends a connection."""
    said = connection.settings_dict
    with psycopg.connect(
        dbname=said["NAME"], user=said["USER"], password=said["PASSWORD"], host=said["HOST"], port=said["PORT"] or None
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [backend])


def work(now) -> None:
    one_round(now, (Duty("check", check_waiting), Duty("land", land_waiting)))


def delivered(people, now, piece: int, confirm: bool) -> None:
    lines = [CLAIMS, f"好{piece}号,甲公司,,张三,,2026-03-05,2026-03-09", f"坏{piece}号,乙公司,,李四,,2026-13-02,2026-03-09"]
    sender = Department.objects.get(code="990100-hrss")
    batch = ReceiveFile(people.wangli.actor, now, "\n".join(lines).encode(), f"{piece}.csv", sender).do()
    if confirm:
        check_waiting(now)
        ConfirmBatch(people.wangli.actor, now, Batch.objects.get(pk=batch.pk)).do()


def recovered(now) -> None:
    close_old_connections()
    time_passes()
    landing.clear_dead(now)
    work(now)
    work(now)


def whole(pieces: int, state: str) -> None:
    assert set(Batch.objects.values_list("state", "rows", "taken")) == {(state, 2, 1)}
    assert QuarantinedRow.objects.count() == pieces


def test_a_file_is_checked_once_although_the_database_went_away(people, now):
    delivered(people, now, 0, confirm=False)
    total = statements_of(lambda: work(now))
    for piece in range(1, PLACES + 1):
        delivered(people, now, piece, confirm=False)
        with gone_at(piece * total // (PLACES + 1)):
            work(now)
        recovered(now)
        whole(piece + 1, "checked")


def test_a_delivery_lands_once_although_the_database_went_away(people, now):
    delivered(people, now, 0, confirm=True)
    total = statements_of(lambda: work(now))
    for piece in range(1, PLACES + 1):
        delivered(people, now, piece, confirm=True)
        with gone_at(piece * total // (PLACES + 1)):
            work(now)
        recovered(now)
        whole(piece + 1, "landed")
        assert sorted(Report.objects.current().values_list("key", flat=True)) == [f"好{n}号" for n in range(piece + 1)]
        numbers = list(Commit.objects.exclude(number=None).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, piece + 2))


@pytest.mark.parametrize("part", [1, 4])
def test_a_vast_delivery_lands_once_although_one_of_its_connections_went_away(people, now, monkeypatch, part):
    """Its parts go to the server side by side; one of these connections ends in the middle of a COPY."""
    monkeypatch.setattr(separated, "SLAB", 2_000)
    lines = [f"202603,{n:05},恒岳杯业第{n}分公司,{n % 90 + 1}" for n in range(400)]
    text = "\n".join(["所属期,单位编号,单位名称,参保人数", *lines]).encode()
    ReceiveFile(people.wangli.actor, now, text, "参保.csv", Department.objects.get(code="990100-agency"), "insurance_monthly").do()
    check_waiting(now)
    ConfirmBatch(people.wangli.actor, now, Batch.objects.get()).do()
    asked, put = [], bulk._copy_frame

    def copy(model, frame) -> None:
        asked.append(threading.get_ident())
        if len(asked) == part:
            end(connection.connection.info.backend_pid)
        put(model, frame)

    monkeypatch.setattr(bulk, "_copy_frame", copy)
    work(now)
    assert len(asked) >= part and threading.get_ident() not in asked and Batch.objects.get().state == "confirmed"
    recovered(now)
    assert Batch.objects.get().state == "landed"
    assert sorted(Headcount.objects.values_list("key", flat=True)) == [f"2026-03|{n:05}|" for n in range(400)]
