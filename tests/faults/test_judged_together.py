"""Judging while others judge or publish: the newest facts have the last word, and nothing is found twice or passed over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from judge.conftest import PACK
from judge.town import REGION, Town

from wushang.judge.judging import judge
from wushang.judge.models import Finding, Run
from wushang.judge.recording import record
from wushang.judge.run import judge_commits, regional
from wushang.people.lease import held
from wushang.pool import snapshot
from wushang.pool.models import InjuryVersion
from wushang.web.worker import judge_daily

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(people, now) -> Town:
    return Town(people, now)


def outcomes(unit: int) -> list[str]:
    return list(Finding.objects.filter(enterprise=unit).order_by("pk").values_list("outcome", flat=True))


def test_nobody_is_judged_on_a_snapshot_that_lies_behind(town, now):
    """A builder died: its lease still holds. The daily run waits instead of judging by old facts."""
    town.adopt(PACK, date(2026, 1, 1))
    snapshot.build(now)
    town.injure(date(2026, 3, 2), date(2026, 3, 3))
    judge_commits(now)
    assert outcomes(town.cup) == ["orange"]
    with held("snapshot", now, seconds=1800):
        assert judge_daily(now) == 0
    assert outcomes(town.cup) == ["orange"]
    assert judge_daily(now) == 1
    assert outcomes(town.cup) == ["orange"]


def test_a_slow_daily_run_does_not_take_back_what_newer_facts_have_shown(town, now):
    version = town.adopt(PACK, date(2026, 1, 1))
    town.injure(date(2026, 3, 2), date(2026, 3, 3), at=town.door)
    snapshot.build(now)
    pool = regional(REGION)
    slow = judge(version.pack, pool, date(2026, 3, 20), REGION)
    town.injure(date(2026, 3, 2), date(2026, 3, 3))
    judge_commits(now)
    late = record(version, slow, pool, now, "snapshot")
    assert outcomes(town.cup) == ["orange"], "the slow run knew nothing of the cup works' accidents"
    assert outcomes(town.door) == ["orange"] and late.commit < Run.objects.exclude(pk=late.pk).latest("pk").commit


def test_a_correction_judged_meanwhile_is_not_undone(town, now):
    version = town.adopt(PACK, date(2026, 1, 1))
    first, _ = town.injure(date(2026, 3, 2), date(2026, 3, 3))
    snapshot.build(now)
    pool = regional(REGION)
    slow = judge(version.pack, pool, date(2026, 3, 20), REGION)
    town.correct(first, status="refused")
    judge_commits(now)
    told = outcomes(town.cup)
    record(version, slow, pool, now, "snapshot")
    assert outcomes(town.cup) == told
    assert InjuryVersion.objects.current().filter(status="refused").count() == 1


def test_everybody_is_judged_once_a_day_though_the_clock_was_set_back(town, now):
    """A run kept for a later day forbids keeping today's: the worker does not turn in circles over it."""
    from wushang.judge.run import run

    version = town.adopt(PACK, date(2026, 1, 1))
    snapshot.build(now)
    run(version, date(2026, 3, 25), now + timedelta(days=5))
    assert judge_daily(now) == 0
    assert judge_daily(now + timedelta(days=6)) == 1
