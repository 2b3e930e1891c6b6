from datetime import date, timedelta

import polars as pl
import pytest
from django.db import IntegrityError

from wushang.pool import landing
from wushang.pool.models import Commit, DiseaseHazard, Enterprise, Headcount
from wushang.pool.models.clock import latest

pytestmark = pytest.mark.django_db(transaction=True)


def row(enterprise, month=1, insured=50, key=None):
    return {
        "source": "insurance_monthly", "sender": "990100-agency", "key": key or f"2026-{month:02}|{enterprise.pk}",
        "digest": f"d{insured}", "enterprise_id": enterprise.pk, "month": date(2026, month, 1), "insured": insured,
    }  # fmt: skip


@pytest.fixture
def cup(now):
    return Enterprise.objects.create(created=now)


def land(people, at, rows, replaced=()):
    commit = landing.start("landing", "参保缴费", people.system.actor, at)
    landing.load(commit, Headcount, rows)
    landing.claim(commit, Headcount, [r.pk for r in replaced])
    return landing.publish(commit, at)


def test_rows_are_invisible_until_their_commit_is_numbered(people, now, cup):
    commit = landing.start("landing", "参保缴费", people.system.actor, now)
    landing.load(commit, Headcount, [row(cup)])
    assert not Headcount.objects.current().exists()
    assert landing.publish(commit, now) == 1
    assert Headcount.objects.current().get().insured == 50


def test_numbers_have_no_gap_though_a_landing_was_given_up(people, now, cup):
    assert land(people, now, [row(cup, 1)]) == 1
    given_up = landing.start("landing", "坏文件", people.system.actor, now)
    landing.load(given_up, Headcount, [row(cup, 2)])
    landing.abandon(given_up)
    assert land(people, now, [row(cup, 3)]) == 2
    assert list(Headcount.objects.values_list("month__month", flat=True).order_by("month")) == [1, 3]


def test_what_was_known_on_an_earlier_day_can_still_be_asked(people, now, cup):
    land(people, now, [row(cup, insured=50)])
    first = Headcount.objects.current().get()
    land(people, now, [row(cup, insured=58)], replaced=[first])
    assert Headcount.objects.as_of(1).get().insured == 50
    assert Headcount.objects.as_of(2).get().insured == 58
    assert not Headcount.objects.as_of(0).exists()


def test_a_claimed_row_stays_current_until_the_claimer_is_numbered(people, now, cup):
    land(people, now, [row(cup, insured=50)])
    first = Headcount.objects.get()
    commit = landing.start("landing", "参保缴费", people.system.actor, now)
    landing.load(commit, Headcount, [row(cup, insured=58)])
    landing.claim(commit, Headcount, [first.pk])
    assert Headcount.objects.current().get().insured == 50
    landing.publish(commit, now)
    assert Headcount.objects.current().get().insured == 58


def test_the_second_claimer_of_a_row_must_compare_anew(people, now, cup):
    land(people, now, [row(cup)])
    first = Headcount.objects.get()
    one = landing.start("landing", "甲", people.system.actor, now)
    two = landing.start("landing", "乙", people.system.actor, now)
    landing.claim(one, Headcount, [first.pk])
    with pytest.raises(landing.Overtaken, match="请重新比对"):
        landing.claim(two, Headcount, [first.pk])


def test_two_landings_cannot_both_add_the_same_key(people, now, cup):
    one = landing.start("landing", "甲", people.system.actor, now)
    two = landing.start("landing", "乙", people.system.actor, now)
    for commit in (one, two):
        landing.load(commit, Headcount, [row(cup)])
    landing.publish(one, now)
    with pytest.raises(landing.Overtaken):
        landing.publish(two, now)
    assert latest() == 1


def test_a_key_standing_twice_in_one_landing_is_refused(people, now, cup):
    commit = landing.start("landing", "甲", people.system.actor, now)
    landing.load(commit, Headcount, [row(cup), row(cup, insured=60)])
    with pytest.raises(landing.Overtaken, match="twice"):
        landing.publish(commit, now)


