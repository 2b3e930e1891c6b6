"""Leases: short, renewed by work, lapsing soon after a death."""

from datetime import timedelta

import pytest

from wushang.people import lease
from wushang.people.lease import Lost, held, renew, round_of
from wushang.people.models import Lease

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def passes(monkeypatch):
    """passes(minutes=2): that much real time goes by."""
    clock = [1000.0]
    monkeypatch.setattr(lease, "monotonic", lambda: clock[0])

    def go(**length):
        clock[0] += timedelta(**length).total_seconds()

    return go


def test_work_that_goes_on_keeps_its_turn_and_work_that_died_loses_it(now, passes):
    with held("snapshot", now) as mine:
        for minute in range(2, 12, 2):  # ten minutes' work under a lease of three
            passes(minutes=2)
            renew()
            with held("snapshot", now + timedelta(minutes=minute)) as theirs:
                assert mine and not theirs
        with held("snapshot", now + timedelta(minutes=14)) as theirs:  # nothing was heard for four minutes
            assert theirs
            with pytest.raises(Lost):
                mine.renew()


def test_outer_turns_are_renewed_by_the_work_inside(now, passes):
    with held("judge.daily", now), held("snapshot", now):
        passes(minutes=2)
        renew()
        assert set(Lease.objects.values_list("until", flat=True)) == {now + timedelta(minutes=5)}
    renew()  # nothing is held: nothing to do
    assert not Lease.objects.exists()


def test_renewing_often_asks_the_ledger_seldom(now, passes, django_assert_num_queries):
    with held("snapshot", now):
        with django_assert_num_queries(0):
            renew()
        passes(seconds=21)
        with django_assert_num_queries(1):
            renew()
            renew()


def test_a_lease_taken_late_in_a_long_round_is_not_over_before_it_begins(now, passes):
    with round_of(now):
        passes(minutes=10)
        with held("judge", now) as mine:
            assert mine and Lease.objects.get().until == now + timedelta(minutes=13)
    with held("judge", now):
        assert Lease.objects.get().until == now + timedelta(minutes=3)
