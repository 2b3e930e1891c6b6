"""The enterprise on its telephone: link, code, three steps; and that no unit ever sees another's."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from rectify.acts import FULL, opened, reported
from rectify.place import CODE, HANDLER_PHONE, HEAD_PHONE, PHOTO

from wushang.judge.models import Finding
from wushang.people.models import AuditEntry
from wushang.rectify import access
from wushang.rectify.deeds.return_report import ReturnReport
from wushang.rectify.models import AccessLink, PhoneCode, Photo
from wushang.rectify.words import tell_enterprise
from wushang.terms.problem import Refused
from wushang.warn import judged
from wushang.warn.models import InboxItem, PracticeMessage
from wushang.warn.outbox import deliver_some


@pytest.fixture(autouse=True)
def clock(monkeypatch, now):
    """Requests happen at the tests' own hour; `clock.at` moves on."""

    held = SimpleNamespace(at=now)
    monkeypatch.setattr("wushang.people.middleware.timezone.now", lambda: held.at)
    return held


def sent_code() -> str:
    return re.search(r"\d{6}", PracticeMessage.objects.order_by("-pk").first().text)[0]


def enter(token: str, contact, client: Client | None = None) -> Client:
    """Through the door: choose the telephone, type the code."""
    client = client or Client()
    door = reverse("rectify:door", args=[token])
    client.post(door, {"phone": contact.pk})
    assert client.post(door, {"code": sent_code()}).status_code == 302
    return client


def page(name: str, warning, *args, token: str = CODE) -> str:
    return reverse(f"rectify:{name}", args=[token, warning.pk, *args])


def test_the_code_on_the_letter_leads_in_after_the_telephone_is_proved(place):
    warning = place.warning(state="issued", delivered=None, acknowledged=None)
    client = Client()
    shut = client.get(reverse("rectify:door", args=[CODE])).content.decode()
    assert "云溪市恒岳杯业有限公司" in shut
    assert "138****2016" in shut
    assert HEAD_PHONE not in shut
    assert client.get(page("home", warning)).status_code == 302  # back to the door
    enter(CODE, place.head, client)
    inside = client.get(page("home", warning)).content.decode()
    assert "确认签收" in inside
    assert "橙" in inside


def test_signing_for_the_letter_opens_the_case_and_the_form(place):
    warning = place.warning(state="issued", delivered=None, acknowledged=None)
    client = enter(CODE, place.handler)
    assert client.get(page("report", warning, 1)).url == page("home", warning)  # not before the receipt
    client.post(page("acknowledge", warning))
    warning.refresh_from_db()
    assert (warning.state, warning.case.state) == ("acknowledged", "report_due")
    assert "4 步办完" in client.get(page("home", warning)).content.decode()
    assert AuditEntry.objects.filter(verb="warn.acknowledge", via="link").exists()


@pytest.mark.parametrize(("level", "next_step"), [("orange", "填写整改情况"), ("yellow", "对照函件自查")])
def test_the_receipt_names_the_step_that_the_rule_asks_for(place, level, next_step):
    warning = place.warning(level, state="issued", delivered=None, acknowledged=None)
    client = enter(CODE, place.handler)
    answer = client.post(page("acknowledge", warning), follow=True).content.decode()
    assert f"已签收。下一步：{next_step}。" in answer


def test_the_page_is_plain_and_names_nobody(place):
    place.injure(place.day - timedelta(days=60), place.day - timedelta(days=14))
    place.staff([place.day.replace(day=1)], 58)
    case = opened(place)
    handler = enter(CODE, place.handler)
    html = handler.get(page("home", case.warning)).content.decode()
    assert "今年收到工伤事故报告 <b>2 起</b>" in html
    assert "您单位参保 58 人" in html
    assert "冲压车间，冲压工" in html
    rule, finding = case.warning.version, case.warning.finding
    assert "依据哪一条" in html and f"“{finding.clause}”" in html and finding.clause
    told = {"events": 3, "hazards": 0, "serious": 0, "fatal": 0}
    Finding.objects.filter(pk=finding.pk).update(values=told, settings=rule.pack.settings(finding.as_of))
    assert "本年累计工伤事故起数 3 达到" in handler.get(page("home", case.warning)).content.decode()
    assert f"规则第 {rule.number} 版" in html and f"数据版本第 {finding.commit} 号" in html
    for foreign in ("‰", "95%", "置信", "右手食指"):
        assert foreign not in html


