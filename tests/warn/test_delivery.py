"""Issuing and delivering, acknowledging, withdrawing and revoking: what is told to whom, what stays on record."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from wushang.people.actor import Actor
from wushang.people.scope import Grant, Scope
from wushang.terms.problem import Refused
from wushang.warn.deeds.acknowledge import Acknowledge
from wushang.warn.deeds.close import Close
from wushang.warn.deeds.issue import Issue
from wushang.warn.deeds.keep_warning import KeepWarning
from wushang.warn.deeds.propose_withdrawal import ProposeWithdrawal
from wushang.warn.deeds.register_delivery import RegisterDelivery
from wushang.warn.deeds.revoke import Revoke
from wushang.warn.deeds.undo_delivery import UndoDelivery
from wushang.warn.deeds.withdraw import Withdraw
from wushang.warn.models import Delivery, LetterNumber, PracticeMessage, Warning
from wushang.warn.outbox import deliver_some

pytestmark = pytest.mark.django_db
PHOTO = b"\xff\xd8\xff" + b"photo"
DAY = date(2026, 3, 20)


def told(warning: Warning) -> set[tuple[str, str, str]]:
    return set(warning.deliveries.values_list("recipient_kind", "channel", "recipient"))


def test_issuing_needs_a_number(people, now, drafted, advance):
    advance(drafted, "signed")
    with pytest.raises(Refused, match="还没有文号"):
        Issue(people.wangli.actor, now, drafted).do()


def test_an_issued_letter_goes_to_the_enterprise_by_phone_and_to_its_township(world, drafted, advance):
    world.contact()
    advance(drafted, "issued")
    assert told(drafted) == {
        ("enterprise", "inbox", "云溪市恒岳杯业有限公司"),
        ("enterprise", "sms_http", "云溪市恒岳杯业有限公司"),
        ("township", "inbox", "东城街道办事处"),
    }
    assert drafted.due == date(2026, 3, 25)  # three working days to deliver


def test_an_orange_one_also_tells_the_regulator(world, people, now, advance):
    from wushang.warn.deeds.draft_warning import DraftWarning

    world.injury(date(2026, 3, 6))
    world.injury(date(2026, 3, 7))
    orange = DraftWarning(people.system.actor, now, world.finding("orange")).do()
    advance_orange(orange, people, now)
    assert ("department", "inbox", "云溪市应急管理局") in told(orange)


def advance_orange(warning, people, now):
    from wushang.warn.deeds.edit_letter import EditLetter
    from wushang.warn.deeds.number_letter import NumberLetter
    from wushang.warn.deeds.review import Review
    from wushang.warn.deeds.sign import Sign
    from wushang.warn.deeds.submit_for_review import SubmitForReview

    contact = {"contact": "工伤保险科 王丽", "contact_phone": "0999-6123456"}
    EditLetter(people.wangli.actor, now, warning, warning.letter, contact).do()
    SubmitForReview(people.wangli.actor, now, warning).do()
    Review(people.lijianguo.actor, now, warning).do()
    Sign(people.zhoumin.actor, now, warning).do()
    NumberLetter(people.wangli.actor, now, warning, warning.letter, word="云人社预").do()
    Issue(people.wangli.actor, now, warning).do()


def test_an_enterprise_without_a_telephone_waits_for_a_hand(drafted, advance):
    advance(drafted, "issued")
    assert ("enterprise", "by_hand", "云溪市恒岳杯业有限公司") in told(drafted)


def test_an_invalid_number_is_not_used(world, drafted, advance):
    world.contact(invalid_since=date(2026, 3, 1))
    advance(drafted, "issued")
    assert not drafted.deliveries.filter(channel="sms_http").exists()


def test_the_issued_file_is_kept_with_its_digest_and_says_what_was_signed(drafted, advance):
    advance(drafted, "issued")
    letter = drafted.letter
    file = letter.files.get(kind="pdf")
    data = file.file.open().read()
    assert hashlib.sha256(data).hexdigest() == file.sha256
    text = "".join(PdfReader(BytesIO(data)).pages[0].extract_text().split())
    assert "云人社预〔2026〕37号" in text and letter.code in text and "练习数据，不会发送" in text


def test_no_message_carries_a_persons_name_or_number(world, now, drafted, advance):
    world.contact()
    advance(drafted, "issued")
    deliver_some(now)
    said = "".join(d.title + d.text + d.link for d in Delivery.objects.all())
    said += "".join(m.text + m.masked for m in PracticeMessage.objects.all())
    assert "陈伟民" not in said and "13812342016" not in said


def register(people, now, warning, method="in_person", on=DAY, **more):
    given = {"person": "陈伟民", "handed_by": "王丽", "photo": PHOTO} | more
    return RegisterDelivery(people.wangli.actor, now, warning, method, on, **given).do()


def test_delivery_in_person_is_registered_with_photo_and_masked_name(people, now, drafted, advance):
    advance(drafted, "issued")
    receipt = register(people, now, drafted)
    drafted.refresh_from_db()
    assert (drafted.state, drafted.delivered, receipt.masked_person) == ("acknowledged", DAY, "陈**")
    assert receipt.photo_sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert "陈伟民" not in "".join(drafted.entries.values_list("text", flat=True))
    assert drafted.deliveries.get(channel="by_hand").state == "delivered"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"method": "pigeon"}, "送达方式没有选择"),
        ({"on": date(2026, 3, 21)}, "在今天之后"),
        ({"on": date(2026, 3, 19)}, "早于成文日期"),
        ({"on": None}, "没有填写"),
        ({"method": "mail"}, "没有填单号"),
        ({"person": " "}, "没有填签收人"),
        ({"photo": b""}, "要有照片"),
        ({"photo": b"text"}, "不是 PDF"),
    ],
)
def test_a_wrong_registration_is_refused_with_what_to_do(people, now, drafted, advance, more, why):
    advance(drafted, "issued")
    with pytest.raises(Refused, match=why):
        register(people, now, drafted, **more)


def test_the_township_registers_for_its_own_enterprises(people, now, drafted, advance):
    advance(drafted, "issued")
    RegisterDelivery(people.zhanghaiyan.actor, now, drafted, "left", DAY, handed_by="张海燕", photo=PHOTO).do()
    drafted.refresh_from_db()
    assert drafted.state == "delivered"


def test_a_slip_of_the_hand_is_undone_on_the_same_day_by_the_same_person(people, now, drafted, advance):
    advance(drafted, "delivered")
    with pytest.raises(Refused, match="登记人在当天"):
        UndoDelivery(people.zhanghaiyan.actor, now, drafted).do()
    with pytest.raises(Refused, match="登记人在当天"):
        UndoDelivery(people.wangli.actor, now + timedelta(days=1), drafted).do()
    UndoDelivery(people.wangli.actor, now, drafted).do()
    drafted.refresh_from_db()
    assert (drafted.state, drafted.delivered) == ("issued", None)
    assert drafted.receipts.get().undone == now


def test_who_signs_on_paper_has_signed(people, now, drafted, advance):
    advance(drafted, "issued")
    register(people, now + timedelta(days=3), drafted, on=date(2026, 3, 21))
    drafted.refresh_from_db()
    # 21 March, a Saturday, begins on the 20th at 16:00 of the world's clock
    assert (drafted.acknowledged, drafted.due) == (datetime(2026, 3, 20, 16, tzinfo=UTC), None)
    assert drafted.entries.first().text.endswith("签收人 陈**，单位签收")


def test_a_posted_letter_is_signed_for_when_its_slip_comes_back(people, now, drafted, advance):
    advance(drafted, "delivered")
    assert drafted.due == date(2026, 3, 25)  # three working days after delivery
    later, on = now + timedelta(days=6), date(2026, 3, 24)
    with pytest.raises(Refused, match="没有回执"):
        register(people, later, drafted, "mail", on, tracking="EMS123", photo=b"")
    with pytest.raises(Refused, match="早于"):
        register(people, later, drafted, "mail", date(2026, 3, 19), tracking="EMS123")
    register(people, later, drafted, "mail", on, tracking="EMS123")
    drafted.refresh_from_db()
    assert (drafted.state, drafted.delivered) == ("acknowledged", DAY)
    assert timezone.localdate(drafted.acknowledged) == on


@pytest.mark.parametrize("method", ["left", "announcement"])
def test_what_was_left_or_announced_is_delivered_and_waits_for_no_signature(people, now, drafted, advance, method):
    advance(drafted, "issued")
    register(people, now, drafted, method, person="")
    drafted.refresh_from_db()
    assert (drafted.state, drafted.delivered, drafted.acknowledged, drafted.due) == ("delivered", DAY, None, None)
    assert drafted.nobody_signs


def test_what_was_posted_and_then_left_waits_for_nobody_any_more(people, now, drafted, advance):
    advance(drafted, "delivered")
    register(people, now + timedelta(days=4), drafted, "left", date(2026, 3, 24), person="")
    drafted.refresh_from_db()
    assert (drafted.state, drafted.delivered, drafted.due) == ("delivered", DAY, None)


def test_the_last_day_of_the_receipt_is_the_rules_own(people, now, drafted, advance, settings):
    advance(drafted, "issued")
    text = drafted.version.text.replace(
        "acknowledge: {length: 3 working_days, from: delivered, basis: platform_default, why: 原文未写签收期限}",
        "acknowledge: {length: 5 days, from: delivered, clause: 五日内签收}",
    )  # fmt: skip
    type(drafted.version).objects.update(text=text)
    settings.WUSHANG_WARN_DAYS = {"delivered": "1 days"}
    register(people, now + timedelta(days=3), Warning.objects.get(), "mail", DAY, person="", photo=b"", tracking="EMS123")
    assert Warning.objects.get().due == date(2026, 3, 25)  # five days after delivery, not after the registration


def test_a_place_may_set_its_own_days_where_the_document_says_nothing(people, now, drafted, advance, settings):
    settings.WUSHANG_WARN_DAYS = {"delivered": "6 days"}
    advance(drafted, "delivered")
    assert drafted.due == date(2026, 3, 26)


def test_a_signature_registered_by_a_slip_of_the_hand_is_undone_with_its_delivery(people, now, drafted, advance):
    advance(drafted, "issued")
    register(people, now, drafted)
    UndoDelivery(people.wangli.actor, now, drafted).do()
    drafted.refresh_from_db()
    assert (drafted.state, drafted.delivered, drafted.acknowledged) == ("issued", None, None)
    assert drafted.deliveries.get(channel="by_hand").state == "waiting"


def test_a_delivery_that_the_unit_signed_for_by_its_own_telephone_is_not_undone(world, people, now, drafted, advance):
    world.contact()
    advance(drafted, "delivered")
    Acknowledge(enterprise_actor(drafted), now, drafted, "陈伟民").do()
    with pytest.raises(Refused, match="已经用手机签收"):
        UndoDelivery(people.wangli.actor, now, drafted).do()


def enterprise_actor(warning: Warning) -> Actor:
    grant = Grant(frozenset({"warn.acknowledge"}), ("",), None, frozenset({warning.enterprise_id}))
    return Actor(None, "单位", Scope((grant,)), "link")


def test_the_enterprise_acknowledges_by_its_own_telephone(world, now, drafted, advance):
    world.contact()
    advance(drafted, "issued")
    deliver_some(now)
    Acknowledge(enterprise_actor(drafted), now, drafted, "陈伟民").do()
    drafted.refresh_from_db()
    assert (drafted.state, drafted.delivered, drafted.acknowledged) == ("acknowledged", DAY, now)
    assert drafted.receipts.get().method == "mobile"
    Close(people_system(), now, drafted, "约谈完成，自查无遗留问题").do()
    drafted.refresh_from_db()
    assert drafted.state == "closed"


def people_system() -> Actor:
    return Actor.system()


def test_what_has_not_been_delivered_is_withdrawn_with_cause_and_its_number_is_void(people, now, drafted, advance):
    advance(drafted, "issued")
    deliver_some(now)
    head = people.lijianguo.actor
    with pytest.raises(Refused, match="没有写理由"):
        Withdraw(head, now, drafted, "", "wrong_unit").do()
    Withdraw(head, now, drafted, "伤者不是本单位职工", "wrong_unit").do()
    drafted.refresh_from_db()
    assert (drafted.state, drafted.end_cause) == ("withdrawn", "wrong_unit")
    assert LetterNumber.objects.get().cancelled == now
    assert drafted.deliveries.get(channel="by_hand").state == "withheld"
    notices = drafted.deliveries.filter(purpose="notice")
    assert {d.recipient for d in notices} == {"东城街道办事处"}  # nothing had reached the unit
    assert all("作废" in d.text for d in notices)


def test_what_was_delivered_cannot_be_withdrawn_but_revoked_by_a_letter_of_its_own(people, now, drafted, advance):
    advance(drafted, "delivered")
    with pytest.raises(Refused, match="已送达.*不能撤回"):
        Withdraw(people.lijianguo.actor, now, drafted, "不予认定", "not_recognised").do()
    why = "原计入的1起事故经认定不属于工伤。"
    letter = Revoke(people.wangli.actor, now, drafted, reason=why, cause="not_recognised").do()
    send(people, now, drafted, letter)
    drafted.refresh_from_db()
    assert (drafted.state, letter.kind, letter.number) == ("revoked", "revocation", "云人社预〔2026〕1号")
    assert letter.values["letter_number"] == "云人社预〔2026〕37号" and letter.values["letter_date"] == "2026-03-20"
    assert {d.recipient for d in letter.deliveries.all()} == {"云溪市恒岳杯业有限公司", "东城街道办事处"}
    assert Warning.objects.filter(pk=drafted.pk).exists() and drafted.letter.number == "云人社预〔2026〕37号"


def send(people, now, warning, letter) -> None:
    """The way of every 另发文书: three people, a number, issued."""
    from wushang.warn.deeds.number_letter import NumberLetter
    from wushang.warn.deeds.review import Review
    from wushang.warn.deeds.sign import Sign
    from wushang.warn.deeds.submit_for_review import SubmitForReview

    SubmitForReview(people.wangli.actor, now, warning, further=letter).do()
    Review(people.lijianguo.actor, now, warning, further=letter).do()
    Sign(people.zhoumin.actor, now, warning, further=letter).do()
    NumberLetter(people.wangli.actor, now, warning, letter, word="云人社预").do()
    Issue(people.wangli.actor, now, warning, further=letter).do()


def test_the_section_head_keeps_a_warning_that_was_proposed_for_withdrawal(people, now, drafted, advance):
    ProposeWithdrawal(people.wangli.actor, now, drafted, "单位来电称不是本单位职工").do()
    KeepWarning(people.lijianguo.actor, now, drafted, "用工关系已核实").do()
    drafted.refresh_from_db()
    assert drafted.withdrawal_proposed is None and drafted.state == "drafted"


def test_a_township_hands_letters_over_but_does_not_issue_the_bureaus(people, now, drafted, advance):
    from wushang.people.deed import NotAllowed

    advance(drafted, "numbered")
    with pytest.raises(NotAllowed):
        Issue(people.zhanghaiyan.actor, now, drafted).do()
    Issue(people.wangli.actor, now, drafted).do()
    assert drafted.state == "issued"


def test_issuing_waits_for_the_clerk_and_the_head_and_handing_over_for_the_township_too(people, drafted, advance):
    from wushang.warn import todo

    def mine(name: str) -> list[str]:
        return [str(item.op) for item in todo.items(getattr(people, name).actor, DAY) if item.tab == "mine"]

    advance(drafted, "signed")
    assert (mine("wangli"), mine("lijianguo"), mine("zhanghaiyan")) == (["编文号"], [], [])
    advance_number(people, drafted)
    assert (mine("wangli"), mine("lijianguo"), mine("zhanghaiyan")) == (["发出"], ["发出"], [])
    Issue(people.lijianguo.actor, drafted.opened, drafted).do()
    assert (mine("wangli"), mine("zhanghaiyan")) == (["登记送达"], ["登记送达"])


def advance_number(people, drafted):
    from wushang.warn.deeds.number_letter import NumberLetter

    NumberLetter(people.wangli.actor, drafted.opened, drafted, drafted.letter, typed="云人社预〔2026〕37号").do()
