"""From delivery to 办结: states, clocks, 未交 and 迟交, sending back, who may."""

from datetime import date, timedelta

import pytest
from rectify.acts import FULL, opened, reported
from rectify.place import PHOTO, YONGKANG

from wushang.people.actor import Actor
from wushang.people.deed import NotAllowed
from wushang.pool import reading
from wushang.rectify import access, todo, work
from wushang.rectify.deeds.accept_report import AcceptReport
from wushang.rectify.deeds.close_case import CloseCase
from wushang.rectify.deeds.confirm_report import ConfirmReport
from wushang.rectify.deeds.mark_overdue import MarkOverdue
from wushang.rectify.deeds.open_case import OpenCase
from wushang.rectify.deeds.plan_interview import PlanInterview
from wushang.rectify.deeds.record_interview import RecordInterview
from wushang.rectify.deeds.return_report import ReturnReport
from wushang.rectify.deeds.save_answer import SaveAnswer
from wushang.rectify.deeds.start_report import StartReport
from wushang.rectify.deeds.submit_report import SubmitReport
from wushang.rectify.models import Case, Reminder
from wushang.rectify.words import tell_enterprise
from wushang.terms.problem import Refused
from wushang.warn.deeds.register_delivery import RegisterDelivery
from wushang.warn.models import Delivery, Failure


def test_orange_has_thirty_days_to_report_and_asks_the_regulator_for_an_inspection(place):
    case = opened(place)
    assert (case.state, case.due, case.report_due) == ("report_due", date(2026, 4, 20), date(2026, 4, 20))  # 19th: Sunday
    asked = case.referrals.get()
    assert (asked.to.code, asked.kind, asked.reply_by) == ("990100-em", "inspection", date(2026, 4, 20))


def test_yongkang_has_one_calendar_month(place):
    case = opened(place, level="key", policy=YONGKANG)
    assert case.due == date(2026, 4, 20)
    assert "1个月内" in case.clause


def test_yellow_reports_nothing_and_is_interviewed_within_ten_working_days_of_its_receipt(place):
    case = opened(place, level="yellow")
    assert (case.state, case.report_due, case.due) == ("interview", None, date(2026, 4, 3))


def test_a_warning_is_opened_once(place, people):
    case = opened(place)
    with pytest.raises(Refused, match="已经立案"):
        OpenCase(Actor.system(), place.now, case.warning).do()
    assert work.open_waiting(place.now) == 0


def test_the_worker_opens_delivered_warnings_only(place):
    place.warning(state="issued", delivered=None, acknowledged=None)
    assert work.open_waiting(place.now) == 0
    place.warning(at=place.away)
    assert work.open_waiting(place.now) == 1


def test_the_last_day_ends_at_midnight_local_time(place):
    case = opened(place)
    last = place.now.replace(month=4, day=20, hour=15, minute=59)  # 23:59 in Shanghai
    assert work.mark_overdue(last) == 0
    with pytest.raises(Refused, match="还没有逾期"):
        MarkOverdue(Actor.system(), last, case).do()
    assert work.mark_overdue(last + timedelta(minutes=1)) == 1
    case.refresh_from_db()
    assert (case.state, case.late, case.due) == ("overdue", False, date(2026, 4, 20))


def test_a_report_in_time_is_not_late_and_is_reviewed_within_ten_working_days(place):
    case = reported(place, opened(place), place.now)
    assert (case.state, case.late, case.due) == ("submitted", False, date(2026, 4, 3))
    assert case.report.receipt == f"ZG2026{case.report.pk:06d}"


def test_an_overdue_report_that_comes_is_late_and_no_more_missing(place):
    case = opened(place)
    work.mark_overdue(place.later(32))
    case = reported(place, case, place.later(33))
    assert (case.state, case.late) == ("late_submitted", True)
    assert not Case.objects.filter(state="overdue").exists()


def test_late_even_when_the_worker_had_not_come_round(place):
    case = reported(place, opened(place), place.later(32))  # 21 April
    assert (case.state, case.late) == ("late_submitted", True)


def test_sending_back_needs_a_reason_and_happens_at_most_twice(place, people):
    fang = people.fangzhiqiang.actor
    case = reported(place, opened(place), place.now)
    with pytest.raises(Refused, match="没有写要补正哪一项"):
        ReturnReport(fang, place.now, case, {}).do()
    with pytest.raises(Refused, match="今后三个月的目标"):
        ReturnReport(fang, place.now, case, {"goal": "短"}).do()
    for n in (1, 2):
        ReturnReport(fang, place.now, case, {"goal": "请写明降幅和岗位"}).do()
        assert (case.state, case.rounds, case.due) == ("returned", n, date(2026, 3, 27))  # five working days
        assert case.report.answers == FULL
        assert case.reports.get(round=n).remarks.get().reason == "请写明降幅和岗位"
        case = reported(place, case, place.now)
    with pytest.raises(Refused, match="已经退回 2 次"):
        ReturnReport(fang, place.now, case, {"goal": "请写明降幅和岗位"}).do()