def test_a_comparison_of_rates_is_left_to_the_office(place, monkeypatch):
    """A unit of 30 people reads counts; what a rule says per thousand stands in 为什么."""
    case = opened(place)
    met = [SimpleNamespace(text=text, holds=True) for text in ("工伤发生率 12.5‰ 达到 10‰", "工伤事故起数 3 达到 2")]
    monkeypatch.setattr(judged, "compared", lambda _finding: met)
    html = enter(CODE, place.handler).get(page("home", case.warning)).content.decode()
    assert met[1].text in html and "‰" not in html


def test_the_report_is_filled_in_page_by_page_and_survives(place, clock):
    case = opened(place)
    client = enter(CODE, place.handler)
    first = client.get(page("report", case.warning, 1)).content.decode()
    assert first.index("现场照片") < first.index("单位基本情况")
    from django.core.files.uploadedfile import SimpleUploadedFile

    shot = SimpleUploadedFile("a.jpg", PHOTO, "image/jpeg")
    sent = client.post(page("report", case.warning, 1), {"basic": "杯厂", "course": "冲压", "photos": shot})
    assert sent.url == page("report", case.warning, 2)
    assert client.post(page("save", case.warning, 2), {"people": "新职工"}).status_code == 204
    assert case.report.answers == {"basic": "杯厂", "course": "冲压", "people": "新职工"}
    photo = Photo.objects.get()
    got = client.get(page("photo", case.warning, photo.pk))
    assert (b"".join(got.streaming_content), got["Content-Type"], got["X-Content-Type-Options"]) == (
        PHOTO, "image/jpeg", "nosniff",
    )  # fmt: skip
    html = client.get(page("report", case.warning, 1)).content.decode()
    assert f'name="remove" value="{photo.pk}"' in html
    more = {"basic": "杯厂", "course": "冲压", "photos": SimpleUploadedFile("b.jpg", PHOTO + b"2", "image/jpeg"), "stay": "yes"}
    assert client.post(page("report", case.warning, 1), more).url == page("report", case.warning, 1)  # as soon as it is chosen
    assert Photo.objects.filter(removed=None).count() == 2
    kept = {"basic": "杯厂", "course": "冲压", "remove": photo.pk}
    assert client.post(page("report", case.warning, 1), kept).url == page("report", case.warning, 1)
    assert client.get(page("photo", case.warning, photo.pk)).status_code == 404
    clock.at += timedelta(minutes=2)
    other = enter(CODE, place.handler)
    assert "杯厂" in other.get(page("report", case.warning, 1)).content.decode()


@pytest.mark.parametrize(
    ("data", "why"), [(b"", "空文件"), (b"%PDF-1.7", "不是照片"), (b"<svg onload=x>", "不是照片"), (PHOTO + b"x" * 10_485_760, "超过 10 MB")]
)
def test_only_photos_are_kept_and_the_words_are_not_lost(place, data, why):
    from django.core.files.uploadedfile import SimpleUploadedFile

    case = opened(place)
    client = enter(CODE, place.handler)
    file = SimpleUploadedFile("photo.jpg", data, "image/jpeg")
    html = client.post(page("report", case.warning, 1), {"basic": "杯厂", "photos": file}, follow=True).content.decode()
    assert not Photo.objects.exists()
    assert case.report.answers["basic"] == "杯厂"
    assert data == b"" or why in html


