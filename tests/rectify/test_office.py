"""The office's pages through the browser's door: what each person sees, and the acts behind the buttons."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from rectify.acts import opened, reported
from rectify.place import PHOTO

from wushang.people.models import AuditEntry
from wushang.rectify import access, work
from wushang.rectify.deeds.ask_correction import AskCorrection
from wushang.rectify.deeds.plan_interview import PlanInterview
from wushang.rectify.deeds.record_interview import RecordInterview
from wushang.rectify.models import AccessLink, Referral
from wushang.warn.models import DeliveryReceipt

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _clock(monkeypatch, now):
    monkeypatch.setattr("wushang.people.middleware.timezone.now", lambda: now)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def html(client: Client, name: str, *args, **query) -> str:
    answer = client.get(reverse(f"rectify:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def post(client: Client, name: str, *args, **data) -> str:
    """The sentences the next page says."""
    answer = client.post(reverse(f"rectify:{name}", args=args), data, follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_warning_page_shows_the_report_to_the_reviewer_with_both_answers(place, people):
    case = reported(place, opened(place), place.now)
    page = signed_in(people.fangzhiqiang).get(reverse("warn:warning", args=[case.warning_id])).content.decode()
    for words in ("整改 · 复核 · 评估", "待复核", "冲床加装光电保护；责任人 陈伟民", "退回补正", "通过复核", case.report.receipt, "陈** 138****2016"):
        assert words in page
    assert place.head.phone not in page
    assert AuditEntry.objects.filter(verb="rectify.see", subject=f"report:{case.report.pk}", user=people.fangzhiqiang).exists()


def test_the_foot_of_the_warning_page_says_what_the_case_waits_for(place, people):
    case = reported(place, opened(place), place.now)
    address = reverse("warn:warning", args=[case.warning_id])
    mine = signed_in(people.fangzhiqiang).get(address).content.decode()
    assert '<a class="button primary" href="#report">复核整改</a>' in mine
    assert mine.count("button primary") == 1
    theirs = signed_in(people.wangli).get(address).content.decode()
    assert "下一步：复核整改，4月3日前" in theirs
    assert "由科长或复核人办理" in theirs
    assert "button primary" not in theirs


def test_the_lists_of_mending_are_reached_from_the_list_of_warnings(place, people):
    page = signed_in(people.wangli).get(reverse("warn:warnings")).content.decode()
    for name in ("rectify:reports", "rectify:referrals", "rectify:corrections", "evaluate:rechecks"):
        assert f'href="{reverse(name)}"' in page


def test_a_clerk_reads_the_report_and_has_no_button_to_accept_it(place, people):
    case = reported(place, opened(place), place.now)
    page = signed_in(people.wangli).get(reverse("warn:warning", args=[case.warning_id])).content.decode()
    assert case.report.receipt in page
    assert reverse("rectify:do", args=[case.pk, "accept"]) not in page


def test_before_delivery_the_page_says_what_will_follow_and_why(place, people):
    warning = place.warning(state="issued", delivered=None, acknowledged=None)
    page = signed_in(people.wangli).get(reverse("warn:warning", args=[warning.pk])).content.decode()
    assert "送达后开始" in page
    assert "整改报告：30日" in page
    assert "原文为“立行立改”，未写天数" in page


def test_the_reviewer_sends_back_beside_a_field_and_accepts_the_second_time(place, people):
    case = reported(place, opened(place), place.now)
    client = signed_in(people.fangzhiqiang)
    assert "没有写要补正哪一项" in post(client, "return", case.pk)
    assert "已退回，下一步：单位补正，3月27日前" in post(client, "return", case.pk, remark_goal="请写明降幅和岗位")
    reported(place, case, place.now)
    assert "已通过复核，下一步：7月20日起评估" in post(client, "do", case.pk, "accept")


def test_missing_and_late_reports_are_two_lists(place, people):
    missing = opened(place)
    late = place.enterprise("云溪市安澜电镀有限公司", "990100002")
    head = place.contact(late, "head", "陈伟民", "13811112222")
    other = opened(place, at=late)
    work.mark_overdue(place.later(32))
    place.head = head
    reported(place, other, place.later(33))
    client = signed_in(people.wangli)
    overdue, late_list = html(client, "reports", list="overdue"), html(client, "reports", list="late")
    assert "恒岳杯业" in overdue
    assert "安澜电镀" not in overdue
    assert "安澜电镀" in late_list
    assert "恒岳杯业" not in late_list
    assert missing.pk != other.pk
    assert "恒岳杯业" not in html(signed_in(people.linwai), "reports", list="all")


def test_the_ledger_is_a_workbook_with_a_row_a_case_and_a_total(place, people):
    from python_calamine import CalamineWorkbook

    opened(place)
    answer = signed_in(people.wangli).get(reverse("ledger_file", args=["rectification"]), {"list": "open"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "整改台账（全部在办）"
    assert "制表人：王丽" in rows[1][0]
    assert rows[3][1] == "云溪市恒岳杯业有限公司"
    assert rows[3][6] == date(2026, 4, 20)
    assert rows[4][0] == "合计 1 条"
    assert AuditEntry.objects.get(verb="ledger.print").detail["from"] == "2026-01-01"


def test_a_referral_goes_out_from_the_page_and_comes_back_answered(place, people):
    warning = place.warning()
    from wushang.people.models import Department

    town = Department.objects.get(code="990100001-town")
    clerk, officer = signed_in(people.wangli), signed_in(people.zhanghaiyan)
    form = {"to": town.pk, "kind": "site", "what": "看冲床防护是否装好", "reply_by": "2026-03-30"}
    assert "已转办，下一步：东城街道接收" in post(clerk, "refer", warning.pk, **form)
    made = Referral.objects.get()
    assert "看整改现场" in html(officer, "referrals")
    assert "已接收" in post(officer, "referral_do", made.pk, "accept")
    assert "已反馈" in post(officer, "referral_do", made.pk, "answer", reason="三台冲床已装好")
    assert "已核验" in post(clerk, "referral_do", made.pk, "good")
    assert signed_in(people.linwai).get(reverse("rectify:referral", args=[made.pk])).status_code == 404


def test_a_form_with_an_unreadable_day_is_refused_with_a_sentence(place, people):
    from wushang.people.models import Department

    town = Department.objects.get(code="990100001-town")
    form = {"to": town.pk, "kind": "site", "what": "看冲床防护是否装好", "reply_by": "三十号"}
    assert "反馈期限在今天之前" in post(signed_in(people.wangli), "refer", place.warning().pk, **form)


def test_a_department_that_is_no_number_is_not_found(place, people):
    form = {"to": "九九", "kind": "site", "what": "看冲床防护是否装好", "reply_by": "2026-03-30"}
    answer = signed_in(people.wangli).post(reverse("rectify:refer", args=[place.warning().pk]), form)
    assert answer.status_code == 404


def test_an_interview_is_arranged_and_recorded_from_the_page(place, people):
    case = opened(place, level="yellow")
    client = signed_in(people.wangli)
    assert "已约定" in post(client, "interview", case.pk, on="2026-03-27", at="09:30", place="三楼会议室")
    page = client.get(reverse("warn:warning", args=[case.warning_id])).content.decode()
    assert "“一对一”警示约谈" in page
    assert "2026-03-27 09:30" in page
    assert "在今天之后" in post(client, "interview", case.pk, came="yes", on="2026-03-27", text="承认事实，承诺整改")


@pytest.mark.parametrize(("level", "forms", "next_one"), [("yellow", 0, False), ("red", 1, True)])
def test_after_the_talk_its_form_is_gone_or_folded_where_the_rule_wants_the_next(place, people, level, forms, next_one):
    case, client = opened(place, level=level), signed_in(people.wangli)
    page = reverse("warn:warning", args=[case.warning_id])
    assert client.get(page).content.decode().count('id="interview_place"') == 1
    plan = PlanInterview(people.wangli.actor, place.now, case, place.later(1), "三楼会议室").do()
    RecordInterview(people.wangli.actor, place.later(1), case, plan, True, date(2026, 3, 21), "承认事实，承诺整改").do()
    told = client.get(page).content.decode()
    assert told.count('id="interview_place"') == forms and ("<summary>约定下一次约谈" in told) is next_one and "登记约谈</button>" not in told


def test_minutes_are_for_those_who_hold_interviews(place, people):
    case = opened(place, level="yellow")
    plan = PlanInterview(people.wangli.actor, place.now, case, place.later(1), "三楼会议室").do()
    plan.state, plan.minutes, plan.held_on = "held", "陈伟民承认李某受伤", place.day
    plan.save()
    address = reverse("warn:warning", args=[case.warning_id])
    assert "陈伟民承认" in signed_in(people.wangli).get(address).content.decode()
    assert "陈伟民承认" not in signed_in(people.shenzhiyuan).get(address).content.decode()


def test_the_slip_shows_a_code_that_leads_to_the_units_door(place, people):
    warning = place.warning()
    page = post(signed_in(people.wangli), "slip", warning.pk)
    assert "data:image/svg+xml" in page
    assert AccessLink.objects.filter(warning=warning).count() == 1
    answer = signed_in(people.linwai).post(reverse("rectify:slip", args=[warning.pk]))
    assert answer.status_code == 404


def test_corrections_are_listed_and_answered(place, people):
    warning = place.warning()
    link, _token = access.make_link(warning, place.now)
    made = AskCorrection(access.actor_for(link, place.handler), place.now, warning, "headcount", "参保六十二人").do()
    client = signed_in(people.wangli)
    assert "参保六十二人" in html(client, "corrections")
    place.correct()
    assert "已答复" in post(client, "answer_correction", made.pk, answer="granted", reply="已按 62 人改正")
    assert "参保六十二人" not in html(signed_in(people.linwai), "corrections")


def test_the_township_hands_a_letter_over_with_a_photo(place, people):
    from django.core.files.uploadedfile import SimpleUploadedFile

    warning = place.warning(state="issued", delivered=None, acknowledged=None, due=date(2026, 3, 18))
    client = signed_in(people.zhanghaiyan)
    today = html(client, "visits")
    for words in ("今天走 1 家，1 家已逾期", "当面送达", "tel:13812342016", "送达拍照"):
        assert words in today
    stop = (place.cup.pk, "delivery")
    assert "当面或留置送达要有照片" in post(client, "visit", *stop, person="陈伟民", result="done")
    shot = SimpleUploadedFile("a.jpg", PHOTO, "image/jpeg")
    assert "已登记送达" in post(client, "visit", *stop, person="陈伟民", result="done", photos=shot)
    warning.refresh_from_db()
    assert (warning.state, warning.delivered) == ("acknowledged", place.day)  # 陈伟民 signed
    assert DeliveryReceipt.objects.get().handed_by == "张海燕（东城街道）"
    assert client.get(reverse("rectify:visit", args=stop)).status_code == 404  # done


def test_not_of_this_town_goes_back_with_its_reason(place, people):
    place.warning(state="issued", delivered=None, acknowledged=None)
    client = signed_in(people.zhanghaiyan)
    assert "已退回" in post(client, "visit_return", place.cup.pk, "delivery", reason="厂已搬到石塘镇")
    assert Referral.objects.get().state == "sent_back"


@pytest.mark.parametrize("name", ["reports", "referrals", "corrections", "visits"])
def test_without_sign_in_every_office_page_asks_for_it(db, name):
    answer = Client().get(reverse(f"rectify:{name}"))
    assert answer.status_code == 302
    assert "sign-in" in answer.url


def test_who_has_no_right_is_refused(place, people):
    assert signed_in(people.wangli).get(reverse("rectify:visits")).status_code == 403
    assert signed_in(people.zhanghaiyan).get(reverse("rectify:corrections")).status_code == 403
    case = reported(place, opened(place), place.now)
    assert signed_in(people.linwai).post(reverse("rectify:do", args=[case.pk, "urge"])).status_code == 404