def test_an_accepted_report_waits_for_its_window_and_the_reporting_lag(place, people):
    case = reported(place, opened(place), place.now)
    AcceptReport(people.fangzhiqiang.actor, place.now, case).do()
    # 20 March + 3 months = 20 June, + 30 days = 20 July
    assert (case.state, case.accepted, case.recheck_on) == ("evaluating", date(2026, 3, 20), date(2026, 7, 20))


def test_yellow_is_closed_after_the_interview_and_takes_its_warning_along(place, people):
    case, clerk = opened(place, level="yellow"), people.wangli.actor
    head = people.lijianguo.actor
    with pytest.raises(Refused, match="不能办结"):
        CloseCase(head, place.now, case, "已整改到位").do()
    plan = PlanInterview(clerk, place.now, case, place.later(3), "三楼会议室").do()
    with pytest.raises(Refused, match="先登记那一次"):
        PlanInterview(clerk, place.now, case, place.later(4), "三楼会议室").do()
    RecordInterview(clerk, place.later(3), case, plan, False, date(2026, 3, 23), "负责人出差，未到").do()
    assert case.state == "interview"
    again = PlanInterview(clerk, place.later(3), case, place.later(5), "三楼会议室").do()
    for at in (place.later(4), place.later(6)):  # the hour was not there yet; the day was before it
        with pytest.raises(Refused, match="约谈约在3月25日 09:00"):
            RecordInterview(clerk, at, case, again, True, date(2026, 3, 24), "承认事实，承诺整改").do()
    RecordInterview(clerk, place.later(5), case, again, True, date(2026, 3, 25), "承认事实，承诺整改").do()
    assert case.state == "interviewed"
    CloseCase(head, place.later(6), case, "已约谈，已自查").do()
    case.warning.refresh_from_db()
    assert (case.state, case.warning.state) == ("closed_ok", "closed")


def test_a_unit_that_came_before_the_arranged_day_is_recorded_where_that_is_said(place, people):
    case, clerk = opened(place, level="yellow"), people.wangli.actor
    plan = PlanInterview(clerk, place.now, case, place.later(7), "三楼会议室").do()
    RecordInterview(clerk, place.later(1), case, plan, True, date(2026, 3, 21), "承认事实，承诺整改", earlier=True).do()
    plan.refresh_from_db()
    assert (case.state, plan.held_on) == ("interviewed", date(2026, 3, 21))
    assert case.lines.first().text == "已提前约谈单位主要负责人"


@pytest.mark.parametrize(
    ("level", "words"),
    [("yellow", "请主要负责人参加“一对一”警示约谈：3月23日 09:00，三楼会议室。带上近12个月工伤台账、原因分析、培训记录、自查情况。"),
     ("red", "请主要负责人参加约谈：3月23日 09:00，三楼会议室。带上近12个月工伤台账、原因分析、培训记录、整改计划。")],
)  # fmt: skip
def test_the_unit_is_called_to_the_interview_by_the_rules_own_word(place, people, level, words):
    case = opened(place, level=level)
    PlanInterview(people.wangli.actor, place.now, case, place.later(3), "三楼会议室").do()
    told = Delivery.objects.filter(recipient_kind="enterprise", purpose="notice").first()
    assert told.text.startswith(words)


def test_red_is_interviewed_again_every_three_months(place, people):
    case = opened(place, level="red")
    plan = PlanInterview(people.wangli.actor, place.now, case, place.later(3), "三楼会议室").do()
    RecordInterview(people.wangli.actor, place.later(3), case, plan, True, date(2026, 3, 23), "承认事实，承诺整改").do()
    plan.refresh_from_db()
    assert plan.next_due == date(2026, 6, 23)
    assert case.state == "report_due"  # the report is still to come