def test_the_handler_sends_it_to_the_head_who_signs_on_the_own_telephone(place):
    case = opened(place)
    client = enter(CODE, place.handler)
    client.get(page("report", case.warning, 1))
    report = case.report
    report.answers = {k: v for k, v in FULL.items() if k != "goal"}
    report.save()
    assert client.post(page("ask_head", case.warning)).url == page("report", case.warning, 3)
    client.post(page("save", case.warning, 3), {"goal": "下降 30%"})
    client.post(page("ask_head", case.warning))
    note = PracticeMessage.objects.order_by("-pk").first()
    token = re.search(r"/e/([^/]+)/", note.text)[1]
    assert AccessLink.objects.get(token_hash=access.hashed(token)).purpose == "confirm"
    asked = Client()
    with pytest.raises(Refused, match="不是贵单位登记的号码"):
        access.send_code(access.find_link(token, place.now), HANDLER_PHONE, place.now)
    PhoneCode.objects.all().delete()  # a minute has passed
    enter(token, place.head, asked)
    answer = asked.post(page("confirm", case.warning, token=token), {"promise": "yes"})
    case.refresh_from_db()
    assert answer.url == page("home", case.warning, token=token)
    assert (case.state, case.report.confirmed_masked) == ("submitted", "陈** 138****2016")
    assert f"已提交。编号 {case.report.receipt}" in asked.get(answer.url).content.decode()


def test_the_handler_cannot_sign_in_the_heads_place(place):
    case = opened(place)
    client = enter(CODE, place.handler)
    client.get(page("report", case.warning, 1))
    report = case.report
    report.answers = FULL
    report.save()
    html = client.post(page("confirm", case.warning), {"promise": "yes"}, follow=True).content.decode()
    assert "要由主要负责人本人确认" in html
    case.refresh_from_db()
    assert case.state == "report_due"


def test_the_last_measure_ends_the_form_and_one_more_is_a_button_of_its_own(place):
    case = opened(place)
    client = enter(CODE, place.handler)
    one = {"what": "加装光电保护", "who": "陈厂长", "by": "2026-04-10"}
    html = client.get(page("report", case.warning, 4)).content.decode()
    assert "整改措施 第 1 条" in html and "保存，填完了" in html and "保存，再加一条措施" in html
    assert client.post(page("report", case.warning, 4), one | {"more": "yes"}).url == page("report", case.warning, 5)
    assert client.post(page("report", case.warning, 5), one | {"what": "培训"}).url == page("home", case.warning)
    assert [row["what"] for row in case.report.answers["measures"]] == ["加装光电保护", "培训"]
    between = client.get(page("report", case.warning, 4)).content.decode()
    assert "保存，下一页" in between and "再加一条" not in between
    assert client.post(page("report", case.warning, 4), one).url == page("report", case.warning, 5)
    assert client.get(page("report", case.warning, 7)).status_code == 404  # two measures, one more may come


def filled(place, case):
    """The report, filled in and waiting for the head."""
    client = enter(CODE, place.handler)
    client.get(page("report", case.warning, 1))
    report = case.report
    report.answers = FULL
    report.save()
    return client


def test_each_comes_in_at_the_own_next_step(place, clock):
    case = opened(place)
    door = reverse("rectify:door", args=[CODE])
    assert enter(CODE, place.head).get(door).url == page("home", case.warning)  # nothing to confirm yet
    clock.at += timedelta(minutes=2)
    assert filled(place, case).get(door).url == page("home", case.warning)
    clock.at += timedelta(minutes=2)
    assert enter(CODE, place.head).get(door).url == page("confirm", case.warning)


def test_a_full_report_goes_to_the_head_though_the_plan_is_not_there_yet(place, clock):
    case = opened(place, level="red")
    home = page("home", case.warning)
    assert "发给负责人签字" not in enter(CODE, place.handler).get(home).content.decode()  # nothing to sign yet
    clock.at += timedelta(minutes=2)
    shown = filled(place, case).get(home)
    assert next(step["button"] for step in shown.context["steps"] if step["state"] == "now") == "上传方案"
    assert "发给负责人签字" in shown.content.decode()
    clock.at += timedelta(minutes=2)
    assert "去确认" in enter(CODE, place.head).get(home).content.decode()


