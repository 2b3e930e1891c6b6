"""A re-check from the figures of a small place to the signature: known counts, known days, known people."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from rectify.acts import opened, reported
from rectify.place import Place

from wushang.analyse.measures import measures
from wushang.evaluate import work
from wushang.evaluate.counting import ask, figures
from wushang.evaluate.deeds.propose_recheck import ProposeRecheck
from wushang.evaluate.deeds.sign_recheck import SignRecheck
from wushang.evaluate.models import Recheck
from wushang.evaluate.notice import values
from wushang.people.deed import NotAllowed
from wushang.people.lease import held
from wushang.people.models import Department, Region, User
from wushang.pool import reading
from wushang.rectify.deeds.accept_report import AcceptReport
from wushang.rectify.deeds.follow_verdict import DelistCase
from wushang.terms.period import Period
from wushang.terms.problem import Refused
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.review import Review
from wushang.warn.deeds.submit_for_review import SubmitForReview
from wushang.warn.models import Delivery

RIPE = date(2026, 7, 20)
MEASURES = ("injury_events", "injured_cases", "average_headcount", "incidence_rate")


@pytest.fixture
def place(people: SimpleNamespace, now: datetime) -> Place:
    """恒岳杯业 with 100 insured, three other units of the city with 1,000 each and 40 cases between them in the window."""
    made = Place(people, now)
    months = [date(year, month, 1) for year in (2025, 2026) for month in (3, 4, 5, 6)]
    made.staff(months, 100)
    others = [made.enterprise(f"其他单位{n}", "990100002") for n in (1, 2, 3)]
    for n, unit in enumerate(others):
        made.staff(months, 1000, at=unit)
        made.injure(*[date(2026, 4, day) for day in range(1, 14 if n < 2 else 15)], at=unit)  # 13 + 13 + 14
    return made


@pytest.fixture
def waiting(place, people):
    """Accepted on 20 March: the window is 21 March to 20 June, ripe on 20 July."""
    case = reported(place, opened(place), place.now)
    AcceptReport(people.fangzhiqiang.actor, place.now, case).do()
    return case


def days(n: int, year: int) -> list[date]:
    return [date(year, 5, day) for day in range(1, n + 1)]


def proposed(place, case) -> Recheck:
    return ProposeRecheck(place.people.system.actor, place.later(122), case).do()  # 20 July


def test_the_figures_are_those_of_the_window_and_of_the_same_window_last_year(place, waiting):
    place.injure(*days(2, 2026))
    place.injure(*days(7, 2025))
    place.injure(date(2026, 3, 20), date(2026, 6, 21), date(2025, 3, 20))  # a day outside each end
    place.injure(date(2026, 5, 9), status="refused")  # 不予认定 does not count
    place.injure(date(2026, 5, 10), at_work=False)  # on the way to work
    made = proposed(place, waiting)
    assert (made.window_start, made.window_end, made.ripe_on) == (date(2026, 3, 21), date(2026, 6, 20), RIPE)
    assert made.figures["now"] == {"events": 2, "cases": 2, "staff": 400, "months": 4}
    assert made.figures["before"]["events"] == 7
    assert made.figures["other"]["now"]["events"] == 3  # from 1 January: 20 March too
    # 42 cases of 3,100 people
    assert made.references["pooled"] == "21/1550"
    assert (made.verdict, made.fall_test, made.rate_test) == ("failed", "passed", "failed")  # 20‰ > 13.5‰
    assert made.sentences[0].startswith("2026年3月21日至6月20日发生 2 起，上年同期 7 起，下降 71.4%，达到")
    assert made.sentences[-3] == "从统计上看，发生率的变化属正常波动。"  # 2 against 7: p = .18
    assert made.sentences[-2].startswith("风险真正下降30%以上的可能约 ") and made.basis["held"] is None, "four units: too few to learn from"
    assert made.sentences[1] == "发生率 20.00‰（平均参保 100 人），高于全市平均 13.55‰。"


def test_the_units_figures_are_those_of_the_measures(place, people):
    place.injure(*days(3, 2026))
    place.injure(date(2026, 5, 2), event="several")
    place.injure(date(2026, 5, 2), event="several")  # two hurt in one accident
    place.injure(date(2026, 5, 4), at_work=False)
    pool = reading.for_enterprises([place.cup.pk])
    period = Period(date(2026, 4, 15), date(2026, 5, 31))
    for scope, expected in (("at_work", (4, 5)), ("all", (5, 6))):
        found = figures(pool, place.cup.pk, [period], scope)[0]
        wanted = ask(period, scope)
        told = [pool.fetch(measures()[code].value(pool, wanted)).to_pylist()[0]["value"] for code in MEASURES]
        assert (found.events, found.cases) == expected
        assert told == [found.events, found.cases, float(found.headcount), float(found.rate * 1000)]


def test_the_worker_waits_until_the_figures_are_ripe_and_proposes_once(place, waiting):
    place.injure(*days(7, 2025))
    assert work.run(place.later(121)) == {"proposed": 0}  # 19 July
    assert work.run(place.later(122)) == {"proposed": 1}
    assert work.run(place.later(123)) == {"proposed": 0}
    made = Recheck.objects.get()
    assert (made.verdict, made.by) == ("passed", "平台")


def test_a_preview_is_unripe_and_cannot_be_signed_but_gives_way_to_the_proposal(place, waiting, people):
    place.injure(*days(7, 2025))
    early = ProposeRecheck(people.fangzhiqiang.actor, place.later(100), waiting).do()
    assert early.verdict == "unripe"
    assert early.sentences[-1] == "申报期未满，数字可能增加，2026年7月20日起方可评估。"
    with pytest.raises(Refused, match="2026-07-20起方可签发"):
        SignRecheck(people.zhoumin.actor, place.later(100), early, "close").do()
    assert work.propose_due(place.later(122)) == 1
    early.refresh_from_db()
    assert early.state == "replaced"


def test_nothing_is_counted_while_another_process_brings_the_data_up_to_date(place, waiting):
    place.injure(*days(7, 2025))
    with held("snapshot", place.later(122)), pytest.raises(Refused, match="数据正在更新，请稍后再试。"):
        proposed(place, waiting)
    assert not Recheck.objects.exists()
    assert proposed(place, waiting).figures["before"]["events"] == 7


def test_a_passed_recheck_is_closed_by_a_persons_signature_and_takes_the_warning_along(place, waiting, people):
    place.injure(*days(7, 2025))
    made = proposed(place, waiting)
    SignRecheck(people.zhoumin.actor, place.later(123), made, "close").do()
    waiting.refresh_from_db()
    waiting.warning.refresh_from_db()
    assert (waiting.state, waiting.warning.state) == ("closed_ok", "closed")
    assert (made.state, made.signer, made.decision) == ("signed", people.zhoumin, "close")
    with pytest.raises(Refused, match="已签发"):
        SignRecheck(people.zhoumin.actor, place.later(123), made, "close").do()


def test_nobody_is_listed_without_a_signature_and_a_term(place, waiting, people):
    place.injure(*days(7, 2026))
    place.injure(*days(7, 2025))
    made = proposed(place, waiting)
    assert made.verdict == "failed"
    with pytest.raises(Refused, match="要由人签发"):
        SignRecheck(people.system.actor, place.later(123), made, "list").do()
    with pytest.raises(NotAllowed):
        SignRecheck(people.fangzhiqiang.actor, place.later(123), made, "list").do()
    with pytest.raises(Refused, match="没有填期限"):
        SignRecheck(people.zhoumin.actor, place.later(123), made, "list").do()
    until = date(2027, 1, 20)
    SignRecheck(people.zhoumin.actor, place.later(123), made, "list", until=until, typed="云安委督〔2026〕3号").do()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.due) == ("listed", until)
    letter = waiting.warning.letters.get(purpose="attached")
    assert (letter.title, letter.number, letter.state) == ("挂牌督办通知书", "云安委督〔2026〕3号", "drafted")
    assert not Delivery.objects.filter(letter=letter).exists()  # it is reviewed and signed first, as every letter
    DelistCase(people.zhoumin.actor, place.later(300), waiting, "整改目标达到，经核查落实").do()
    waiting.warning.refresh_from_db()
    assert (waiting.state, waiting.warning.state) == ("delisted", "closed")


def test_the_notice_goes_out_in_the_name_of_who_decided(place, waiting, people, now):
    """安委办 lists the unit: its own letter, with its own contact; whoever sits in 人社局 does not review it."""
    place.injure(*days(7, 2026))
    place.injure(*days(7, 2025))
    made = proposed(place, waiting)
    house = Department.objects.create(
        code="990100-safety", name="云溪市安全生产委员会办公室", short_name="安委办", kind="safety_committee", region=people.wangli.department.region,
    )  # fmt: skip
    User.objects.filter(pk=people.zhoumin.pk).update(department=house)
    people.zhoumin.refresh_from_db()
    SignRecheck(people.zhoumin.actor, place.later(123), made, "list", until=date(2027, 1, 20)).do()
    letter = waiting.warning.letters.get(purpose="attached")
    assert (letter.issuer, letter.bureau) == ("云溪市安全生产委员会办公室", house)
    assert not letter.values.get("contact") and not letter.values.get("contact_phone")
    EditLetter(people.wangli.actor, place.later(123), waiting.warning, letter, {"contact": "郭安", "contact_phone": "0999-6123999"}).do()
    SubmitForReview(people.wangli.actor, place.later(123), waiting.warning, further=letter).do()
    with pytest.raises(Refused, match="由安委办发文，您不在该单位"):
        Review(people.lijianguo.actor, place.later(123), waiting.warning, further=letter).do()


@pytest.mark.parametrize(
    ("compare_with", "target"),
    [("pooled", "，且工伤事故发生率不高于全县平均"), ("industry", "，且工伤事故发生率不高于同行业平均"), ("none", "")],
)
def test_the_target_is_what_the_rule_asks_for(place, waiting, compare_with, target):
    Region.objects.filter(code="990100").update(name="高台县")
    place.injure(*days(7, 2025))
    made = proposed(place, waiting)
    made.rule["compare_with"] = compare_with
    assert values(made, date(2026, 7, 21), date(2027, 1, 20))["target"] == "工伤事故起数比上年同期下降 30%以上" + target


def test_a_failed_signature_lists_nobody(place, waiting, people):
    place.injure(*days(7, 2026))
    place.injure(*days(7, 2025))
    made = proposed(place, waiting)
    with pytest.raises(Refused):
        SignRecheck(people.zhoumin.actor, place.later(123), made, "list", until=date(2027, 1, 20), typed="乱写").do()
    waiting.refresh_from_db()
    made.refresh_from_db()
    assert (waiting.state, made.state) == ("evaluating", "proposed")


def test_deciding_against_the_proposal_needs_a_reason(place, waiting, people):
    place.injure(*days(7, 2026))
    place.injure(*days(7, 2025))
    made = proposed(place, waiting)
    with pytest.raises(Refused, match="与建议不一致的理由"):
        SignRecheck(people.zhoumin.actor, place.later(123), made, "close").do()
    SignRecheck(people.zhoumin.actor, place.later(123), made, "close", "三起为外协运输事故，已核定").do()
    assert made.decision == "close"


def test_a_small_base_is_left_to_a_person_who_may_extend(place, waiting, people):
    place.injure(*days(1, 2026))
    place.injure(*days(2, 2025))
    made = proposed(place, waiting)
    assert (made.verdict, made.flags) == ("review", ["small_baseline"])
    until = date(2026, 10, 20)
    SignRecheck(people.zhoumin.actor, place.later(123), made, "extend", "再看一个季度", until=until).do()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.recheck_on) == ("extended", until)
    assert work.propose_due(place.later(124)) == 0
    assert work.propose_due(place.later(214)) == 1  # 20 October
    assert Recheck.objects.filter(state="proposed").get().ripe_on == until


def test_a_case_that_is_not_accepted_has_nothing_to_evaluate(place):
    case = opened(place)
    with pytest.raises(Refused, match="还不能评估"):
        ProposeRecheck(place.people.system.actor, place.now, case).do()


def test_counting_anew_keeps_the_first_row(place, waiting, people):
    place.injure(*days(7, 2025))
    first = proposed(place, waiting)
    place.injure(*days(6, 2026))
    second = ProposeRecheck(people.fangzhiqiang.actor, place.later(123), waiting).do()
    first.refresh_from_db()
    assert (first.state, first.verdict, second.verdict) == ("replaced", "passed", "failed")
    assert second.commit > first.commit


def test_fewer_than_three_units_give_no_reference_figure(people, now):
    place = Place(people, now)
    place.staff([date(2026, month, 1) for month in (3, 4, 5, 6)], 100)
    case = reported(place, opened(place), place.now)
    AcceptReport(people.fangzhiqiang.actor, place.now, case).do()
    made = proposed(place, case)
    assert made.references == {"pooled": None, "mean": None, "industry": None}
    assert (made.rate_test, made.verdict) == ("unknown", "review")


def test_the_page_shows_both_windows_the_rule_and_the_statistics_one_click_deeper(place, waiting, people, monkeypatch):
    place.injure(*days(1, 2026))
    place.injure(*days(7, 2025))
    made = proposed(place, waiting)
    at = place.later(123)
    monkeypatch.setattr("wushang.people.middleware.timezone.now", lambda: at)
    client = Client()
    client.force_login(people.zhoumin, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("evaluate:recheck", args=[made.pk])).content.decode()
    for words in ("效果评估：云溪市恒岳杯业有限公司", "建议：通过", "下降 85.7%", "另一口径", "平台默认", "95% 精确区间", "起数下降不到 30%，或者发生率高于全市平均（合计）的", "平均参保人数变化超过 20%（平台默认）"):
        assert words in page
    assert page.index("建议：通过") < page.index("统计依据") < page.index("95% 精确区间")
    assert "全市平均（合计人次÷合计参保）" in page
    Region.objects.filter(code="990100").update(name="高台县")
    page = client.get(reverse("evaluate:recheck", args=[made.pk])).content.decode()
    assert "全县平均（合计人次÷合计参保）" in page and "发生率高于全县平均（合计）的" in page
    assert "恒岳杯业" in client.get(reverse("evaluate:rechecks")).content.decode()
    piece = client.get(reverse("warn:warning", args=[waiting.warning_id])).content.decode()
    assert reverse("evaluate:recheck", args=[made.pk]) in piece
    answer = client.post(reverse("evaluate:sign", args=[made.pk]), {"decision": "close"}, follow=True)
    assert "已签发：办结" in answer.content.decode()


def test_an_outsider_sees_no_recheck(place, waiting, people, monkeypatch):
    made = proposed(place, waiting)
    monkeypatch.setattr("wushang.people.middleware.timezone.now", lambda: place.now)
    client = Client()
    client.force_login(people.linwai, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("evaluate:recheck", args=[made.pk])).status_code == 404
    assert Client().get(reverse("evaluate:rechecks")).status_code == 302
