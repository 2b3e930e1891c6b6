"""What a letter of 高台's three levels asks of a unit, each with the day counted by hand from the calendar of 2026.

The letter is there on Friday 20 March and signed for the same day. 清明 is 4 to 6 April (Monday 6 April is free), 劳动节 1 to 5
May: the tenth working day is Friday 3 April, 30 days end on Sunday 19 April, which a working day follows: the 20th.
"""

import re
from datetime import date

from rectify.acts import opened, reported
from rectify.place import CODE
from rectify.test_phone import clock, enter, page  # noqa: F401  (the clock of these tests too)

from wushang.rectify.deeds.accept_referral import AcceptReferral
from wushang.rectify.deeds.answer_referral import AnswerReferral
from wushang.rectify.deeds.plan_interview import PlanInterview
from wushang.rectify.deeds.record_interview import RecordInterview
from wushang.rectify.duties import duties, late

TENTH, THIRTY = date(2026, 4, 3), date(2026, 4, 20)


def listed(warning, case=None) -> list[tuple]:
    return [(duty.step, duty.due, duty.done) for duty in duties(warning, case)]


def test_yellow_asks_for_the_receipt_the_check_and_the_talk(place):
    case = opened(place, level="yellow")
    assert listed(case.warning, case) == [("receipt", date(2026, 3, 25), True), ("check", TENTH, False), ("interview", TENTH, False)]


def test_orange_asks_for_the_report_and_an_inspection_is_to_come(place):
    case = opened(place, level="orange")
    assert listed(case.warning, case) == [("receipt", date(2026, 3, 25), True), ("report", THIRTY, False), ("inspection", date(2026, 4, 20), False)]


def test_red_asks_for_the_plan_and_the_talk_in_ten_working_days_and_for_the_report_in_thirty_days(place):
    case = opened(place, level="red")
    assert listed(case.warning, case) == [
        ("receipt", date(2026, 3, 25), True), ("plan", TENTH, False), ("interview", TENTH, False), ("report", THIRTY, False),
    ]  # fmt: skip


def test_before_the_letter_is_there_the_days_are_told_as_the_rule_says_them(place):
    warning = place.warning("red", state="issued", delivered=None, acknowledged=None)
    told = {duty.step: (duty.due, duty.says) for duty in duties(warning, None)}
    assert told["receipt"][0] == date(2026, 3, 25)  # three working days from the day of issue
    assert told["plan"][1].startswith("自收到之日起10个工作日内。")
    assert told["interview"][1].startswith("自签收之日起10个工作日内。")
    assert told["report"] == (None, "自收到之日起30日内。")


def test_what_the_bureau_reports_and_the_talk_that_was_held_are_done(place, people):
    case = opened(place, level="red")
    asked = case.referrals.get(kind="plan")
    AcceptReferral(people.fangzhiqiang.actor, place.now, asked).do()
    AnswerReferral(people.fangzhiqiang.actor, place.now, asked, "已制定方案，按月督促。").do()
    held = PlanInterview(people.wangli.actor, place.now, case, place.later(4), "三楼会议室").do()
    talk, plan = (duty for duty in duties(case.warning, case) if duty.step in ("plan", "interview"))  # the talk is earlier now
    assert (plan.done, plan.says) == (True, "应急局已反馈。")
    assert (talk.done, talk.due) == (False, date(2026, 3, 24)) and "3月24日" in talk.says and "三楼会议室" in talk.says
    RecordInterview(people.wangli.actor, place.later(5), case, held, True, date(2026, 3, 24), "负责人到场，承诺整改。").do()
    talk = next(duty for duty in duties(case.warning, case) if duty.step == "interview")
    assert (talk.done, talk.says) == (True, "3月24日 已参加。下一次在6月24日前，时间另行通知。")


def test_the_unit_is_late_with_its_own_plan_and_report_and_not_with_what_an_office_has_yet_to_do(place):
    case = opened(place, level="red")
    told = {duty.step: late(duty, date(2026, 4, 21)) for duty in duties(case.warning, case)}
    assert told == {"receipt": False, "plan": True, "interview": False, "report": True}


def steps_of(html: str) -> list[str]:
    """The rows of the page's list, as plain words."""
    rows = html.split('<ol class="steps">')[1].split("</ol>")[0].split("<li")[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", f"<li{row}").split()) for row in rows]


def test_the_page_of_a_red_letter_lists_every_step_with_its_day_and_has_one_blue_button(place):
    case = opened(place, level="red")
    html = enter(CODE, place.handler).get(page("home", case.warning)).content.decode()
    assert "您还有 4 步要办</h1>" in html and "最近一步 4月3日前" in html and "5 步办完" in html
    rows = steps_of(html)
    assert rows[0].startswith("✓ 签收 3月20日 已签收。")
    assert rows[1].startswith("2 制定整改方案 4月3日前 还剩 14 天 拍照、PDF 或 Word 都可以；应急局会督促落实。 上传方案")
    assert rows[2].startswith("3 参加约谈 4月3日前 还剩 14 天 主要负责人本人参加")
    assert rows[3].startswith("4 填写整改情况 4月20日前 还剩 31 天") and rows[3].endswith("开始填写")
    assert rows[4].startswith("5 主要负责人确认 4月20日前")
    assert html.count("button primary") == 1


def test_after_the_last_day_the_page_says_how_late_the_report_is(place, clock):  # noqa: F811
    case = opened(place, level="red")
    clock.at = place.later(33)
    html = enter(CODE, place.handler).get(page("home", case.warning)).content.decode()
    assert any("填写整改情况 4月20日前 已逾期 2 天" in row for row in steps_of(html))
    assert any(row.startswith("2 制定整改方案 4月3日前 已逾期 19 天") for row in steps_of(html))


def test_once_the_report_is_in_the_talk_is_left(place):
    case = reported(place, opened(place, level="red"), place.now)
    html = enter(CODE, place.handler).get(page("home", case.warning)).content.decode()
    assert "您还有 2 步要办</h1>" in html and "最近一步 4月3日前" in html and f"已提交。编号 {case.report.receipt}" in html


def test_plans_asked_for_before_they_had_a_kind_of_their_own_are_known_again(place):
    from importlib import import_module
    from types import SimpleNamespace

    from django.apps import apps
    from django.db import connection

    case = opened(place, level="red")
    case.referrals.update(kind="other")
    import_module("wushang.rectify.migrations.0003_plan_referrals").name_them(apps, SimpleNamespace(connection=connection))
    assert case.referrals.get().kind == "plan"
