"""案卷: a closed case as one volume: its pieces in order, one archive with contents and digests, by right, in the audit log."""

import hashlib
import io
import zipfile
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from rectify.acts import opened, reported
from rectify.place import PHOTO, Place

from wushang.evaluate.deeds.propose_recheck import ProposeRecheck
from wushang.evaluate.deeds.sign_recheck import SignRecheck
from wushang.people.models import AuditEntry
from wushang.rectify import photos
from wushang.rectify.deeds.accept_report import AcceptReport
from wushang.rectify.models import Case, Interview, Photo, Referral, ReferralLine
from wushang.warn import papers
from wushang.warn.models import DeliveryReceipt, SignStep, Warning


@pytest.fixture
def case(people, now) -> Case:
    """恒岳杯业: a letter, a slip, a report with a photo, an interview, a referral, a re-check; 办结 on 21 July 2026."""
    place = Place(people, now)
    place.staff([date(y, m, 1) for y in (2025, 2026) for m in (3, 4, 5, 6)], 100)
    made = opened(place)
    letter = made.warning.letter
    papers.keep(letter, "pdf", papers.file_name(letter, "pdf"), b"%PDF-1.7 as issued", None, now)
    SignStep.objects.create(warning=made.warning, step="sign", name="周敏", at=now, remark="同意")
    DeliveryReceipt.objects.create(warning=made.warning, letter=letter, method="in_person", on=place.day, handed_by="张海燕",
                                   person="陈伟民", masked_person="陈**", at=now)  # fmt: skip
    reported(place, made, now)
    kept = photos.keep(PHOTO, "jpg")
    Photo.objects.create(report=made.report, sha256=kept, kind="jpg", size=len(PHOTO), at=now)
    Interview.objects.create(
        case=made, planned=now, place="三楼", state="held", held_on=place.day, minutes="陈伟民承诺", name="王丽", at=now
    )
    asked = Referral.objects.create(warning=made.warning, case=made, enterprise=place.cup, kind="site", what="看现场", state="checked", sent=now,
                                    to=people.zhanghaiyan.department, reply_by=place.day, sealed_answer="已加装护罩")  # fmt: skip
    ReferralLine.objects.create(referral=asked, at=now, name="张海燕", text="已反馈")
    AcceptReport(people.fangzhiqiang.actor, now, made).do()
    recheck = ProposeRecheck(people.system.actor, place.later(122), made).do()
    SignRecheck(people.zhoumin.actor, place.later(123), recheck, "close", "达到目标").do()
    return Case.objects.get(pk=made.pk)


def client(user) -> Client:
    found = Client()
    found.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return found


def pages(data: bytes) -> str:
    """All words of a PDF, without the spaces and line breaks of its setting."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages)


def unpacked(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as box:
        return {name: box.read(name) for name in box.namelist()}


NAMES = [
    "01 研判结果（为什么预警）.pdf", "02 整改建议书 云人社预〔2026〕37号.pdf", "03 签批记录.pdf", "04 签收回执 1 云人社预〔2026〕37号.pdf",
    "05 发送、抄送记录.pdf", "06 整改情况报告（第 1 次） {receipt}.pdf", "07 整改情况报告（第 1 次）照片 1.jpg", "08 约谈记录.pdf",
    "09 转办件：专项检查.pdf", "10 转办件：看整改现场.pdf", "11 效果评估结论.pdf", "12 办理记录.pdf", "00 卷内目录.pdf", "00 校验码.sha256",
]  # fmt: skip


def test_the_whole_record_goes_into_one_archive_that_tells_what_is_in_it_and_leaves_its_trace(case, people):
    answer = client(people.lijianguo).get(reverse("evaluate:volume_download", args=[case.warning_id]))
    body = answer.getvalue()
    held = unpacked(body)
    assert list(held) == [name.format(receipt=case.report.receipt) for name in NAMES]
    sums = dict(reversed(line.split("  ", 1)) for line in held["00 校验码.sha256"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in held.items() if not name.startswith("00")}
    assert held[NAMES[1]] == b"%PDF-1.7 as issued" and held[NAMES[6]] == PHOTO
    told = pages(held["00 卷内目录.pdf"])
    assert "30年（至2056-12-31）" in told and "共12件，其中原件2件，平台记录10件" in told and "立卷人李建国" in told
    assert all(digest in told for digest in sums.values())
    assert "陈**" in pages(held[NAMES[3]]) and "陈伟民" not in pages(held[NAMES[3]])
    assert "陈伟民承诺" in pages(held[NAMES[7]]) and "已加装护罩" in pages(held[NAMES[9]])
    entry = AuditEntry.objects.filter(verb="evaluate.archive").get()
    assert (entry.subject, entry.name, entry.detail["items"]) == (f"warning:{case.warning_id}", "李建国", 12)
    assert entry.detail["digest"] == hashlib.sha256(body).hexdigest()


def test_who_holds_no_interviews_gets_the_volume_without_their_minutes_and_strangers_get_nothing(case, people):
    address = [reverse(f"evaluate:{name}", args=[case.warning_id]) for name in ("volume", "volume_download")]
    piece = reverse("evaluate:volume_piece", args=[case.warning_id, f"interview-{case.interviews.get().pk}"])
    signer = client(people.zhoumin)
    assert "记录未印出" in signer.get(address[0]).content.decode()
    said = pages(signer.get(piece).content)
    assert "陈伟民承诺" not in said and "没有印出" in said
    assert AuditEntry.objects.filter(verb="evaluate.archive", detail__what="约谈记录").count() == 1
    for user, code in (
        (people.linwai, 404),
        (people.zhanghaiyan, 403),
        (people.shenzhiyuan, 403),
        (people.auditor, 403),
    ):
        assert {client(user).get(one).status_code for one in (*address, piece)} == {code}, user.name


def test_an_open_case_shows_what_there_is_and_a_lost_file_is_told_in_its_place(case, people, settings):
    settings.WUSHANG_VOLUME_YEARS = 0
    photo = Photo.objects.get()
    photos.path_of(photo.sha256, photo.kind).unlink()
    clerk = client(people.wangli)
    held = unpacked(clerk.get(reverse("evaluate:volume_download", args=[case.warning_id])).getvalue())
    assert NAMES[6] not in held
    told = pages(held["00 卷内目录.pdf"])
    assert "第7件的原文件不在平台上" in told and "保管期限永久" in told
    assert (
        clerk.get(reverse("evaluate:volume_piece", args=[case.warning_id, f"report-photo-{photo.pk}"])).status_code
        == 404
    )
    Warning.objects.filter(pk=case.warning_id).update(state="acknowledged", ended=None)
    page = reverse("evaluate:volume", args=[case.warning_id])
    assert clerk.get(reverse("evaluate:volume_download", args=[case.warning_id])).headers["Location"] == page
    said = clerk.get(page).content.decode()
    assert "尚未立卷" in said and reverse("evaluate:volume_download", args=[case.warning_id]) not in said
    assert page in clerk.get(reverse("warn:warning", args=[case.warning_id])).content.decode()