def test_the_head_hands_back_with_a_reason_and_the_handler_reads_it_and_sends_it_again(place, clock):
    case = opened(place)
    handler = filled(place, case)
    clock.at += timedelta(minutes=2)
    head = enter(CODE, place.head)
    assert "退回修改" in head.get(page("confirm", case.warning)).content.decode()
    assert "没有写“要改什么”" in head.post(page("hand_back", case.warning), {"reason": " "}, follow=True).content.decode()
    said = head.post(page("hand_back", case.warning), {"reason": "目标写得太低，请改成不再发生。"}, follow=True).content.decode()
    assert "已退回，短信发到 林** 139****1111；改好后会再请您确认。" in said
    assert head.get(page("confirm", case.warning)).url == page("home", case.warning)  # it waits for the handler now
    note = PracticeMessage.objects.order_by("-pk").first().text
    assert "负责人请您修改整改情况" in note and "不再发生" not in note

    def now() -> dict:
        return next(step for step in handler.get(page("home", case.warning)).context["steps"] if step["state"] == "now")

    assert (now()["title"], now()["button"]) == ("填写整改情况", "修改")
    assert now()["says"] == "负责人请您修改：目标写得太低，请改成不再发生。"
    handler.post(page("save", case.warning, 3), {"goal": "三个月内不再发生"})
    assert now()["button"] == "发给负责人签字"
    handler.post(page("ask_head", case.warning))
    assert "目标写得太低" not in handler.get(page("home", case.warning)).content.decode()
    answer = head.post(page("confirm", case.warning), {"promise": "yes"})
    case.refresh_from_db()
    assert (answer.url, case.state) == (page("home", case.warning), "submitted")


def test_only_the_head_hands_back_and_where_nobody_else_fills_it_in_the_head_changes_it(place, clock):
    case = opened(place)
    handler = filled(place, case)
    handler.post(page("hand_back", case.warning), {"reason": "我来退回试试"})
    assert case.report.state == "draft"
    place.handler.invalid_since = place.day
    place.handler.save()
    clock.at += timedelta(minutes=2)
    html = enter(CODE, place.head).get(page("confirm", case.warning)).content.decode()
    assert "退回修改" not in html and f'href="{page("report", case.warning, 1)}"' in html


def test_a_returned_report_shows_the_reason_beside_the_field(place, people):
    case = reported(place, opened(place), place.now)
    ReturnReport(people.fangzhiqiang.actor, place.now, case, {"goal": "请写明降幅和岗位", "measures": "请写明资金"}).do()
    client = enter(CODE, place.handler)
    assert "有 2 项要补充" in client.get(page("home", case.warning)).content.decode()
    assert "请写明降幅和岗位" in client.get(page("report", case.warning, 3)).content.decode()
    assert "请写明资金" in client.get(page("report", case.warning, 4)).content.decode()
    assert "请写明降幅和岗位" not in client.get(page("report", case.warning, 1)).content.decode()


def test_what_came_back_is_mended_before_the_head_signs(place, people):
    case = reported(place, opened(place), place.now)
    ReturnReport(people.fangzhiqiang.actor, place.now, case, {"goal": "请写明降幅和岗位"}).do()
    client = enter(CODE, place.handler)

    def now() -> str:
        return next(step["title"] for step in client.get(page("home", case.warning)).context["steps"] if step["state"] == "now")

    assert now() == "填写整改情况"
    assert f'href="{page("report", case.warning, 3)}">去补正' in client.get(page("home", case.warning)).content.decode()
    client.post(page("save", case.warning, 3), {"goal": "冲压岗位三个月内不再发生"})
    assert now() == "主要负责人确认"


def test_who_asked_for_a_correction_reads_until_when_it_is_answered(place):
    warning = place.warning()
    client = enter(CODE, place.handler)
    asked = client.post(page("correction", warning), {"kind": "not_ours", "text": "3月6日那起不是我们的人。"}, follow=True)
    html = asked.content.decode()
    assert "正在核对" in html and "3月27日前答复，写在本页。核对期间整改照常进行。" in html  # five working days after Friday 20 March


