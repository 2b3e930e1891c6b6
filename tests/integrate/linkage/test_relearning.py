"""A changed threshold and a model learnt anew: the effect is told first; what people decided stays."""

import importlib.util
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from deliveries import claim
from django.core.management import CommandError, call_command

from wushang.integrate.deeds.decide_link import RefuseLink
from wushang.integrate.deeds.relearn_links import RelearnLinks
from wushang.integrate.hearing import hear_waiting
from wushang.integrate.linkage import relearning
from wushang.integrate.linkage.run import link_waiting
from wushang.integrate.models import Link, LinkModel, LinkRun
from wushang.people.models import AuditEntry
from wushang.pool.models import Visit
from wushang.terms.problem import Refused

_spec = importlib.util.spec_from_file_location("linkage_rows", Path(__file__).with_name("conftest.py"))
rows = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rows)

pytestmark = pytest.mark.django_db(transaction=True)
LI = "110105194912310038"


@pytest.fixture
def four(cups, tell, send, now):
    """M1 and M2 are linked to their injuries, M3 may be either of them and waits because it is late, M4 is nobody's."""
    send("Report", claim("2号", "b1", LI, date(2026, 3, 9)))
    tell(
        Visit, rows.visit("M1", firm=cups), rows.visit("M2", worker="张三丰", number=LI, firm=cups, visited=date(2026, 3, 9)),
        rows.visit("M3", visited=date(2026, 3, 30), firm=cups), rows.visit("M4", worker="周八", number="", text="别家"),
    )  # fmt: skip
    link_waiting(now)
    assert states() == {"M1": "linked", "M2": "linked", "M3": "open"}


def states():
    return dict(Link.objects.values_list("key", "state"))


def said(*options):
    out = StringIO()
    call_command("link", *options, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_threshold_holds_from_the_next_run_on_whatever_the_model_was_made_with(cups, tell, now, settings):
    tell(Visit, rows.visit("M1", firm=cups))
    link_waiting(now)
    settings.WUSHANG_LINK_ACCEPT = 1.0
    tell(Visit, rows.visit("M5", firm=cups, number=""))
    link_waiting(now)
    assert states() == {"M1": "linked", "M5": "open"} and LinkModel.objects.count() == 1
    assert list(LinkRun.objects.values_list("accept", flat=True)) == [1.0, 0.99]


def test_the_effect_is_told_and_nothing_is_done(four, settings):
    assert said("--learn")["change"] == {"kept": 2, "still_asked": 1}
    settings.WUSHANG_LINK_DAYS_NEAR = 30
    before = list(Link.objects.order_by("pk").values())
    told = said("--learn")
    assert told["change"] == {"kept": 2, "linked": 1} and not told["taken"] and told["looked_at"] == 4
    assert list(Link.objects.order_by("pk").values()) == before and LinkModel.objects.count() == 1


def test_taken_it_changes_what_nobody_decided_and_keeps_each_rows_number(four, settings):
    numbers = set(Link.objects.values_list("pk", "key", "injury"))
    settings.WUSHANG_LINK_DAYS_NEAR = 30
    assert said("--learn", "--take")["taken"]
    assert states() == {"M1": "linked", "M2": "linked", "M3": "linked"}
    assert set(Link.objects.values_list("pk", "key", "injury")) < numbers, "M3 had two proposals: one is linked, one has gone"
    assert set(Link.objects.values_list("model", flat=True)) == {LinkModel.objects.first().pk} and LinkModel.objects.count() == 2
    entry = AuditEntry.objects.get(detail__act="RelearnLinks")
    assert entry.detail["linked"] == 1 and "张三丰" not in str(entry.detail)
    assert said("--learn")["change"] == {"kept": 3}


def test_a_stricter_threshold_gives_links_back_to_people(four, settings):
    settings.WUSHANG_LINK_ACCEPT = 1.1
    assert said("--learn")["change"] == {"taken_back": 2, "still_asked": 1}
    said("--learn", "--take")
    assert states() == {"M1": "open", "M2": "open", "M3": "open"}


def test_an_injury_no_longer_believes_a_report_that_went_back_to_people(four, settings, now):
    while hear_waiting(now):
        link_waiting(now)
    assert set(Link.objects.filter(state="linked").values_list("told", flat=True)) == {True}
    settings.WUSHANG_LINK_ACCEPT = 1.1
    said("--learn", "--take")
    assert hear_waiting(now) == 2 and not Link.objects.filter(told=True).exists()


def test_what_people_decided_is_not_moved(four, settings, now, people):
    Link.objects.filter(key="M1").update(how="person", decided=now, decided_by=people.wangli)
    Link.objects.filter(key="M3").update(state="refused", decided=now, decided_by=people.wangli)
    settings.WUSHANG_LINK_ACCEPT, settings.WUSHANG_LINK_DAYS_NEAR = 1.1, 30
    assert said("--learn", "--take")["change"] == {"taken_back": 1}
    assert states() == {"M1": "linked", "M2": "open", "M3": "refused"}


def test_a_report_that_came_meanwhile_makes_the_plan_stale(four, tell, now, people):
    plan = relearning.plan(now)
    tell(Visit, rows.visit("M9", worker="周八", number="", text=""))
    with pytest.raises(Refused, match="又有新的报送"):
        RelearnLinks(people.system.actor, now, plan).do()


def test_a_decision_of_a_person_makes_the_plan_stale(four, now, people):
    plan, link = relearning.plan(now), Link.objects.filter(key="M3").first()
    RefuseLink(people.wangli.actor, now, link, "不是同一个人").do()
    with pytest.raises(Refused, match="人工核对"):
        RelearnLinks(people.system.actor, now, plan).do()


def test_on_a_cluster_there_is_nothing_to_learn(four, settings):
    settings.WUSHANG_ENGINE = "spark"
    with pytest.raises(CommandError, match="no weights to learn"):
        said("--learn")
    with pytest.raises(CommandError, match="goes with"):
        said("--take")


def test_the_plain_command_links_what_waits(cups, tell):
    tell(Visit, rows.visit("M1", firm=cups))
    assert said() == {"written": 1} and said() == {"written": 0}
