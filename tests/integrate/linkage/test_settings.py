"""What a place may change, it changes without touching the code."""

import importlib.util
from datetime import date
from pathlib import Path

import pytest

from wushang.integrate import worth
from wushang.integrate.linkage import rates
from wushang.integrate.linkage.injury import reach
from wushang.integrate.linkage.run import link_waiting
from wushang.integrate.models import Candidate, Link
from wushang.pool.models import Commit, Visit

_spec = importlib.util.spec_from_file_location("linkage_rows", Path(__file__).with_name("conftest.py"))
rows = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rows)


def test_the_days_make_the_levels(settings):
    assert [reach().level(days) for days in (-4, -3, -1, 0, 1, 2, 7, 8, 60, 61)] == [0, 1, 2, 3, 3, 2, 2, 1, 1, 0]
    settings.WUSHANG_LINK_DAYS_BEFORE, settings.WUSHANG_LINK_DAYS_NEAR, settings.WUSHANG_LINK_DAYS_AFTER = 5, 3, 90
    assert [reach().level(days) for days in (-6, -5, 3, 4, 90, 91)] == [0, 1, 2, 1, 1, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("after", "proposed"), [(60, 0), (90, 1)])
def test_a_visit_seventy_days_later_is_compared_where_the_place_says_so(cups, tell, now, settings, after, proposed):
    settings.WUSHANG_LINK_DAYS_AFTER = after
    tell(Visit, rows.visit("M1", visited=date(2026, 5, 15), firm=cups))
    link_waiting(now)
    assert Link.objects.filter(state="open").count() == proposed


@pytest.mark.django_db(transaction=True)
def test_so_many_decisions_of_people_are_shown_as_the_place_says(cups, tell, now, people, settings):
    tell(Visit, rows.visit("M1", visited=date(2026, 4, 15), firm=cups))
    link_waiting(now)
    Link.objects.update(state="linked", how="person", decided=now, decided_by=people.wangli)
    assert not rates.estimated().sampled
    settings.WUSHANG_LINK_SAMPLE = 1
    assert rates.estimated().sampled and rates.estimated().sure <= 0.999


@pytest.mark.django_db(transaction=True)
def test_what_a_pair_is_worth_goes_by_the_places_weights(cups, send, now, settings):
    other = worth.InjuryVersion.objects.current().get()
    twin = type(other.employer).objects.create(created=now)
    pair = Candidate.objects.create(left_id=cups, right=twin, reason="名称相近", likeness=0.9, commit=Commit.objects.get(number=1))
    worth.reckon(date(2026, 3, 20))
    pair.refresh_from_db()
    assert pair.worth == 20, "one injury of the year, nobody insured"
    settings.WUSHANG_WORTH_INJURY = 35
    worth.reckon(date(2026, 3, 20))
    pair.refresh_from_db()
    assert pair.worth == 35