def test_all_letters_of_the_unit_are_listed_and_no_others(place):
    from wushang.warn.models import Letter

    warning, foreign = place.warning(), place.warning(at=place.away)
    more = {"issuer": "人社局", "created": place.now, "signed": place.day, "purpose": "revocation", "title": "撤销通知"}
    mine = Letter.objects.create(warning=warning, kind="revocation", number="云人社预〔2026〕40号", code="A" * 16, **more)
    theirs = Letter.objects.create(warning=foreign, kind="revocation", number="云人社预〔2026〕41号", code="B" * 16, **more)
    client = enter(CODE, place.head)
    html = client.get(page("letters", warning)).content.decode()
    assert "共 2 件" in html
    assert mine.number in html
    assert theirs.number not in html
    assert client.get(page("letter_file", warning, theirs.pk)).status_code == 404


def test_when_all_is_done_the_page_says_so(place):
    warning = place.warning(state="closed")
    assert "目前没有要办的事项" in enter(CODE, place.head).get(page("home", warning)).content.decode()


# ---- who may come in ----


def test_an_unknown_link_an_expired_one_and_a_revoked_one_say_what_to_do(place, clock):
    warning = place.warning()
    lost = Client().get(reverse("rectify:door", args=["nonsense"]))
    assert lost.status_code == 404
    assert "重新扫函上的二维码" in lost.content.decode()
    link, token = access.make_link(warning, place.now)
    clock.at = place.later(180)
    gone = Client().get(reverse("rectify:door", args=[token]))
    assert gone.status_code == 410
    assert "已经过期" in gone.content.decode()
    clock.at = place.now
    AccessLink.objects.filter(pk=link.pk).update(revoked=place.now)
    assert Client().get(reverse("rectify:door", args=[token])).status_code == 410


def test_the_page_says_to_which_telephone_the_code_went_and_when_another_may_be_asked_for(place, clock):
    place.warning()
    door, client = reverse("rectify:door", args=[CODE]), Client()
    choice = client.get(door).content.decode()
    assert "主要负责人 陈** 138****2016" in choice and "经办人 林** 139****1111" in choice
    sent = client.post(door, {"phone": place.handler.pk}).content.decode()
    assert "验证码发到 <b>林** 139****1111</b>，10 分钟内有效。" in sent
    assert f'name="phone" value="{place.handler.pk}" data-wait="60"' in sent
    clock.at += timedelta(seconds=40)
    early = client.post(door, {"phone": place.handler.pk}).content.decode()
    assert "验证码刚刚发出。" in early and 'data-wait="20"' in early and PhoneCode.objects.count() == 1
    clock.at += timedelta(seconds=21)
    again = client.post(door, {"phone": place.head.pk}).content.decode()  # and to another telephone
    assert "验证码发到 <b>陈** 138****2016</b>" in again and PhoneCode.objects.count() == 2


def test_who_comes_by_another_link_right_after_a_colleague_gets_a_code_of_ones_own(place):
    """The handler is in, asks the head to sign; the head opens his own link within the minute."""
    warning = place.warning()
    enter(CODE, place.handler)
    _link, token = access.make_link(warning, place.now)
    door = reverse("rectify:door", args=[token])
    same = Client().post(door, {"phone": place.handler.pk}).content.decode()
    assert "在这里不能用。请过 60 秒再发送。" in same and 'name="code"' not in same and "练习环境" not in same
    enter(token, place.head)
    assert PhoneCode.objects.count() == 2


def test_a_landline_is_not_offered_for_a_code(place):
    place.warning()
    place.head.phone = "0999-6123456"
    place.head.save()
    choice = Client().get(reverse("rectify:door", args=[CODE])).content.decode()
    assert "主要负责人" not in choice and "经办人 林**" in choice


def test_the_page_always_offers_a_number(place, settings):
    warning = place.warning()

    def offered() -> str:
        return re.search(r'href="tel:([^"]+)"', Client().get(reverse("rectify:door", args=[CODE])).content.decode())[1]

    assert offered() == "0999-6123456"  # as the letter says
    warning.letter.__class__.objects.update(values={})
    assert offered() == "12333"
    settings.WUSHANG_OFFICE_PHONE = "0999-7654321"
    assert offered() == "0999-7654321"


def test_the_ledger_keeps_no_token_and_no_code(place):
    link, token = access.make_link(place.warning(), place.now)
    access.send_code(link, HEAD_PHONE, place.now)
    kept = str(list(AccessLink.objects.values()) + list(PhoneCode.objects.values()))
    assert token not in kept
    assert sent_code() not in kept


