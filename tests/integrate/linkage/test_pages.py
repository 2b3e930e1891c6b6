"""What a clerk decides about a proposal, what a section head sees of reports without a claim, and who sees nothing."""

import importlib.util
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from deliveries import claim
from django.test import Client
from django.utils import timezone

from wushang.integrate import leads, recapture
from wushang.integrate.deeds.check_lead import CheckLead
from wushang.integrate.deeds.decide_link import ConfirmLink, ReleaseLink
from wushang.integrate.linkage import explain, rates
from wushang.integrate.linkage.run import link_waiting
from wushang.integrate.models import LeadCheck, Link
from wushang.integrate.then import today
from wushang.people.models import AuditEntry, User
from wushang.pool.models import Accident, Visit
from wushang.terms.problem import Refused

_spec = importlib.util.spec_from_file_location("linkage_rows", Path(__file__).with_name("conftest.py"))
rows = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rows)

pytestmark = pytest.mark.django_db(transaction=True)
LI = "110105194912310038"
LATER = datetime(2026, 5, 20, 1, 0, tzinfo=UTC)
MAY = today(date(2026, 5, 20))


@pytest.fixture
def enter(people):
    def _enter(username):
        User.objects.update(password_set=timezone.now())
        browser = Client()
        browser.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return _enter


@pytest.fixture
def proposed(cups, tell, now):
    """A visit forty days after the injury: the same person, perhaps another injury."""
    tell(Visit, rows.visit("M1", visited=date(2026, 4, 15), firm=cups))
    link_waiting(now)
    return Link.objects.get()


@pytest.fixture
def unclaimed(cups, tell, now):
    tell(
        Visit, rows.visit("M2", worker="李四光", number=LI, firm=cups, visited=date(2026, 3, 9), part="hand"),
        rows.visit("M3", worker="王五", number="", firm=None, text="某某五金", visited=date(2026, 3, 9)),
        rows.visit("M4", worker="赵六", number="", firm=cups, visited=date(2026, 3, 9), at_work=False),
    )  # fmt: skip
    tell(Accident, rows.accident("A9", cups, date(2026, 3, 2), kind="electric_shock"))
    link_waiting(now)
    return cups


def test_the_waterfall_adds_up_and_speaks_chinese(proposed):
    steps = explain.waterfall(proposed)
    assert sum(step.bits for step in steps) == pytest.approx(proposed.weight, abs=0.5)
    said = {step.words: step.bits for step in steps}
    assert said["证件号码一致"] > 10 and said["姓名一致"] > 5 and said["相差60天以内"] < 0
    assert all(0 <= step.start <= 100 and step.start + step.width <= 100.9 for step in steps)


def test_the_page_shows_both_sides_masked_with_their_reasons(proposed, enter):
    page = enter("wangli").get(f"/integrate/links/{proposed.pk}/").content.decode()
    assert "证件号码一致" in page and "云溪市恒岳杯业有限公司" in page and "张**" in page
    assert "张三丰" not in page and rows.ZHANG not in page
    assert "M1" not in enter("linwai").get("/integrate/links/").content.decode()
    assert enter("linwai").get(f"/integrate/links/{proposed.pk}/").status_code == 404
    assert enter("zhanghaiyan").get("/integrate/links/").status_code == 403


def test_a_confirmed_link_stays_and_can_be_taken_back(proposed, enter, tell, now, people):
    enter("wangli").post(f"/integrate/links/{proposed.pk}/confirm/", {"reason": "电话核实同一次受伤"})
    proposed.refresh_from_db()
    assert (proposed.state, proposed.how) == ("linked", "person")
    with pytest.raises(Refused, match="已经关联"):
        ConfirmLink(people.wangli.actor, now, proposed, "再来").do()
    ReleaseLink(people.wangli.actor, now, proposed, "看错了").do()
    tell(Visit, rows.visit("M9", worker="周八", number="", text=""))
    link_waiting(now)
    proposed.refresh_from_db()
    assert proposed.state == "released", "the platform does not link it again"


def test_without_a_reason_nothing_is_decided(proposed, enter):
    page = enter("wangli").post(f"/integrate/links/{proposed.pk}/refuse/", {"reason": " "}, follow=True).content.decode()
    assert "没有写依据" in page and Link.objects.get().state == "open"


def test_a_refusal_is_listed_and_taken_back(proposed, enter):
    browser = enter("wangli")
    browser.post(f"/integrate/links/{proposed.pk}/refuse/", {"reason": "是另一次受伤"})
    assert "云溪市恒岳杯业有限公司" in browser.get("/integrate/links/?state=refused").content.decode()
    browser.post(f"/integrate/links/{proposed.pk}/release/", {"reason": "记错了，重新核对"})
    assert Link.objects.get().state == "open"


def test_leads_are_reports_at_work_without_a_claim_once_the_time_is_over(unclaimed, people):
    scope = people.lijianguo.actor.scope
    count = {what: leads.open_leads(what, scope, MAY).count() for what in leads.KINDS}
    assert count == {"visit": 2, "disease": 0, "accident": 1}
    assert not leads.open_leads("visit", scope, today(date(2026, 4, 8))).exists(), "the thirtieth day belongs to the unit"
    assert [unit.total for unit in leads.by_unit(scope, MAY)] == [2, 1]


