"""转办, 催办, 走访, 数据核对申请, 线索移送, 交接: known people, known days."""

from datetime import date
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rectify.acts import opened, reported
from rectify.place import PHOTO

from wushang.people import hand_over
from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.deed import NotAllowed
from wushang.people.models import Appointment, Department, Role, User
from wushang.people.todo import todos
from wushang.rectify import access, in_scope, todo, visits, work
from wushang.rectify.deeds.accept_referral import AcceptReferral
from wushang.rectify.deeds.answer_correction import AnswerCorrection
from wushang.rectify.deeds.answer_referral import AnswerReferral
from wushang.rectify.deeds.ask_correction import AskCorrection
from wushang.rectify.deeds.check_referral import CheckReferral
from wushang.rectify.deeds.record_visit import RecordVisit
from wushang.rectify.deeds.refer import Refer
from wushang.rectify.deeds.refer_to_enforcement import ReferToEnforcement
from wushang.rectify.deeds.return_correction import ReturnCorrection
from wushang.rectify.deeds.send_back_referral import SendBackReferral
from wushang.rectify.deeds.urge import UrgeEnterprise, UrgeReferral
from wushang.rectify.models import Referral, Visit
from wushang.terms.problem import Refused
from wushang.warn import tell
from wushang.warn.models import Failure, InboxItem, Letter
from wushang.warn.outbox import deliver_some


def unit(code: str) -> Department:
    return Department.objects.get(code=code)


@pytest.fixture
def asked(place, people) -> Referral:
    """王丽 asks 东城街道 to look at the site by 30 March."""
    case = opened(place, level="yellow")
    return Refer(
        people.wangli.actor, place.now, case.warning, unit("990100001-town"), "site", "看冲床防护是否装好", date(2026, 3, 30)
    ).do()


def test_a_referral_is_accepted_answered_and_checked(place, people, asked):
    town, clerk = people.zhanghaiyan.actor, people.wangli.actor
    with pytest.raises(Refused, match="现在是“待接收”，不能反馈"):
        AnswerReferral(town, place.now, asked, "已看，防护装好").do()
    AcceptReferral(town, place.now, asked).do()
    AnswerReferral(town, place.now, asked, "已看，防护装好").do()
    CheckReferral(clerk, place.now, asked, False, "请补拍照片").do()
    assert asked.state == "accepted"
    AnswerReferral(town, place.now, asked, "补拍了照片").do()
    CheckReferral(clerk, place.now, asked, True).do()
    assert (asked.state, asked.handler, asked.sealed_answer) == ("checked", people.zhanghaiyan, "已看，防护装好\n（2026-03-20重办）补拍了照片")
    assert [line.text for line in asked.lines.order_by("pk")][:2] == [
        "转办东城街道：看整改现场，3月30日前反馈", "东城街道接收转办，张海燕办理",
    ]  # fmt: skip


def test_only_the_department_that_was_asked_may_act(place, people, asked):
    with pytest.raises(Refused, match="是给东城街道的"):
        AcceptReferral(people.fangzhiqiang.actor, place.now, asked).do()
    with pytest.raises(NotAllowed):
        AcceptReferral(people.linwai.actor, place.now, asked).do()


def test_a_department_outside_whose_place_the_unit_lies_sees_what_it_was_asked_and_sends_it_back(place, people, asked):
    case = opened(place, level="yellow", at=place.enterprise("石塘门业", "990100002"))
    wrong = Refer(
        people.wangli.actor, place.now, case.warning, unit("990100001-town"), "site", "看冲床防护", date(2026, 3, 30)
    ).do()
    town, other = people.zhanghaiyan, people.linwai
    assert list(in_scope.referrals(town.actor.scope, town).order_by("pk")) == [asked, wrong]
    assert list(in_scope.referrals(other.actor.scope, other)) == []
    RecordVisit(
        town.actor, place.now, wrong.enterprise, "site", "not_ours", "厂在石塘镇", warning=wrong.warning, referral=wrong
    ).do()
    wrong.refresh_from_db()
    assert (wrong.state, wrong.reason) == ("sent_back", "厂在石塘镇")


def test_what_is_sent_back_with_a_reason_goes_to_another_department(place, people, asked):
    with pytest.raises(Refused, match="退回理由"):
        SendBackReferral(people.zhanghaiyan.actor, place.now, asked, "不").do()
    SendBackReferral(people.zhanghaiyan.actor, place.now, asked, "厂房在石塘镇").do()
    to = {"kind": "site", "what": asked.what, "reply_by": date(2026, 3, 31), "instead_of": asked}
    with pytest.raises(Refused, match="已经退回"):
        Refer(people.wangli.actor, place.now, asked.warning, unit("990100001-town"), **to).do()
    again = Refer(people.wangli.actor, place.now, asked.warning, unit("990100-em"), **to).do()
    asked.refresh_from_db()
    assert (asked.state, again.state, again.instead_of) == ("reassigned", "sent", asked)


