"""疑似未申报 as known on an earlier day: links, releases and findings of later days do not count."""

import importlib.util
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from deliveries import claim
from django.test import Client
from django.utils import timezone

from wushang.integrate import leads, recapture
from wushang.integrate.deeds.check_lead import CheckLead, UndoCheck
from wushang.integrate.deeds.decide_link import ConfirmLink, ReleaseLink
from wushang.integrate.linkage.run import link_waiting
from wushang.integrate.models import Link
from wushang.integrate.then import then
from wushang.integrate.undo import undo
from wushang.people.models import AuditEntry, User
from wushang.pool.known import at_commit
from wushang.pool.models import Commit, Visit
from wushang.pool.models.clock import latest

_spec = importlib.util.spec_from_file_location("linkage_rows", Path(__file__).with_name("conftest.py"))
rows = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rows)

pytestmark = pytest.mark.django_db(transaction=True)
LI, WU = "110105194912310038", "110105194912310046"
LATER, LAST = datetime(2026, 5, 20, 1, 0, tzinfo=UTC), datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
DAY = date(2026, 1, 9)


@pytest.fixture
def unclaimed(cups, tell, now):
    """A visit of January that no claim is known of; returns the version of the data in which it is a lead."""
    tell(Visit, rows.visit("M2", worker="李四光", number=LI, firm=cups, visited=DAY))
    link_waiting(now)
    return latest()


@pytest.fixture
def count(people):
    def _count(number=None):
        """Leads now, or as known at a version."""
        known = at_commit(latest() if number is None else number)
        return leads.open_leads("visit", people.lijianguo.actor.scope, then(known, date(2026, 6, 1))).count()

    return _count


@pytest.fixture
def more(tell, now):
    """One more commit that has nothing to do with it."""
    return lambda: tell(Visit, rows.visit(f"N{latest()}", worker="周八", number="", text="", at_work=False))


def test_a_claim_that_came_later_takes_nothing_from_what_was_known_before(unclaimed, count, send, now):
    assert count() == 1
    send("Report", claim("2号", "b1", LI, DAY))
    link_waiting(now)
    assert (count(), count(unclaimed)) == (0, 1)


def test_a_link_taken_back_by_a_person_stood_until_then(unclaimed, count, send, now, people, more):
    send("Report", claim("2号", "b1", LI, DAY))
    link_waiting(now)
    linked = latest()
    more()
    ReleaseLink(people.wangli.actor, LATER, Link.objects.get(state="linked"), "看错了").do()
    more()
    assert (count(unclaimed), count(linked), count()) == (1, 0, 1)


def test_a_link_taken_back_with_its_claim_stood_until_then(unclaimed, count, send, now, people):
    commit, _outcome = send("Report", claim("2号", "b1", LI, DAY))
    link_waiting(now)
    linked = latest()
    undo(Commit.objects.get(pk=commit.pk), "withdrawal", "撤回", people.wangli.actor, now)
    link_waiting(now)
    assert (count(unclaimed), count(linked), count()) == (1, 0, 1)


def test_a_proposal_confirmed_later_was_a_lead_until_then(cups, tell, count, now, people, more):
    tell(Visit, rows.visit("M1", visited=date(2026, 4, 15), firm=cups))
    link_waiting(now)
    proposed = latest()
    Commit.objects.filter(number=proposed).update(published=LATER)
    more()
    Commit.objects.filter(number=latest()).update(published=LATER)
    ConfirmLink(people.wangli.actor, LAST, Link.objects.get(), "同一次受伤").do()
    assert (count(proposed), count()) == (1, 0)


def test_a_finding_counts_from_its_hour_until_it_was_undone(unclaimed, count, people, more):
    row, until = Visit.objects.get(key="M2"), lambda at: more() and Commit.objects.filter(number=latest()).update(published=at)
    until(datetime(2026, 5, 1, tzinfo=UTC))  # until when the version of the visit was the newest
    second = latest()
    found = CheckLead(people.lijianguo.actor, LATER, "visit", row, "not_work", "电话核实").do()
    until(LAST)
    UndoCheck(people.lijianguo.actor, datetime(2026, 7, 1, tzinfo=UTC), found, row, "核实有误").do()
    assert (count(unclaimed), count(second), count()) == (1, 0, 1)


def test_the_estimate_is_of_the_same_version(unclaimed, send, now, people):
    send("Report", claim("2号", "b1", LI, DAY), claim("3号", "c1", WU, DAY))
    link_waiting(now)
    scope = people.lijianguo.actor.scope
    before = recapture.estimate(scope, then(at_commit(unclaimed), date(2026, 6, 1)), 1.0, 0.9)
    after = recapture.estimate(scope, then(at_commit(latest()), date(2026, 6, 1)), 1.0, 0.9)
    assert before is None, "in January's twelve months no claim was known then"
    assert (after.claims, after.hospital, after.both) == (3, 1, 1)


def test_the_page_shows_it_without_acts_and_the_log_says_which_version(unclaimed, send, now, cups):
    send("Report", claim("2号", "b1", LI, DAY))
    link_waiting(now)
    User.objects.update(password_set=timezone.now())
    browser = Client()
    browser.force_login(User.objects.get(username="lijianguo"), backend="django.contrib.auth.backends.ModelBackend")
    browser.post("/integrate/leads/purpose/", {"purpose": "verify"})
    assert "没有疑似未申报的" in browser.get("/integrate/leads/").content.decode()
    page = browser.get(f"/integrate/leads/?known={unclaimed}").content.decode()
    assert "不是现在的数" in page and f"/integrate/leads/units/{cups}/?known={unclaimed}" in page
    unit = browser.get(f"/integrate/leads/units/{cups}/?known={unclaimed}").content.decode()
    assert "李**" in unit and "看姓名电话" not in unit and "记下核实结论" not in unit
    assert [one.detail.get("known") for one in AuditEntry.objects.filter(verb="integrate.look").order_by("pk")] == [None, unclaimed, unclaimed]


def test_beside_the_leads_stands_how_many_may_be_claimed_already(cups, tell, now, people):
    tell(Visit, rows.visit("M1", visited=date(2026, 4, 15), firm=cups))
    tell(Visit, rows.visit("M2", worker="李四光", number=LI, firm=cups, visited=DAY))
    link_waiting(now)
    (unit,) = leads.by_unit(people.lijianguo.actor.scope, then(at_commit(latest()), date(2026, 6, 1)))
    assert (unit.total, unit.maybe) == (2, 1) and unit.expected == pytest.approx(Link.objects.get().probability)