def test_the_rows_and_claims_of_a_dead_landing_are_cleared(people, now, cup):
    land(people, now, [row(cup)])
    first = Headcount.objects.get()
    dead = landing.start("landing", "死", people.system.actor, now)
    landing.load(dead, Headcount, [row(cup, 2)])
    landing.claim(dead, Headcount, [first.pk])
    assert landing.clear_dead(now + timedelta(minutes=1)) == 0
    assert landing.clear_dead(now + timedelta(hours=1)) == 1
    first.refresh_from_db()
    assert (first.superseded, Headcount.objects.count(), Commit.objects.count()) == (None, 1, 1)


def test_a_landing_that_was_cleared_cannot_publish(people, now, cup):
    slow = landing.start("landing", "慢", people.system.actor, now)
    landing.load(slow, Headcount, [row(cup)])
    landing.clear_dead(now + timedelta(hours=1))
    with pytest.raises((landing.Overtaken, IntegrityError)):
        landing.load(slow, Headcount, [row(cup, 2)])
        landing.publish(slow, now)
    assert latest() == 0


def test_a_renewed_lease_keeps_a_long_landing_alive(people, now, cup):
    slow = landing.start("landing", "慢", people.system.actor, now)
    landing.renew(slow, now + timedelta(hours=1))
    assert landing.clear_dead(now + timedelta(hours=1, minutes=1)) == 0


def test_bulk_insert_keeps_awkward_texts_whole(people, now, cup):
    odd = 'a\tb\\c\nd"e\'f\r,，㙍 𠮷 NULL \\N'
    commit = landing.start("landing", "怪", people.system.actor, now)
    hazard = {"source": "s", "sender": "d", "key": "k", "digest": "x", "enterprise_id": cup.pk, "kind": "检测超标",
              "factor": odd, "opened": date(2026, 1, 2), "closed": None}  # fmt: skip
    landing.load(commit, DiseaseHazard, [hazard])
    landing.publish(commit, now)
    kept = DiseaseHazard.objects.current().get()
    assert (kept.factor, kept.opened, kept.closed) == (odd, date(2026, 1, 2), None)


def test_millions_of_rows_go_in_as_frames_with_their_nulls_and_empty_texts(people, now, cup):
    frame = pl.DataFrame([row(cup, month, key=f'钥"匙,{month}\t') for month in (1, 2)]).with_columns(
        batch=pl.lit(None, pl.Int64), row=pl.lit(7), period=pl.lit(""), wages=pl.Series([None, 31240000]),
        mode=pl.lit("unit"), region=pl.lit(""), industry=pl.lit("C3382"),
    )  # fmt: skip
    commit = landing.start("landing", "参保缴费", people.system.actor, now)
    assert landing.load_frames(commit, Headcount, [frame, frame.clear()]) == 2
    assert not Headcount.objects.current().exists()
    landing.publish(commit, now)
    one, two = Headcount.objects.current().order_by("month")
    assert (one.key, one.month, one.wages, one.batch, one.period, one.row) == ('钥"匙,1\t', date(2026, 1, 1), None, None, "", 7)
    assert (two.wages, two.region, two.industry, two.enterprise_id) == (31240000, "", "C3382", cup.pk)


def test_a_landing_that_compared_its_keys_meets_only_what_came_since(people, now, cup):
    slow = landing.start("landing", "甲", people.system.actor, now)
    landing.load(slow, Headcount, [row(cup)])
    seen = latest()
    land(people, now, [row(cup, 2)])
    landing.publish(slow, now, compared=seen)
    slower = landing.start("landing", "乙", people.system.actor, now)
    landing.load(slower, Headcount, [row(cup, 3)])
    seen = latest()
    land(people, now, [row(cup, 3)])
    with pytest.raises(landing.Overtaken):
        landing.publish(slower, now, compared=seen)


def test_a_commit_of_several_parts_is_given_up_whole(people, now, cup, monkeypatch):
    monkeypatch.setattr(landing, "CHUNK", 2)
    land(people, now, [row(cup, month) for month in (1, 2, 3)])
    commit = landing.start("landing", "坏文件", people.system.actor, now)
    landing.claim(commit, Headcount, Headcount.objects.values_list("pk", flat=True))
    landing.load(commit, Headcount, [row(cup, month) for month in (4, 5, 6, 7, 8)])
    landing.abandon(commit)
    assert Headcount.objects.filter(superseded=None).count() == Headcount.objects.count() == 3
