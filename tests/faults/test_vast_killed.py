"""A vast landing goes to PostgreSQL by several connections. Its process is killed by SIGKILL at every stage: nothing of it is
seen, the next worker lands it, and every row is there exactly once."""

from __future__ import annotations

import time
from importlib import import_module

import pytest
from django.db import connection
from faults.dead import time_passes

from wushang.collect.deeds.check_batch import check_waiting
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.models import Batch
from wushang.integrate.waiting import land_waiting
from wushang.people.models import Department
from wushang.pool import landing
from wushang.pool.models import Commit, Headcount

separated = import_module("wushang.collect.reading.separated")
pytestmark = pytest.mark.django_db(transaction=True)
UNITS = 240
# where it dies: the function, which call of it, and whether when it is done
PLACES = [
    ("wushang.pool.landing:load_frames", 0, False),  # the commit has begun, no row is there
    ("psycopg:Copy.write", 0, False),  # the first COPY is open
    ("psycopg:Copy.write", 2, True),  # the rows of a part are sent, not yet ended; another part is under way
    ("wushang.pool.bulk:put", 1, True),  # a part is committed by one connection
    ("wushang.pool.landing:_stay_alive", 2, False),  # three parts are taken by the server
    ("wushang.pool.landing:claim", 1, True),  # some rows of before are claimed
    ("wushang.pool.landing:load_frames", 0, True),  # all parts are there, nothing is published
    ("wushang.pool.landing:publish", 0, True),  # numbered in a transaction that has not ended
    ("wushang.integrate.land:_land_once", 0, True),  # published; the turn is not given back
]


@pytest.fixture(autouse=True)
def _a_server():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes the rows of a landing by one connection (WUSHANG_TEST_DATABASE=postgres)")


def confirmed(people, now, insured: int) -> Batch:
    """The month's file, in which every unit has so many people."""
    lines = [f"202603,{n:05},恒岳杯业第{n}分公司,{insured}" for n in range(UNITS)]
    text = "\n".join(["所属期,单位编号,单位名称,参保人数", *lines]).encode()
    sender = Department.objects.get(code="990100-agency")
    batch = ReceiveFile(people.wangli.actor, now, text, f"参保{insured}.csv", sender, "insurance_monthly").do()
    check_waiting(now)
    return ConfirmBatch(people.wangli.actor, now, Batch.objects.get(pk=batch.pk)).do()


def known() -> dict[int, int]:
    """How many units have how many people, as everybody sees it."""
    heads = list(Headcount.objects.current().values_list("insured", flat=True))
    return {n: heads.count(n) for n in set(heads)}


def the_server_notices() -> None:
    """It ends the connections of a process that is no more."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)


def test_killed_at_every_stage_every_row_lands_once(warm, people, now, monkeypatch, tmp_path, settings):
    home = tmp_path / "home"
    home.mkdir()
    settings.WUSHANG_HOME, settings.WUSHANG_FILES, settings.WUSHANG_SNAPSHOT = home, home / "files", home / "snapshot"
    monkeypatch.setattr(separated, "SLAB", 1_500)  # a file of some ten parts
    confirmed(people, now, 1)
    land_waiting(now)
    for turn, (place, call, after) in enumerate(PLACES, 2):
        batch = confirmed(people, now, turn)
        said = warm.run(do="faults.vast:die", home=home, at=now.isoformat(), place=place, call=call, after=after)
        assert said == {"signal": 9, "failed": ""}, (place, said)
        the_server_notices()
        seen = turn if place.endswith("_land_once") else turn - 1
        assert known() == {seen: UNITS}, place
        time_passes()
        landing.clear_dead(now)
        land_waiting(now)
        batch.refresh_from_db()
        assert (batch.state, known()) == ("landed", {turn: UNITS}), place
        assert Headcount.objects.count() == UNITS * turn, place
        assert list(Commit.objects.order_by("pk").values_list("number", flat=True)) == list(range(1, turn + 1)), place
