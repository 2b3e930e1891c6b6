"""Days apart are looked at apart: a correction of an old year does not open the years between."""

import importlib.util
from datetime import date, timedelta
from pathlib import Path

import pytest
from deliveries import claim

from wushang.integrate.linkage import accidents
from wushang.integrate.linkage.run import handled, link_waiting
from wushang.integrate.linkage.windows import AT_MOST, around
from wushang.integrate.models import Link
from wushang.people import crypto
from wushang.pool.models import Accident, Visit
from wushang.pool.models.clock import latest

_spec = importlib.util.spec_from_file_location("linkage_rows", Path(__file__).with_name("conftest.py"))
rows = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rows)

LI, WU = "110105194912310038", "110105194912310046"


def test_stretches_that_touch_are_one_and_days_apart_stay_apart():
    days = [date(2026, 3, 6), date(2026, 3, 20), date(2023, 5, 1)]
    assert around(days, 3, 10) == [(date(2023, 4, 28), date(2023, 5, 11)), (date(2026, 3, 3), date(2026, 3, 30))]
    assert around([], 3, 10) == []


def test_very_many_days_make_few_questions_and_lose_none():
    days = [date(2000, 1, 1) + timedelta(10 * n) for n in range(1000)]
    found = around(days, 1, 1)
    assert len(found) == AT_MOST
    assert all(any(first < day < last for first, last in found) for day in days)


@pytest.fixture
def opened(monkeypatch):
    """How many sealed values were opened since the last question."""
    counted, really = [], crypto.decrypt

    def count(sealed):
        counted.append(sealed)
        return really(sealed)

    monkeypatch.setattr(crypto, "decrypt", count)

    def since_last():
        n = len(counted)
        counted.clear()
        return n

    return since_last


def _year(n, start=date(2024, 1, 10)):
    """Injuries and visits of others, three weeks apart, between the two that change."""
    return [start + timedelta(21 * k) for k in range(n)]


@pytest.mark.django_db(transaction=True)
def test_a_correction_of_2023_beside_one_of_today_opens_only_what_lies_near_the_two(cups, tell, send, now, opened):
    old, middle = claim("旧号", "b1", LI, date(2023, 5, 1)), _year(20)
    send("Report", old, *[claim(f"中{n}号", f"m{n}", "", day) for n, day in enumerate(middle)])
    tell(Visit, *[rows.visit(f"Z{n}", worker="某某", number="", text="别家", visited=day) for n, day in enumerate(middle)])
    tell(Visit, rows.visit("M1", worker="李四光", number=LI, firm=cups, visited=date(2023, 6, 20), text="别家"))
    link_waiting(now)
    opened()
    send("Report", claim("旧号", "b2", LI, date(2023, 5, 1), part="右手"), claim("1号", "a2", kind="machinery", hour=9))
    opened()
    link_waiting(now)
    assert opened() == 2, "the visit of June 2023 and the injury of May 2023; of 20 visits and injuries between, none"


@pytest.mark.django_db(transaction=True)
def test_reports_that_are_linked_are_not_opened_again(cups, tell, send, now, opened):
    tell(Visit, rows.visit("M1", firm=cups), rows.visit("M2", worker="李四光", number=LI, firm=cups))
    link_waiting(now)
    assert Link.objects.get(state="linked").key == "M1"
    send("Report", claim("2号", "b1", WU, date(2026, 3, 6)))
    opened()
    link_waiting(now)
    assert opened() == 3, "the visit that waits and the two injuries of its days; the linked one stays closed"


@pytest.mark.django_db(transaction=True)
def test_accidents_between_two_changed_days_are_not_asked_again(cups, tell, send, now):
    tell(Accident, rows.accident("A1", cups, date(2024, 7, 1)), rows.accident("A2", cups, date(2023, 5, 2)))
    link_waiting(now)
    since = handled()
    send("Report", claim("旧号", "b1", LI, date(2023, 5, 1)), claim("2号", "b2", WU, date(2026, 3, 10)))
    assert latest() > since and [row.key for row in accidents._asked(since)] == ["A2"]