def test_the_first_talk_of_red_stands_on_the_desk_until_it_is_arranged_and_again_on_its_day(place, people):
    clerk = people.wangli.actor
    case = opened(place, level="red")

    def desk(day: date) -> list:
        return [(row.due, str(row.what), str(row.op)) for row in todo.items(clerk, day) if "约谈" in str(row.what)]

    assert desk(date(2026, 3, 20)) == [(date(2026, 4, 3), "约谈主要负责人，还没有约定", "约定约谈")]  # the tenth working day
    first = PlanInterview(clerk, place.now, case, place.later(3), "三楼会议室").do()
    assert desk(date(2026, 3, 22)) == []
    assert desk(date(2026, 3, 23)) == [(date(2026, 3, 23), "约谈主要负责人，到日登记", "登记约谈")]
    RecordInterview(clerk, place.later(3), case, first, True, date(2026, 3, 23), "承认事实，承诺整改").do()
    assert desk(date(2026, 3, 23)) == []


def test_the_next_regular_interview_stands_on_the_desk_from_a_week_before_until_it_is_arranged(place, people):
    clerk = people.wangli.actor
    case = opened(place, level="red")
    first = PlanInterview(clerk, place.now, case, place.later(3), "三楼会议室").do()
    RecordInterview(clerk, place.later(3), case, first, True, date(2026, 3, 23), "承认事实，承诺整改").do()

    def desk(day: date, who=people.wangli) -> list:
        rows = [row for row in todo.items(who.actor, day) if "定期约谈" in str(row.what)]
        return [(row.due, str(row.op), row.name, row.op_url) for row in rows]

    row = (date(2026, 6, 23), "约定约谈", "云溪市恒岳杯业有限公司", f"/warn/{case.warning_id}/#interview")
    assert desk(date(2026, 6, 15)) == []
    assert desk(date(2026, 6, 16)) == desk(date(2026, 7, 1)) == [row]  # and it stays when it is over
    assert desk(date(2026, 6, 16), people.linwai) == []
    again = PlanInterview(clerk, place.later(90), case, place.later(94), "三楼会议室").do()
    assert desk(date(2026, 6, 19)) == []
    RecordInterview(clerk, place.later(95), case, again, False, date(2026, 6, 22), "负责人出差，未到").do()
    assert desk(date(2026, 6, 23)) == [row]
    Case.objects.update(state="dropped")
    assert desk(date(2026, 6, 23)) == []


def test_only_the_head_confirms_with_the_name_on_record_and_the_promise(place):
    case = opened(place)
    link, _token = access.make_link(case.warning, place.now)
    head, handler = access.actor_for(link, place.head), access.actor_for(link, place.handler)
    draft = StartReport(handler, place.now, case).do()
    sign = {"contact": place.head, "name": "陈伟民", "promised": True}
    with pytest.raises(Refused, match="还有 11 项没有填"):
        ConfirmReport(head, place.now, case, draft, **sign).do()
    SaveAnswer(handler, place.now, case, draft, FULL).do()
    with pytest.raises(NotAllowed):
        ConfirmReport(handler, place.now, case, draft, **sign).do()
    with pytest.raises(Refused, match="由主要负责人本人确认"):
        ConfirmReport(head, place.now, case, draft, place.handler, "林小燕", True).do()
    with pytest.raises(Refused, match="不一致"):
        ConfirmReport(head, place.now, case, draft, place.head, "林小燕", True).do()
    with pytest.raises(Refused, match="承诺"):
        ConfirmReport(head, place.now, case, draft, place.head, "陈伟民").do()
    with pytest.raises(Refused, match="还没有确认"):
        SubmitReport(head, place.now, case, draft).do()
    ConfirmReport(head, place.now, case, draft, **sign).do()
    assert draft.confirmed_masked == "陈** 138****2016"


def test_a_change_after_the_confirmation_asks_for_it_anew(place):
    case = opened(place)
    link, _token = access.make_link(case.warning, place.now)
    head = access.actor_for(link, place.head)
    draft = StartReport(head, place.now, case).do()
    SaveAnswer(head, place.now, case, draft, FULL).do()
    ConfirmReport(head, place.now, case, draft, place.head, "陈伟民", True).do()
    SaveAnswer(head, place.now, case, draft, {"goal": "改写"}).do()
    with pytest.raises(Refused, match="还没有确认"):
        SubmitReport(head, place.now, case, draft).do()


def test_a_sent_report_cannot_be_changed(place):
    case = reported(place, opened(place), place.now)
    link, _token = access.make_link(case.warning, place.now)
    with pytest.raises(Refused, match="不能再改"):
        SaveAnswer(access.actor_for(link, place.head), place.now, case, case.report, {"goal": "改写"}).do()


def test_a_case_goes_with_its_warning_when_that_is_revoked(place):
    case = opened(place)
    type(case.warning).objects.filter(pk=case.warning_id).update(state="revoked", end_reason="不予认定")
    assert work.follow_warnings(place.now) == 1
    case.refresh_from_db()
    assert (case.state, case.end_reason) == ("dropped", "不予认定")
    assert work.follow_warnings(place.now) == 0