def test_what_the_platform_asked_of_the_regulator_is_checked_by_who_handles_the_warning(place, people):
    asked = opened(place).referrals.get()  # orange: an inspection, sent by nobody's hand
    assert asked.sent_by is None
    AcceptReferral(people.fangzhiqiang.actor, place.now, asked).do()
    AnswerReferral(people.fangzhiqiang.actor, place.now, asked, "三台冲床已装好").do()
    deliver_some(place.now)
    assert InboxItem.objects.filter(department=people.wangli.department, title__startswith="转办已反馈").count() == 1

    def desk(who) -> list[str]:
        return [str(row.op) for row in todo.items(who.actor, place.day) if "专项检查" in str(row.what)]

    assert (desk(people.wangli), desk(people.fangzhiqiang), desk(people.linwai)) == (["核验"], [], [])


def test_who_was_asked_neither_checks_the_own_answer_nor_passes_on_what_it_sent_back(place, people):
    """方志强 may check and reassign what his bureau asked of others, not what others asked of his bureau."""
    asked = opened(place).referrals.get()
    AcceptReferral(people.fangzhiqiang.actor, place.now, asked).do()
    AnswerReferral(people.fangzhiqiang.actor, place.now, asked, "三台冲床已装好").do()
    with pytest.raises(Refused, match="不能由本单位核验"):
        CheckReferral(people.fangzhiqiang.actor, place.now, asked, good=True).do()
    client = Client()
    with mock.patch("wushang.people.middleware.timezone.now", lambda: place.now):
        for who, offered in ((people.fangzhiqiang, False), (people.wangli, True)):
            client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
            assert ("核验通过" in client.get(reverse("rectify:referral", args=[asked.pk])).content.decode()) is offered
    Referral.objects.filter(pk=asked.pk).update(state="sent_back")
    asked.refresh_from_db()
    to = {"to": unit("990100001-town"), "kind": asked.kind, "what": asked.what, "reply_by": asked.reply_by, "instead_of": asked}
    with pytest.raises(Refused, match="不能由本单位改派"):
        Refer(people.fangzhiqiang.actor, place.now, asked.warning, **to).do()


