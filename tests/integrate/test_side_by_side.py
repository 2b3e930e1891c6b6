"""Rows of one landing go to PostgreSQL by several connections: all of them arrive, and where one part fails none stays."""

import polars as pl
import pytest
from django.db import connection

from wushang.pool import bulk, landing
from wushang.pool.models import Enterprise, Headcount

pytestmark = pytest.mark.django_db(transaction=True)


def frames(unit: int, parts: int, spoilt: int | None = None):
    for part in range(parts):
        rows = range(part * 40, part * 40 + 40)
        yield pl.DataFrame({
            "source": "s", "sender": "d", "key": [f"2026-03|{n}|" for n in rows], "digest": "x", "period": "2026-03", "row": rows,
            "enterprise_id": unit, "month": ["2026-03-01"] * 40, "insured": 1, "rural": 0, "wages": 0, "due": 0, "paid": 0, "rate": 0,
            "mode": "unit", "industry": "C" * (999 if part == spoilt else 5), "region": "990100001", "found_by": 1,
        }).with_columns(pl.lit(None, pl.Int64).alias("batch"))  # fmt: skip


@pytest.fixture
def begun(people, now):
    return landing.start("landing", "测试", people.wangli.actor, now), Enterprise.objects.create(created=now).pk


def test_every_part_arrives_by_whichever_connection(begun, now, monkeypatch):
    commit, unit = begun
    asked = []
    monkeypatch.setattr(bulk, "_put_beside", lambda *said, put=bulk._put_beside: (asked.append(1), put(*said))[1])
    assert landing.load_frames(commit, Headcount, frames(unit, 9)) == 360
    assert Headcount.objects.filter(recorded=commit).count() == 360
    assert len(asked) == (9 if connection.vendor == "postgresql" else 0)
    landing.publish(commit, now)
    assert Headcount.objects.current().count() == 360


def test_one_part_goes_by_the_connection_that_is_there(begun, monkeypatch):
    monkeypatch.setattr(bulk, "_put_beside", lambda *said: pytest.fail("a connection more for nothing"))
    assert landing.load_frames(begun[0], Headcount, frames(begun[1], 1)) == 40


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite holds longer texts")
def test_where_a_part_fails_nothing_is_under_way_and_all_is_cleared(begun):
    commit, unit = begun
    with pytest.raises(Exception, match="too long"):
        landing.load_frames(commit, Headcount, frames(unit, 9, spoilt=3))
    there = Headcount.objects.filter(recorded=commit).count()
    landing.abandon(commit)
    assert there and not Headcount.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY%%' AND state = 'active'")
        assert cursor.fetchone() == (0,)