def test_a_letter_that_was_not_issued_opens_nothing(place):
    place.warning(state="signed", issued=None, delivered=None, acknowledged=None)
    assert Client().get(reverse("rectify:door", args=[CODE])).status_code == 404


def test_the_unit_reads_its_messages_under_my_letters_and_the_office_sees_that_it_did(place):
    warning = place.warning()
    tell_enterprise(place.now, warning, "请上交整改情况", "整改情况4月18日前交，还剩 7 天。")
    tell_enterprise(place.now, place.warning(at=place.away), "别家的消息", "文")
    deliver_some(place.now)
    client = enter(CODE, place.head)
    tab = re.compile(r'我的函件<span class="n">1</span>')
    assert tab.search(client.get(page("home", warning)).content.decode())
    first = client.get(page("letters", warning)).content.decode()
    assert "整改情况4月18日前交，还剩 7 天。" in first and "<b>新</b>" in first and "别家的消息" not in first
    again = client.get(page("letters", warning)).content.decode()
    assert "整改情况4月18日前交" in again and "<b>新</b>" not in again and not tab.search(again)
    item = InboxItem.objects.get(enterprise=place.cup)
    assert (item.read, item.read_by) == (place.now, "单位")


def test_a_foreign_telephone_gets_no_code(place):
    link, _token = access.make_link(place.warning(), place.now)
    with pytest.raises(Refused, match="不是贵单位登记的号码"):
        access.send_code(link, "13700000000", place.now)
    assert not PracticeMessage.objects.exists()


def test_five_wrong_codes_and_even_the_right_one_opens_nothing(place):
    link, _token = access.make_link(place.warning(), place.now)
    access.send_code(link, HEAD_PHONE, place.now)
    right = sent_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"还可以试 {left} 次"):
            access.prove(link, wrong, place.now)
    with pytest.raises(Refused, match="已经作废，请重新获取"):
        access.prove(link, wrong, place.now)
    with pytest.raises(Refused, match="连续输错 5 次"):
        access.prove(link, right, place.now)


def test_a_code_lives_ten_minutes_and_works_once(place):
    link, _token = access.make_link(place.warning(), place.now)
    access.send_code(link, HEAD_PHONE, place.now)
    with pytest.raises(Refused, match="已经失效"):
        access.prove(link, sent_code(), place.now + timedelta(minutes=10))
    assert access.prove(link, sent_code(), place.now + timedelta(minutes=9)).contact == place.head
    with pytest.raises(Refused, match="已经失效"):
        access.prove(link, sent_code(), place.now + timedelta(minutes=9))


def test_codes_are_not_sent_more_often_than_once_a_minute_and_five_times_an_hour(place):
    link, _token = access.make_link(place.warning(), place.now)
    access.send_code(link, HEAD_PHONE, place.now)
    with pytest.raises(Refused, match="刚刚发出"):
        access.send_code(link, HEAD_PHONE, place.now + timedelta(seconds=59))
    for n in (2, 4, 6, 8):
        access.send_code(link, HEAD_PHONE, place.now + timedelta(minutes=n))
    with pytest.raises(Refused, match="一小时内"):
        access.send_code(link, HEAD_PHONE, place.now + timedelta(minutes=10))
    access.send_code(link, HEAD_PHONE, place.now + timedelta(minutes=61))


def asks_for_a_code(place, settings, gateway: str) -> str:
    settings.WUSHANG_MODE, settings.WUSHANG_SMS_URL = "live", gateway
    return Client().post(reverse("rectify:door", args=[CODE]), {"phone": place.head.pk}).content.decode()


def test_where_no_message_can_be_sent_the_page_says_so_and_whom_to_call(place, settings):
    place.warning()
    shown = asks_for_a_code(place, settings, "")
    assert "验证码没有发出去。请打电话 0999-6123456（工伤保险科 王丽）。" in shown
    assert 'name="code"' not in shown and 'href="tel:0999-6123456"' in shown
    assert "验证码没有发出去" in asks_for_a_code(place, settings, "")  # nobody is told to look for a message that never left