def test_a_serious_injury_that_the_bureau_sends_back_goes_to_another_by_hand(place, people):
    finding = place.warning(handler=people.wangli).finding
    type(finding).objects.filter(pk=finding.pk).update(kind="referral", outcome="serious", clause="当即予以处罚")
    work.refer_serious(place.now)
    asked = Referral.objects.get()
    SendBackReferral(people.fangzhiqiang.actor, place.now, asked, "建筑工地归住建局").do()
    assert [str(row.op) for row in todo.items(people.wangli.actor, place.day) if "线索移送" in str(row.what)] == ["改派"]
    client = Client()
    client.force_login(people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    form = {"to": unit("990100001-town").pk, "what": "请到现场", "reply_by": "2026-03-24"}
    with mock.patch("wushang.people.middleware.timezone.now", lambda: place.now):
        client.post(reverse("rectify:reassign", args=[asked.pk]), form)
    again = Referral.objects.exclude(pk=asked.pk).get()
    assert (again.to.code, again.kind, again.finding, again.instead_of) == ("990100001-town", "enforcement", finding, asked)
    assert work.refer_serious(place.now) == 0  # not handed over anew


def test_the_answer_that_had_to_be_done_again_stays_beside_the_new_one(place, people, asked):
    town, clerk = people.zhanghaiyan.actor, people.wangli.actor
    AcceptReferral(town, place.now, asked).do()
    AnswerReferral(town, place.now, asked, "防护未装好，责令三日内装好").do()
    CheckReferral(clerk, place.now, asked, False, "没有照片").do()
    AnswerReferral(town, place.later(3), asked, "已装好，附照片").do()
    assert asked.sealed_answer == "防护未装好，责令三日内装好\n（2026-03-23重办）已装好，附照片"


def test_who_handed_in_the_doubted_figures_has_them_on_the_desk_until_the_unit_is_answered(place, people):
    place.staff([date(2026, 2, 1)], 136)
    Department.objects.filter(code="990100-agency").update(code="a")  # the sender of those figures
    user = User.objects.create_user("qianxiaoyu", "Wushang-2026", name="钱小雨", department=unit("a"), password_set=place.now)
    Appointment.objects.create(user=user, role=Role.objects.get(code="sender"), regions=["990100"])
    actor = Actor(user, user.name, scope_of(user, place.day))
    made = correction(place, place.warning())
    ReturnCorrection(people.wangli.actor, place.now, made, unit("a"), "请核对2月参保人数").do()

    def desk() -> list[tuple[str, date, str]]:
        return [(str(row.what), row.due, row.name) for row in todo.items(actor, place.day)]

    assert desk() == [("核对报送数据：受伤职工不是我单位的", date(2026, 3, 27), "云溪市恒岳杯业有限公司")]
    AnswerCorrection(people.wangli.actor, place.now, made, "refused", "经核对，参保人数无误").do()
    assert desk() == []


def test_a_reply_day_that_is_over_and_an_empty_demand_are_refused(place, people):
    warning = place.warning()
    with pytest.raises(Refused, match="在今天之前"):
        Refer(people.wangli.actor, place.now, warning, unit("990100-em"), "site", "看现场情况", date(2026, 3, 19)).do()
    with pytest.raises(Refused, match="转办事项"):
        Refer(people.wangli.actor, place.now, warning, unit("990100-em"), "site", " ", date(2026, 3, 30)).do()


def test_urging_reaches_the_departments_inbox_once_a_day(place, people, asked):
    UrgeReferral(people.wangli.actor, place.now, asked).do()
    with pytest.raises(Refused, match="今天已经催过"):
        UrgeReferral(people.wangli.actor, place.now, asked).do()
    UrgeReferral(people.wangli.actor, place.later(1), asked).do()
    assert asked.urged == 2
    deliver_some(place.later(1))
    titles = InboxItem.objects.filter(department=unit("990100001-town")).values_list("title", flat=True)
    assert sum(title.startswith("催办：云溪市恒岳杯业有限公司") for title in titles) == 2


def test_the_unit_is_urged_while_it_has_to_act_only(place, people):
    case = opened(place)
    UrgeEnterprise(people.wangli.actor, place.now, case).do()
    with pytest.raises(Refused, match="今天已经催过"):
        UrgeEnterprise(people.wangli.actor, place.now, case).do()
    reported(place, case, place.now)
    with pytest.raises(Refused, match="不用催"):
        UrgeEnterprise(people.wangli.actor, place.later(1), case).do()


# ---- 今日走访 ----


def todays(place, people) -> list[tuple[str, str]]:
    rows = visits.stops(people.zhanghaiyan, people.zhanghaiyan.actor.scope, place.day)
    return [(stop.kind, stop.unit.name) for stop in rows]


def test_today_holds_letters_to_hand_over_sites_to_see_and_contacts_to_check(place, people, asked):
    alone = place.enterprise("云溪市安澜电镀有限公司", "990100001")
    place.warning(at=alone, state="issued", delivered=None, acknowledged=None, due=date(2026, 3, 18))
    elsewhere = place.enterprise("石塘门业", "990100002")
    place.warning(at=elsewhere, state="issued", delivered=None, acknowledged=None)
    assert todays(place, people) == [
        ("delivery", "云溪市安澜电镀有限公司"), ("contact", "云溪市安澜电镀有限公司"), ("site", "云溪市恒岳杯业有限公司"),
    ]  # fmt: skip
    check = visits.stops(people.zhanghaiyan, people.zhanghaiyan.actor.scope, place.day)[1]
    assert check.due == date(2026, 3, 27)  # five working days after the warning


def test_ten_more_stops_take_no_more_queries(place, people, asked, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def more(n: int) -> None:
        for i in range(n):
            unit = place.enterprise(f"云溪市第{i}电镀厂", "990100001")
            place.warning(at=unit, state="issued", delivered=None, acknowledged=None)

    more(1)
    assert people.zhanghaiyan.actor  # reckoned when first asked: that is no query of the stops
    with CaptureQueriesContext(connection) as few:
        assert len(todays(place, people)) == 3
    more(10)
    with django_assert_num_queries(len(few)):
        assert len(todays(place, people)) == 23


def test_a_visit_answers_the_referral_behind_it(place, people, asked):
    RecordVisit(
        people.zhanghaiyan.actor, place.now, place.cup, "site", "done", "三台冲床已装光电保护", [PHOTO], asked.warning, asked
    ).do()
    asked.refresh_from_db()
    assert (asked.state, asked.sealed_answer) == ("answered", "三台冲床已装光电保护")
    assert Visit.objects.get().photos[0]["kind"] == "jpg"
    assert todays(place, people) == []


def test_nobody_there_stays_on_the_list(place, people, asked):
    RecordVisit(people.zhanghaiyan.actor, place.now, place.cup, "site", "nobody", "", [], asked.warning, asked).do()
    assert todays(place, people) == [("site", "云溪市恒岳杯业有限公司")]
    assert visits.yesterday(people.zhanghaiyan, date(2026, 3, 21)) == {"all": 1, "delivered": 0, "nobody": 1}


def test_a_letter_for_another_town_goes_back_to_the_clerk(place, people):
    warning = place.warning(state="issued", delivered=None, acknowledged=None)
    visit = [people.zhanghaiyan.actor, place.now, place.cup, "delivery", "not_ours"]
    with pytest.raises(Refused, match="退回理由"):
        RecordVisit(*visit, warning=warning).do()
    RecordVisit(*visit, "厂已搬到石塘镇", warning=warning).do()
    back = Referral.objects.get()
    assert (back.state, back.reason, back.sent_by) == ("sent_back", "厂已搬到石塘镇", people.wangli)
    assert todays(place, people) == []
    rows = todo.items(people.wangli.actor, place.day)
    assert [(str(row.what), row.tab) for row in rows] == [("东城街道退回改派：当面送达", "mine")]


def test_a_visit_outside_the_own_town_is_refused(place, people):
    with pytest.raises(NotAllowed):
        RecordVisit(people.zhanghaiyan.actor, place.now, place.away, "other", "done", "路过看看").do()


# ---- 数据核对申请 ----


def correction(place, warning, at=None, text="3月6日那起是派遣工"):
    link, _token = access.make_link(warning, place.now)
    who = access.actor_for(link, place.handler)
    return AskCorrection(who, at or place.now, warning, "not_ours", text).do()


def test_a_correction_is_answered_within_five_working_days(place, people):
    made = correction(place, place.warning())
    assert (made.due, made.after_term) == (date(2026, 3, 27), False)
    with pytest.raises(Refused, match="还在办理"):
        correction(place, made.warning)
    with pytest.raises(Refused, match="没有选择核对结果"):
        AnswerCorrection(people.wangli.actor, place.now, made, "", "已核对").do()
    with pytest.raises(Refused, match="还没有改数据"):
        AnswerCorrection(people.wangli.actor, place.now, made, "granted", "已按派遣关系改正").do()
    mended = place.correct()
    AnswerCorrection(people.wangli.actor, place.now, made, "granted", "已按派遣关系改正").do()
    assert made.commit == mended
    with pytest.raises(Refused, match="已经答复"):
        AnswerCorrection(people.wangli.actor, place.now, made, "refused", "原数据无误").do()
    assert str(made.answer_title) == "情况属实，已改正"


@pytest.mark.parametrize(("days", "late"), [(7, False), (10, True)])  # 27 March is the fifth working day
def test_a_late_correction_is_looked_at_and_says_that_it_is_late(place, days, late):
    assert correction(place, place.warning(), place.later(days)).after_term is late


@pytest.mark.parametrize(("days", "late"), [(157, False), (160, True)])  # 24 August is a Monday, the fifth working day
def test_a_listing_notice_grants_its_own_days_to_object(place, days, late):
    """挂牌督办通知书 came on Monday 17 August, five months after the first letter."""
    warning = place.warning()
    notice = Letter.objects.create(warning=warning, kind="supervision_notice", purpose="attached", title="挂牌督办通知书", created=place.now)
    tell.put(
        place.later(150), warning=warning, letter=notice, purpose="letter", recipient_kind="enterprise", recipient="恒岳杯业",
        enterprise=place.cup, channel="inbox", title="题", text="文",
    )  # fmt: skip
    assert correction(place, warning, place.later(days)).after_term is late


def test_the_units_words_are_sealed_in_the_ledger(place):
    from django.db import connection

    correction(place, place.warning())
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM rectify_correctionrequest")
        assert "派遣工" not in cursor.fetchone()[0]


# ---- 线索移送 ----


def test_only_an_overdue_or_late_report_is_handed_to_the_emergency_bureau(place, people):
    case = opened(place)
    hand = {"to": unit("990100-em"), "reason": "期限内未上交整改报告", "reply_by": date(2026, 5, 1), "articles": ["94", "102"]}
    with pytest.raises(Refused, match="没有逾期"):
        ReferToEnforcement(people.wangli.actor, place.now, case, **hand).do()
    work.mark_overdue(place.later(32))
    made = ReferToEnforcement(people.wangli.actor, place.later(32), case, **hand).do()
    assert (made.kind, case.state) == ("enforcement", "overdue")  # the duty to report goes on
    assert "第九十四条" in made.what
    assert "第一百零二条" in made.what
    with pytest.raises(Refused, match="已经移送过"):
        ReferToEnforcement(people.wangli.actor, place.later(32), case, **hand).do()
    with pytest.raises(Refused, match="不在候选中"):
        Referral.objects.filter(pk=made.pk).update(state="sent_back")
        ReferToEnforcement(people.wangli.actor, place.later(32), case, **(hand | {"articles": ["1"]})).do()


def test_a_serious_injury_is_handed_over_at_once_and_once(place):
    finding = place.warning().finding
    type(finding).objects.filter(pk=finding.pk).update(kind="referral", outcome="serious", clause="对发生重伤以上事故企业，当即予以处罚")
    assert work.refer_serious(place.now) == 1
    assert work.refer_serious(place.now) == 0
    made = Referral.objects.get(finding=finding)
    assert (made.to.code, made.kind, made.warning) == ("990100-em", "enforcement", None)
    assert made.reply_by == date(2026, 3, 23)  # three days, the platform's default
    assert "当即予以处罚" in made.what


def test_the_rule_says_how_soon_the_bureau_answers(place):
    finding = place.warning(policy="yongkang/serious_injury").finding
    finding.outcome = "serious"
    finding.version.text = finding.version.text.replace("reply: {length: 3 days", "reply: {length: 5 working_days")
    assert work.reply_by(finding, place.day) == date(2026, 3, 27)


def test_history_hands_nothing_over(place):
    finding = place.warning().finding
    type(finding).objects.filter(pk=finding.pk).update(kind="referral", outcome="serious", may_warn=False, historical=True)
    assert work.refer_serious(place.now) == 0


# ---- 交接, 待办 ----


def test_open_cases_and_referrals_pass_to_the_successor(place, people, asked):
    case = asked.case
    assert [item["what"] for item in hand_over.items_of(people.wangli) if item["what"] in ("整改件", "转出件", "转办件")] == ["整改件", "转出件"]
    hand_over.pass_on(people.wangli, people.lijianguo)
    case.refresh_from_db()
    asked.refresh_from_db()
    assert (case.handler, asked.sent_by) == (people.lijianguo, people.lijianguo)


def test_the_desk_asks_the_ledger_as_often_for_many_pieces_as_for_one(place, people):
    def asks() -> int:
        with CaptureQueriesContext(connection) as seen:
            todos(people.wangli.actor, place.day)
        return len(seen)

    def piece(name: str) -> None:
        opened(place, level="yellow", at=place.enterprise(name, "990100001"))
        draft = place.enterprise(f"{name}二厂", "990100001")
        place.warning(at=draft, state="drafted", issued=None, delivered=None, acknowledged=None)

    piece("甲")
    asks()  # the first time sources and code lists are read, once for all
    one = asks()
    piece("乙")
    piece("丙")
    assert len(todos(people.wangli.actor, place.day)) == 6
    assert asks() == one


def test_the_desk_lists_what_each_person_has_to_do(place, people):
    reported(place, opened(place), place.now)
    fang = todo.items(people.fangzhiqiang.actor, place.day)
    assert sorted((str(row.what), row.due, str(row.op)) for row in fang) == [
        ("专项检查", date(2026, 4, 20), "接收"), ("审阅整改报告", date(2026, 4, 3), "审阅"),
    ]  # fmt: skip
    assert todo.items(people.linwai.actor, place.day) == []


def test_without_an_emergency_bureau_it_is_tried_once_a_day_and_the_lists_say_why(place, people, caplog):
    finding = place.warning().finding
    type(finding).objects.filter(pk=finding.pk).update(kind="referral", outcome="serious", clause="当即予以处罚")
    Department.objects.filter(kind="emergency").update(kind="other")
    assert [work.refer_serious(place.now) for _round in range(3)] == [0, 0, 0]
    assert len([r for r in caplog.records if "not done" in r.message]) == 1
    row = Failure.objects.get()
    assert (row.number, row.tries) == (finding.pk, 1) and "没有登记本地应急管理局" in row.error
    assert work.refer_serious(place.later(1)) == 0 and Failure.objects.get().tries == 2
    Department.objects.filter(code="990100-em").update(kind="emergency")
    assert work.refer_serious(place.later(1)) == 0  # not again on that day
    assert work.refer_serious(place.later(2)) == 1 and Failure.objects.get().done == place.later(2)