@pytest.mark.parametrize("state, due", [("report_due", date(2026, 4, 20)), ("overdue", date(2026, 4, 20)), ("submitted", date(2026, 4, 3))])
def test_a_case_goes_on_where_it_was_when_its_merged_warning_stands_again(place, state, due):
    case = reported(place, opened(place), place.now) if state == "submitted" else opened(place)
    warnings = type(case.warning).objects.filter(pk=case.warning_id)
    if state == "overdue":
        work.mark_overdue(place.later(40))
    case.refresh_from_db()
    assert (case.state, case.due) == (state, due)
    warnings.update(state="merged", ended=place.now, end_reason="升为红色预警，并入新件")
    work.follow_warnings(place.now)
    case.refresh_from_db()
    assert (case.state, case.due) == ("dropped", None)
    warnings.update(state="acknowledged", ended=None, end_reason="")
    assert work.follow_warnings(place.now) == 1
    case.refresh_from_db()
    assert (case.state, case.due, case.ended, case.end_reason) == (state, due, None, "")
    assert work.follow_warnings(place.now) == 0


def test_the_clocks_follow_a_mended_delivery_and_a_later_receipt(place):
    report, yellow = opened(place), opened(place, level="yellow", at=place.away, acknowledged=None, state="delivered")
    assert yellow.due is None
    warnings = type(report.warning).objects
    warnings.filter(pk=report.warning_id).update(delivered=date(2026, 3, 18))
    warnings.filter(pk=yellow.warning_id).update(acknowledged=place.later(2), state="acknowledged")
    assert work.follow_warnings(place.later(2)) == 2
    report.refresh_from_db()
    yellow.refresh_from_db()
    assert report.due == date(2026, 4, 17)
    assert yellow.due == date(2026, 4, 3)  # ten working days after Sunday, 22 March
    assert work.follow_warnings(place.later(2)) == 0


def by_paper(place, warning, method, day, **more) -> None:
    RegisterDelivery(place.people.wangli.actor, place.later(5), warning, method, day, photo=PHOTO, **more).do()


def test_a_yellow_unit_that_signs_on_paper_is_interviewed_within_ten_working_days(place):
    warning = place.warning(level="yellow", state="issued", delivered=None, acknowledged=None)
    by_paper(place, warning, "in_person", date(2026, 3, 23), person="陈伟民")
    assert work.open_waiting(place.later(5)) == 1
    case = Case.objects.get()
    assert (case.state, case.due) == ("interview", date(2026, 4, 7))  # 清明 is on 6 April


def test_a_letter_left_with_a_unit_that_will_not_sign_starts_the_interview_too(place):
    case = opened(place, level="yellow", state="delivered", acknowledged=None)
    assert work.follow_warnings(place.later(5)) == 0
    by_paper(place, case.warning, "left", date(2026, 3, 24))
    assert [work.follow_warnings(place.later(5)) for _round in (1, 2)] == [1, 0]
    case.refresh_from_db()
    assert case.due == date(2026, 4, 3)  # ten working days after the delivery of 20 March


def test_a_receipt_that_was_taken_back_takes_the_last_day_of_the_interview_with_it(place):
    case = opened(place, level="yellow")
    type(case.warning).objects.update(state="delivered", acknowledged=None)
    assert [work.follow_warnings(place.now) for _round in (1, 2)] == [1, 0]
    case.refresh_from_db()
    assert (case.due, case.clause) == (None, "")


def test_nobody_urges_a_receipt_once_the_case_has_moved_on(place, people):
    waits = {"state": "delivered", "acknowledged": None, "due": date(2026, 3, 25)}
    case, day = opened(place, **waits), date(2026, 3, 26)

    def urged() -> list[str]:
        return [row.name for row in todo.items(people.wangli.actor, day) if "催签收" in str(row.what)]

    assert urged() == ["云溪市恒岳杯业有限公司"]
    reported(place, case, place.now)
    assert urged() == []
    yellow = opened(place, level="yellow", at=place.enterprise("云溪市安澜电镀有限公司", "990100001"), **waits)
    assert urged() == ["云溪市安澜电镀有限公司"]
    Case.objects.filter(pk=yellow.pk).update(state="interviewed")
    assert urged() == []


def test_a_late_delivery_stands_on_a_desk_once(place, people):
    place.warning(state="issued", delivered=None, acknowledged=None, due=date(2026, 3, 25))
    for who, there in ((people.wangli, False), (people.fangzhiqiang, True)):  # she registers it, he can only urge
        assert any("催送达" in str(row.what) for row in todo.items(who.actor, date(2026, 3, 26))) == there