def test_where_the_gateway_does_not_answer_the_code_may_still_come(place, settings):
    place.warning()
    shown = asks_for_a_code(place, settings, "http://127.0.0.1:9/")
    assert "短信暂时发不出去，平台正在重试。收到了就填在下面；等不到请打电话 0999-6123456" in shown
    assert 'name="code"' in shown


def test_the_head_is_not_said_to_be_asked_where_no_message_left(place, settings):
    case = opened(place)
    client = enter(CODE, place.handler)
    client.get(page("report", case.warning, 1))
    report = case.reports.get()
    report.answers = FULL
    report.save()
    settings.WUSHANG_MODE = "live"
    said = client.post(page("ask_head", case.warning), follow=True).content.decode()
    assert "短信没有发出去，请打电话 0999-6123456（工伤保险科 王丽）。" in said


@pytest.mark.parametrize("name", ["home", "letter", "letters", "correction", "confirm"])
def test_a_unit_never_sees_another_units_warning(place, name):
    place.warning()
    foreign = place.warning(at=place.away)
    client = enter(CODE, place.head)
    assert client.get(page(name, foreign)).status_code == 404


def test_a_unit_never_sees_or_changes_another_units_report_and_photos(place):
    mine, foreign = opened(place), opened(place, at=place.away)
    report = foreign.reports.create(round=1, started=place.now)
    photo = Photo.objects.create(report=report, sha256="0" * 64, kind="jpg", size=1, at=place.now)
    client = enter(CODE, place.head)
    assert client.get(page("photo", mine.warning, photo.pk)).status_code == 404
    assert client.post(page("save", foreign.warning, 1), {"basic": "x"}).status_code == 404
    assert client.post(page("acknowledge", foreign.warning)).status_code == 404
    actor = access.actor_for(access.find_link(CODE, place.now), place.head)
    assert not actor.scope.covers("rectify.answer", "990200001", "3382", place.away.pk)
    assert not actor.scope.may("rectify.see")


def test_one_browser_with_one_units_proof_stays_outside_anothers_door(place):
    place.warning()
    foreign = place.warning(at=place.away)
    _link, token = access.make_link(foreign, place.now)
    client = enter(CODE, place.head)
    assert client.get(page("home", foreign, token=token)).url == reverse("rectify:door", args=[token])


def test_the_proof_ends_after_two_hours_and_with_the_telephone(place, clock):
    warning = place.warning()
    client = enter(CODE, place.head)
    clock.at = place.now + timedelta(hours=2)
    assert client.get(page("home", warning)).status_code == 200
    place.head.invalid_since = place.day
    place.head.save()
    assert client.get(page("home", warning)).status_code == 302
    place.head.invalid_since = None
    place.head.save()
    assert client.get(page("home", warning)).status_code == 200
    clock.at = place.now + timedelta(hours=2, seconds=1)
    assert client.get(page("home", warning)).status_code == 302


def test_a_unit_without_a_telephone_on_record_is_told_whom_to_call(place):
    foreign = place.warning(at=place.away)
    _link, token = access.make_link(foreign, place.now)
    assert "还没有登记贵单位的手机号" in Client().get(reverse("rectify:door", args=[token])).content.decode()


def test_in_trial_and_live_the_page_never_tells_the_code(place, settings):
    settings.WUSHANG_MODE = "live"
    place.warning()
    client = Client()
    html = client.post(reverse("rectify:door", args=[CODE]), {"phone": place.head.pk}).content.decode()
    assert PhoneCode.objects.count() == 1
    assert "练习环境" not in html


def test_the_head_on_record_of_a_merged_unit_may_prove_and_confirm(place):
    merged = place.enterprise("云溪市恒悦杯业有限公司", "990100001", merged_into_id=place.cup.pk)
    head = place.contact(merged, "head", "王芳", "13800002222")
    link, _token = access.make_link(place.warning(), place.now, "confirm")
    assert set(access.contacts_of(link)) == {place.head, head}
    access.send_code(link, "13800002222", place.now)
    assert PhoneCode.objects.get().contact == head
