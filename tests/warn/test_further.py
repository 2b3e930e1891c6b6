"""另发文书 (撤销通知, 挂牌督办通知书) take the way of the first letter: preview, three people or the stamped scan, number, issued."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.warn.test_delivery import send
from wushang.terms.problem import Refused
from wushang.warn import offered, papers, todo
from wushang.warn.deeds.attach_letter import AttachLetter
from wushang.warn.deeds.close import Close
from wushang.warn.deeds.give_up_letter import GiveUpLetter
from wushang.warn.deeds.issue import Issue
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.deeds.register_delivery import RegisterDelivery
from wushang.warn.deeds.review import Review
from wushang.warn.deeds.revoke import Revoke
from wushang.warn.deeds.sign import Sign
from wushang.warn.deeds.sign_offline import SignOffline
from wushang.warn.deeds.submit_for_review import SubmitForReview
from wushang.warn.models import DeliveryReceipt, LetterNumber

pytestmark = pytest.mark.django_db
SCAN, PHOTO = b"%PDF-1.7 stamped", b"\xff\xd8\xff photo"
WHY = "原计入的1起事故经认定不属于工伤"
DAY = date(2026, 3, 20)


def revocation(people, now, warning):
    return Revoke(people.wangli.actor, now, warning, reason=WHY, cause="not_recognised").do()


def test_a_drafted_revocation_leaves_the_warning_and_tells_nobody(people, now, drafted, advance):
    advance(drafted, "delivered")
    letter = revocation(people, now, drafted)
    drafted.refresh_from_db()
    assert (letter.state, letter.number, letter.signed) == ("drafted", "", None)
    assert drafted.is_open and not letter.deliveries.exists() and not letter.files.exists()
    with pytest.raises(Refused, match="撤销通知已经起草"):
        revocation(people, now, drafted)


def test_three_people_stand_behind_a_revocation_and_it_ends_the_warning_when_it_leaves(people, now, drafted, advance):
    advance(drafted, "delivered")
    letter = revocation(people, now, drafted)
    send(people, now, drafted, letter)
    drafted.refresh_from_db()
    assert [(s.step, s.name) for s in letter.steps.all()] == [("submit", "王丽"), ("review", "李建国"), ("sign", "周敏")]
    assert (drafted.state, drafted.end_cause, drafted.end_reason) == ("revoked", "not_recognised", WHY)
    assert [(s.step, s.name) for s in drafted.steps.all()] == [("submit", "王丽"), ("review", "李建国"), ("sign", "周敏")]
    assert {f.kind for f in letter.files.all()} == {"pdf", "docx"}


def test_who_drafted_it_does_not_review_it_and_nobody_signs_before_the_review(people, now, drafted, advance):
    advance(drafted, "delivered")
    letter = revocation(people, now, drafted)
    SubmitForReview(people.lijianguo.actor, now, drafted, further=letter).do()
    with pytest.raises(Refused, match="您已经在本件上办过“提交审核”"):
        Review(people.lijianguo.actor, now, drafted, further=letter).do()
    with pytest.raises(Refused, match="审核中.*不能签发"):
        Sign(people.zhoumin.actor, now, drafted, further=letter).do()


def test_the_stamped_scan_of_a_revocation_is_the_official_piece(people, now, drafted, advance):
    advance(drafted, "delivered")
    letter = revocation(people, now, drafted)
    NumberLetter(people.wangli.actor, now, drafted, letter, typed="云人社预〔2026〕40号").do()
    SignOffline(people.wangli.actor, now, drafted, SCAN, DAY, "周敏", further=letter).do()
    Issue(people.wangli.actor, now, drafted, further=letter).do()
    letter.refresh_from_db()
    assert (letter.official, letter.state) == ("scan", "issued")
    assert papers.official_file(letter).file.open().read() == SCAN
    drafted.refresh_from_db()
    assert drafted.state == "revoked" and drafted.letter.official == "pdf"


def test_a_notice_of_supervision_waits_for_its_signatures_and_goes_to_whom_the_first_letter_went(people, now, drafted, advance):
    advance(drafted, "delivered")
    told = {
        "enterprise": "云溪市恒岳杯业有限公司", "basis": "《办法》", "findings": ["发生3起"], "from": "2026-03-20",
        "until": "2026-09-20", "target": "下降30%以上", "contact": "王丽", "contact_phone": "0999-6123456",
    }  # fmt: skip
    letter = AttachLetter(people.wangli.actor, now, drafted, "supervision_notice", told, typed="云安督〔2026〕3号").do()
    assert letter.state == "drafted" and letter.number == "云安督〔2026〕3号" and not letter.deliveries.exists()
    assert "列入全市安全重点监管" in papers.piece(letter).text() and "可自收到本通知之日起5个工作日内" in papers.piece(letter).text()
    SubmitForReview(people.wangli.actor, now, drafted, further=letter).do()
    Review(people.lijianguo.actor, now, drafted, further=letter).do()
    Sign(people.zhoumin.actor, now, drafted, further=letter).do()
    Issue(people.wangli.actor, now, drafted, further=letter).do()
    assert {row.recipient for row in letter.deliveries.all()} == {"云溪市恒岳杯业有限公司", "东城街道办事处"}
    drafted.refresh_from_db()
    assert drafted.state == "delivered"


def test_a_warning_that_was_closed_meanwhile_is_not_revoked(people, now, drafted, advance):
    advance(drafted, "delivered")
    letter = revocation(people, now, drafted)
    NumberLetter(people.wangli.actor, now, drafted, letter, word="云人社预").do()
    SignOffline(people.wangli.actor, now, drafted, SCAN, DAY, further=letter).do()
    Close(people.system.actor, now, drafted, "约谈完成，无遗留问题").do()
    with pytest.raises(Refused, match="办结.*不能撤销"):
        Issue(people.wangli.actor, now, drafted, further=letter).do()


def test_a_letter_given_up_keeps_its_number_void_and_a_new_one_may_be_drafted(people, now, drafted, advance):
    advance(drafted, "delivered")
    letter = revocation(people, now, drafted)
    NumberLetter(people.wangli.actor, now, drafted, letter, typed="云人社预〔2026〕40号").do()
    GiveUpLetter(people.lijianguo.actor, now, drafted, "事实又有变化", further=letter).do()
    assert letter.state == "withdrawn" and LetterNumber.objects.get(number=40).cancelled == now
    assert revocation(people, now, drafted).pk != letter.pk
    with pytest.raises(Refused, match="不能单独作废"):
        GiveUpLetter(people.lijianguo.actor, now, drafted, "不要了不要了").do()


def test_each_desk_shows_the_further_letter_to_whose_turn_it_is(people, now, drafted, advance):
    advance(drafted, "delivered")
    letter = revocation(people, now, drafted)

    def mine(name: str) -> list[str]:
        found = todo.items(getattr(people, name).actor, DAY)
        return [str(item.what) for item in found if "撤销通知" in str(item.what)]

    assert (mine("wangli"), mine("zhoumin"), mine("linwai")) == (["提交审核：撤销通知"], [], [])
    SubmitForReview(people.wangli.actor, now, drafted, further=letter).do()
    assert (mine("wangli"), mine("lijianguo"), mine("zhoumin")) == ([], ["审核同意：撤销通知"], [])
    Review(people.lijianguo.actor, now, drafted, further=letter).do()
    assert (mine("lijianguo"), mine("zhoumin")) == ([], ["签发：撤销通知"])


def test_the_further_letters_page_has_preview_sheet_number_and_scan(signed_in, people, now, drafted, advance):
    advance(drafted, "delivered")
    clerk, do = signed_in("wangli"), reverse("warn:do", args=[drafted.pk, "revoke"])
    answer = clerk.post(do, {"reason": WHY, "cause": "not_recognised"}, follow=True)
    letter = drafted.letters.get(purpose="revocation")
    page, said = reverse("warn:further", args=[drafted.pk, letter.pk]), answer.content.decode()
    assert answer.redirect_chain[-1][0] == page and "撤销通知已起草" in said
    assert reverse("warn:page", args=[letter.pk, 1]) in said and reverse("warn:paper", args=[letter.pk, "sign_off"]) in said
    on = f"?letter={letter.pk}"
    clerk.post(reverse("warn:number", args=[drafted.pk]) + on, {"source": "own", "word": "云人社预"})
    file = SimpleUploadedFile("a.pdf", SCAN)
    clerk.post(reverse("warn:scan", args=[drafted.pk]) + on, {"scan": file, "signed": "2026-03-20", "signed_by": "周敏"})
    assert "已发出。" in clerk.post(reverse("warn:do", args=[drafted.pk, "issue"]) + on, follow=True).content.decode()
    drafted.refresh_from_db()
    assert drafted.state == "revoked"
    assert page in clerk.get(reverse("warn:warning", args=[drafted.pk])).content.decode()
    assert signed_in("linwai").get(page).status_code == 404


def test_an_issued_letter_opens_as_it_was_issued_and_a_stamped_one_as_its_scan(signed_in, people, now, drafted, advance):
    advance(drafted, "issued")
    letter, clerk = drafted.letter, signed_in("wangli")
    letter.values |= {"contact": "后来改的名字"}
    letter.save()
    kept = papers.official_file(letter).file.open().read()
    assert clerk.get(reverse("warn:paper", args=[letter.pk, "pdf"])).content == kept
    letter.official = "scan"
    letter.save()
    papers.keep(letter, "scan", "盖章件.pdf", SCAN, None, now)
    assert clerk.get(reverse("warn:paper", args=[letter.pk, "pdf"])).content == SCAN


def test_letters_written_before_lengths_were_named_get_the_rules_own(drafted):
    from importlib import import_module

    from django.apps import apps

    letter = drafted.letter
    letter.values = {"enterprise": "云溪市恒岳杯业有限公司", "check_by": "2026-04-02", "contact": "王丽"}
    letter.save()
    import_module("wushang.warn.migrations.0008_lengths_of_letters").fill(apps, None)
    letter.refresh_from_db()
    assert letter.values["check_within"] == "10个工作日" and letter.values["contact"] == "王丽"
    assert "report_within" not in letter.values  # a yellow letter asks for none


def noticed(people, now, warning):
    """A 挂牌督办通知书 that has left."""
    told = {
        "enterprise": "云溪市恒岳杯业有限公司", "basis": "《办法》", "findings": ["发生3起"], "from": "2026-03-20", "until": "2026-09-20",
        "target": "下降30%以上", "contact": "王丽", "contact_phone": "0999-6123456",
    }  # fmt: skip
    letter = AttachLetter(people.wangli.actor, now, warning, "supervision_notice", told).do()
    send(people, now, warning, letter)
    return letter


def test_the_receipt_of_the_first_letter_is_none_of_the_later_one(world, people, now, drafted, advance):
    """The slip of the first letter comes back while the 挂牌督办通知书 waits for a hand: that one still has to be told."""
    advance(drafted, "issued")
    RegisterDelivery(people.wangli.actor, now, drafted, "mail", DAY, tracking="EMS1").do()
    letter = noticed(people, now, drafted)
    assert [row.channel for row in letter.deliveries.filter(recipient_kind="enterprise")] == ["by_hand"]
    RegisterDelivery(people.wangli.actor, now, drafted, "in_person", DAY, person="陈伟民", photo=PHOTO).do()
    assert drafted.state == "acknowledged"
    assert letter.deliveries.get(channel="by_hand").state == "waiting"
    assert drafted.letter.deliveries.get(channel="by_hand").state == "delivered"


def test_a_letter_of_a_warning_that_ended_can_only_be_given_up_and_stands_on_no_desk(people, now, drafted, advance):
    advance(drafted, "delivered")
    letter = revocation(people, now, drafted)
    assert [row.name for row in todo.items(people.wangli.actor, DAY) if "撤销通知" in str(row.what)] == ["云溪市恒岳杯业有限公司"]
    Close(people.system.actor, now, drafted, "约谈完成，无遗留问题").do()
    drafted.refresh_from_db()
    found = offered.offer(drafted, people.lijianguo.actor, letter)
    assert (found.primary, [act.code for act in found.danger]) == (None, ["give_up"])
    assert "办结" in found.waits and "请作废" in found.waits
    assert not [row for row in todo.items(people.wangli.actor, DAY) if "撤销通知" in str(row.what)]


def test_deliveries_with_a_signer_registered_before_are_signatures_too(people, now, drafted, advance):
    """当面 by 陈伟民 on 18 March, registered on the 20th, when that was 已送达 alone; 留置 and a posted letter stay."""
    from importlib import import_module

    from django.apps import apps

    fill = import_module("wushang.warn.migrations.0009_signed_before").fill
    advance(drafted, "issued")
    row = {"warning": drafted, "letter": drafted.letter, "at": now, "by": people.wangli}
    type(drafted).objects.update(state="delivered", delivered=date(2026, 3, 18), due=date(2026, 3, 23))
    DeliveryReceipt.objects.create(method="left", on=date(2026, 3, 18), **row)
    DeliveryReceipt.objects.create(method="mail", on=date(2026, 3, 18), masked_person="陈**", **row)
    fill(apps, None)
    drafted.refresh_from_db()
    assert drafted.state == "delivered"
    DeliveryReceipt.objects.create(method="in_person", on=date(2026, 3, 18), masked_person="陈**", **row)
    fill(apps, None)
    drafted.refresh_from_db()
    assert (drafted.state, drafted.due, timezone.localdate(drafted.acknowledged)) == ("acknowledged", None, date(2026, 3, 18))
    assert drafted.entries.filter(text__contains="补记为单位签收").count() == 1


def test_who_drafts_a_revocation_reads_that_the_unit_sees_the_reason(signed_in, drafted, advance):
    advance(drafted, "delivered")
    assert "理由（写进撤销通知，单位看得到）" in signed_in("wangli").get(reverse("warn:warning", args=[drafted.pk])).content.decode()