def test_a_reminder_goes_once_and_a_stopped_worker_sends_only_the_newest(place):
    opened(place)
    assert work.remind(place.later(10)) == 0
    assert work.remind(place.later(24)) == 1  # 13 April: seven days before the 20th
    assert work.remind(place.later(24)) == 0
    assert work.remind(place.later(31)) == 1  # the last day; −3 and −1 were slept through
    assert sorted(Reminder.objects.values_list("offset", flat=True)) == [-7, 0]


def test_no_reminder_is_made_at_night_and_what_a_rule_calls_urgent_waits_for_no_hour(place):
    case = opened(place)
    night = place.later(24) - timedelta(hours=8, minutes=2)  # 13 April 00:58 there
    assert work.remind(night) == 0 and work.remind(place.later(24)) == 1
    made = Delivery.objects.filter(warning=case.warning, created=place.later(24))
    assert made.exists() and not made.filter(any_hour=True).exists()
    version = case.warning.version
    version.text = version.text.replace("    remind: [", "    urgent: true\n    remind: [")
    version.save()
    case.refresh_from_db()
    tell_enterprise(place.later(25), case.warning, "请看", "请看")
    made = Delivery.objects.filter(warning=case.warning, created=place.later(25))
    assert made.exists() and not made.filter(any_hour=False).exists()


def test_a_round_of_reminders_asks_no_more_for_ten_more_cases_whether_far_or_reminded(place):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    opened(place)
    work.remind(place.later(24))
    with CaptureQueriesContext(connection) as few:
        assert work.remind(place.later(24)) == 0
    for i in range(10):
        opened(place, at=place.enterprise(f"云溪市第{i}电镀厂", "990100001"))
    assert work.remind(place.later(20)) == 0
    with CaptureQueriesContext(connection) as far:
        work.remind(place.later(20))
    assert work.remind(place.later(24)) == 10
    with CaptureQueriesContext(connection) as many:
        assert work.remind(place.later(24)) == 0
    assert len(far) <= len(few) == len(many)


def test_a_warning_that_cannot_become_a_case_holds_up_no_other_and_is_tried_again_later(place, monkeypatch):
    bad, good = place.warning(), place.warning(at=place.enterprise("云溪市安澜电镀有限公司", "990100001"))
    whole = OpenCase.act

    def act(self):
        if self.warning.pk == bad.pk:
            raise ValueError("陈伟民")
        return whole(self)

    monkeypatch.setattr(OpenCase, "act", act)
    assert [work.open_waiting(place.now) for _round in range(3)] == [1, 0, 0]
    row = Failure.objects.get()
    assert (row.number, row.tries, row.error) == (bad.pk, 1, "程序出错（ValueError），详情在运行日志中。")
    assert Case.objects.get().warning == good
    monkeypatch.undo()
    assert work.open_waiting(place.later(1)) == 1
    work.open_waiting(place.later(1))
    assert Failure.objects.get().done == place.later(1)


def test_an_outsider_neither_sees_nor_touches_a_case(place, people):
    from wushang.rectify import in_scope

    case = reported(place, opened(place), place.now)
    assert in_scope.cases(people.wangli.actor.scope).count() == 1
    assert in_scope.cases(people.linwai.actor.scope).count() == 0
    with pytest.raises(NotAllowed):
        AcceptReport(people.linwai.actor, place.now, case).do()
    with pytest.raises(NotAllowed):  # a clerk may not review
        AcceptReport(people.wangli.actor, place.now, case).do()


def test_every_change_of_a_case_is_a_commit_that_the_pool_reads_as_of_its_day(place):
    case = opened(place)
    first = case.versions.get().recorded.number
    reported(place, case, place.now)
    rows = reading.for_enterprises([place.cup.pk]).table("cases")
    now = reading.for_enterprises([place.cup.pk]).fetch(rows).to_pylist()
    assert [(r["case"], r["state"], r["level"], r["rule"]) for r in now] == [(case.pk, "submitted", "orange", case.warning.version.title)]
    before = reading.for_enterprises([place.cup.pk], known=first)
    assert before.fetch(before.table("cases")).to_pylist()[0]["state"] == "report_due"


def test_two_people_who_act_at_once_do_not_both_succeed(place, people):
    case = reported(place, opened(place), place.now)
    seen_by_both = Case.objects.get(pk=case.pk)
    AcceptReport(people.fangzhiqiang.actor, place.now, case).do()
    with pytest.raises(Refused, match="现在是“待评估”"):
        AcceptReport(people.fangzhiqiang.actor, place.now, seen_by_both).do()
