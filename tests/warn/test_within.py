"""The letter and the case's clock say the same 期限: both are read from the rule, and both count from the receipt."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from wushang.people.models import Region
from wushang.rectify import clocks
from wushang.rectify.duties import duties
from wushang.rectify.policy import rules_of
from wushang.rectify.work import follow_warnings, open_now
from wushang.terms.deadline import Length
from wushang.warn import papers, within
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.issue import Issue
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.deeds.register_delivery import RegisterDelivery
from wushang.warn.deeds.review import Review
from wushang.warn.deeds.sign import Sign
from wushang.warn.deeds.submit_for_review import SubmitForReview
from wushang.warn.models import Warning

pytestmark = pytest.mark.django_db


def text(warning) -> str:
    return papers.piece(warning.letter).text()


def opened(world, people, now, level: str, accidents: int):
    for n in range(accidents):
        world.injury(date(2026, 3, 6) + timedelta(days=n), region="990100001")
    return DraftWarning(people.system.actor, now, world.finding(level)).do()


def signed_late(people, now: datetime, warning) -> None:
    """Drafted on 20 March, signed and handed over only on 10 June."""
    late = now + timedelta(days=82)
    clerk, contact = people.wangli.actor, {"contact": "王丽", "contact_phone": "0999-6123456"}
    more = {"problems": ["无防护"]} if warning.letter.kind == "circular" else {}
    EditLetter(clerk, late, warning, warning.letter, contact | more).do()
    SubmitForReview(clerk, late, warning).do()
    Review(people.lijianguo.actor, late, warning).do()
    Sign(people.zhoumin.actor, late, warning).do()
    NumberLetter(clerk, late, warning, warning.letter, typed="云人社预〔2026〕9号").do()
    Issue(clerk, late, warning).do()
    RegisterDelivery(clerk, late, warning, "mail", date(2026, 6, 10), tracking="EMS1").do()


def test_an_advice_letter_signed_months_later_asks_for_what_the_case_then_counts(world, people, now):
    warning = opened(world, people, now, "orange", 2)
    signed_late(people, now, warning)
    said = text(warning)
    assert "请自收到本建议书之日起30日内上传整改情况报告" in said and "2026年4月" not in said
    case = open_now(warning, now + timedelta(days=82))
    assert case.report_due == date(2026, 7, 10)  # 10 June and 30 days, a Friday


def test_the_circular_names_the_plan_and_the_report_that_the_case_asks_for(world, people, now):
    warning = opened(world, people, now, "red", 3)
    assert "自收到本通报之日起10个工作日内制定整改方案" in text(warning)
    assert "上述单位自收到本通报之日起30日内上传整改情况报告" in text(warning)
    signed_late(people, now, warning)
    assert open_now(warning, now + timedelta(days=82)).report_due == date(2026, 7, 10)


def test_a_yellow_letter_leaves_day_and_place_of_the_talk_to_the_appointment(drafted):
    said = text(drafted)
    assert "由主要负责人自签收之日起10个工作日内参加“一对一”警示约谈，具体时间、地点另行通知" in said
    assert Length.parse(clocks.clock_of(rules_of(drafted), "interview").length).zh == "10个工作日"


def changed(world, old: str, new: str) -> None:
    """The place enters another rule text, as an adoption does."""
    assert old in world.version.text
    world.version.text = world.version.text.replace(old, new)
    world.version.save(update_fields=["text"])


def test_the_days_to_object_are_the_rules_in_the_letter_and_in_the_case(world, people, now):
    old = "acknowledge: {length: 3 working_days, from: delivered, basis: platform_default, why: 原文未写签收期限}"
    changed(world, old, old + "\n      objection: {length: 7 working_days, from: delivered, clause: 七个工作日内可以申请核对}")
    warning = opened(world, people, now, "orange", 2)
    assert "可自收到本建议书之日起7个工作日内提出数据核对申请" in text(warning)
    assert clocks.deadline(rules_of(warning), "objection", date(2026, 3, 20)).due == date(2026, 3, 31)


def test_letter_and_case_have_the_same_days_where_the_rule_is_silent(drafted):
    assert within.of(drafted.finding)["objection_within"] == "5个工作日"
    assert clocks.clock_of(rules_of(drafted), "objection") is within.DEFAULTS["objection"]


def test_a_rule_that_wants_no_report_asks_for_none_in_its_letter(world, people, now):
    changed(world, "      report: {length: 30 days, from: delivered, basis: platform_default, why: 原文为“立行立改”，未写天数}\n", "")
    assert "整改情况报告" not in text(opened(world, people, now, "orange", 2))


def test_a_draft_with_old_days_gets_the_rules_own_when_it_is_submitted(world, people, now, drafted, advance):
    advance(drafted, "drafted")
    letter = drafted.letter
    letter.values = {name: value for name, value in letter.values.items() if name != "check_within"} | {"check_by": "2026-04-02"}
    letter.save()
    SubmitForReview(people.wangli.actor, now, drafted).do()
    assert drafted.letter.values["check_within"] == "10个工作日"


@pytest.mark.parametrize(("name", "said"), [("云溪市", "全市"), ("高台县", "全县"), ("甘州区", "全区")])
def test_a_circular_speaks_of_the_place_by_its_own_kind(world, people, now, name, said):
    Region.objects.filter(code="990100").update(name=name)
    assert f"{said}共接报生产经营性工伤事故3起" in text(opened(world, people, now, "red", 3))


REPORT = "report: {length: 30 days, from: delivered, basis: platform_default, why: 原文为“立行立改”，未写天数}"


@pytest.mark.parametrize(
    ("start", "said", "due"),
    [("issued", "自印发之日起30日内", date(2026, 4, 20)), ("acknowledged", "自签收之日起30日内", date(2026, 4, 23))],
)
def test_letter_and_case_count_the_report_from_what_the_rule_says(world, people, now, start, said, due):
    """Issued on 20 March, delivered on the 22nd, signed for on the 24th; 19 April is a Sunday."""
    changed(world, REPORT, REPORT.replace("from: delivered", f"from: {start}"))
    warning = opened(world, people, now, "orange", 2)
    assert f"请{said}上传整改情况报告" in text(warning)
    Warning.objects.update(state="delivered", issued=now, delivered=date(2026, 3, 22))
    warning.refresh_from_db()
    case = open_now(warning, now)
    assert (case.state, case.wants_report) == ("report_due", True)
    assert case.due == (due if start == "issued" else None)  # no signature yet
    Warning.objects.update(state="acknowledged", acknowledged=now + timedelta(days=4))
    follow_warnings(now + timedelta(days=4))
    case.refresh_from_db()
    assert case.report_due == case.due == due


def test_the_talk_counts_from_the_receipt_where_the_rule_says_so(world, people, now):
    changed(world, "interview: {length: 10 working_days, from: acknowledged", "interview: {length: 10 working_days, from: delivered")
    assert "由主要负责人自收到本函之日起10个工作日内参加" in text(opened(world, people, now, "yellow", 1))


def test_the_message_names_the_units_own_last_day_and_not_that_of_the_office(world, people, now, drafted, advance):
    """The office has 3 working days to register a delivery; the rule gives the unit 7 to sign: from Friday 20 to Tuesday 31 March."""
    old = "acknowledge: {length: 3 working_days, from: delivered, basis: platform_default, why: 原文未写签收期限}"
    changed(world, old, "acknowledge: {length: 7 working_days, from: delivered, clause: 七个工作日内签收}")
    advance(drafted, "issued")
    assert drafted.due == date(2026, 3, 25)
    assert "请在2026年3月31日前签收" in drafted.deliveries.get(recipient_kind="enterprise").text
    assert duties(drafted, None)[0].due == date(2026, 3, 31)