def test_an_accident_stays_a_lead_while_fewer_claimed_than_were_hurt(cups, tell, send, now, people):
    tell(Accident, rows.accident("A1", cups, hour=9, kind="machinery", minor=2))
    link_waiting(now)
    scope = people.lijianguo.actor.scope
    assert [row.claims for row in leads.open_leads("accident", scope, MAY)] == [1]
    send("Report", claim("2号", "b1", LI, date(2026, 3, 6), kind="machinery", hour=9))
    link_waiting(now)
    assert not leads.open_leads("accident", scope, MAY).exists()


def test_a_claim_that_comes_takes_the_lead_away(unclaimed, people, send, now):
    send("Report", claim("2号", "b1", LI, date(2026, 3, 9)))
    link_waiting(now)
    assert leads.open_leads("visit", people.lijianguo.actor.scope, MAY).count() == 1


def test_the_list_asks_for_the_purpose_and_every_look_is_logged(unclaimed, enter):
    browser = enter("lijianguo")
    assert "查看用途" in browser.get("/integrate/leads/").content.decode()
    assert browser.get(f"/integrate/leads/units/{unclaimed}/").status_code == 302
    browser.post("/integrate/leads/purpose/", {"purpose": "verify"})
    page = browser.get("/integrate/leads/").content.decode()
    assert "云溪市恒岳杯业有限公司" in page and "单位没有对上的" in page
    assert "3 条，涉及 1 家，其中 1 条单位没有对上" in page, "no unit is no 家"
    page = browser.get(f"/integrate/leads/units/{unclaimed}/").content.decode()
    assert "李**" in page and "李四光" not in page and LI not in page
    looks = list(AuditEntry.objects.filter(verb="integrate.look").values_list("subject", "detail__purpose"))
    assert looks == [("leads:list", "核实疑似未申报工伤"), (f"enterprise:{unclaimed}", "核实疑似未申报工伤")]


def test_a_plain_name_is_shown_when_asked_for_and_logged_without_its_value(unclaimed, enter):
    browser = enter("lijianguo")
    browser.post("/integrate/leads/purpose/", {"purpose": "verify"})
    row = Visit.objects.get(key="M2")
    assert browser.get(f"/integrate/leads/visit/{row.pk}/plain/").status_code == 405
    assert "李四光" in browser.post(f"/integrate/leads/visit/{row.pk}/plain/").content.decode()
    entry = AuditEntry.objects.filter(verb="integrate.look").latest("pk")
    assert entry.detail["read"] == ["id_number", "worker"] and "李四光" not in str(entry.detail)


@pytest.mark.parametrize("who", ["wangli", "zhanghaiyan", "fangzhiqiang", "shenzhiyuan", "admin", "auditor"])
def test_nobody_else_sees_a_lead(unclaimed, enter, who):
    browser = enter(who)
    assert browser.get("/integrate/leads/").status_code == 403
    assert browser.post(f"/integrate/leads/visit/{Visit.objects.get(key='M2').pk}/plain/").status_code == 403


def test_what_was_found_out_closes_the_lead_and_can_be_undone(unclaimed, enter, people):
    browser = enter("lijianguo")
    browser.post("/integrate/leads/purpose/", {"purpose": "verify"})
    row = Visit.objects.get(key="M2")
    sent = {"finding": "not_work", "reason": "电话核实：周末在家受伤"}
    assert "已记下核实结论" in browser.post(f"/integrate/leads/visit/{row.pk}/check/", sent, follow=True).content.decode()
    scope = people.lijianguo.actor.scope
    assert leads.open_leads("visit", scope, MAY).count() == 1
    with pytest.raises(Refused, match="已经有人核实"):
        CheckLead(people.lijianguo.actor, LATER, "visit", row, "unknown", "再核实一次").do()
    browser.post(f"/integrate/leads/checks/{LeadCheck.objects.get().pk}/undo/", {"reason": "核实有误"})
    assert leads.open_leads("visit", scope, MAY).count() == 2


def test_the_whole_is_estimated_with_the_linkage_error_beside_it(cups, tell, send, now, people):
    """Ten claims, eight visits, six on both: (11 · 9 / 7) − 1 = 13.1."""
    ids = [f"1101051949123{n:04d}" for n in range(10, 30)]
    send("Report", *[claim(f"{n}号", f"b{n}", ids[n], date(2026, 3, 10)) for n in range(2, 11)])
    tell(Visit, *[rows.visit(f"M{n}", number=ids[n], firm=cups, visited=date(2026, 3, 10)) for n in range(2, 8)])
    tell(Visit, *[rows.visit(f"M{n}", worker=f"钱{n}", number=ids[n], firm=None, text="", visited=date(2026, 3, 16)) for n in (15, 16)])
    link_waiting(now)
    found = recapture.estimate(people.lijianguo.actor.scope, MAY, 1.0, 0.9)
    assert (found.claims, found.hospital, found.both) == (10, 8, 6)
    assert found.total.estimate == pytest.approx(13.14, abs=0.01)
    assert found.corrected.estimate < found.total.estimate
    erring = rates.estimated()
    assert erring.links == 6 and 0.95 < erring.precision <= 1 and erring.precision_interval.low > 0.5
