"""整改方案 of a red letter: the unit sends it by telephone, the reviewer reads it and says why it came back.

The letter is there on Friday 20 March: the plan's tenth working day is Friday 3 April, so is the review's; the fifth is the 27th.
"""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from rectify.acts import opened, reported
from rectify.place import CODE, PHOTO
from rectify.test_duties import steps_of
from rectify.test_office import post, signed_in
from rectify.test_phone import clock, enter, page  # noqa: F401  (the clock of these tests too)

from wushang.people import sealed
from wushang.people.actor import Actor
from wushang.people.models import AuditEntry
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.rectify import access, in_scope, plan_files, plans, todo
from wushang.rectify.deeds.accept_report import AcceptReport
from wushang.rectify.deeds.add_plan_file import AddPlanFile, RemovePlanFile
from wushang.rectify.deeds.drop_case import DropCase
from wushang.rectify.deeds.submit_plan import SubmitPlan
from wushang.rectify.ledgers import cases
from wushang.rectify.models import CaseLine, Plan, PlanFile
from wushang.terms.problem import Refused
from wushang.warn.models import Delivery, Warning

PDF = b"%PDF-1.7 the plan"


def word() -> bytes:
    """A Word file as python-docx writes it."""
    held, out = Document(), io.BytesIO()
    held.add_paragraph("整改方案：四月底前更换光电保护。")
    held.save(out)
    return out.getvalue()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name in names:
            box.writestr(name, "x")
    return out.getvalue()


def ole(*streams: str) -> bytes:
    return plan_files.OLE + b"\0" * 500 + b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)


def upload(client: Client, case, *files: tuple[str, bytes], **more: str) -> str:
    """Through the page's form; the sentences and the page that follow."""
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(page("plan", case.warning), {"files": sent} | more, follow=True).content.decode()


def sent(place, case, *files: tuple[str, bytes]) -> Client:
    """The handler's telephone, with the plan handed in."""
    client = enter(CODE, place.handler)
    upload(client, case, *(files or (("整改方案.pdf", PDF),)), send="yes")
    return client


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("方案.pdf", PDF, "pdf"), ("方案.docx", word(), "docx"), ("方案.doc", ole("WordDocument"), "doc"), ("IMG_1.JPG", PHOTO, "jpg")],
)
def test_pdf_word_and_photos_are_told_by_their_bytes_and_kept_sealed(place, settings, name, data, kind):
    case = opened(place, level="red")
    html = upload(enter(CODE, place.handler), case, (name.rsplit(".", 1)[0] + ".exe", data))
    held = PlanFile.objects.get()
    assert (held.kind, held.size) == (kind, len(data)) and held.name.endswith(f".{kind}") and held.name in html
    lies = next(Path(settings.WUSHANG_FILES).rglob(f"{held.sha256}.{kind}")).read_bytes()
    assert data not in lies and lies.startswith(sealed.MARK)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "空文件"), (b"MZ program", "不是 PDF、Word 或照片"), (b"<svg onload=x>", "不是 PDF、Word 或照片"),
        (PDF + b"x" * plan_files.LARGEST, "超过 20 MB"), (zipped("xl/workbook.xml"), "不是 PDF、Word 或照片"),
        (b"PK\x03\x04 torn", "不是 PDF、Word 或照片"), (ole("Workbook"), "不是 PDF、Word 或照片"), (ole("EncryptedPackage"), "设了打开密码"),
        (ole("WordDocument", "_VBA_PROJECT"), "带有宏"), (zipped("word/document.xml", "word/vbaProject.bin"), "带有宏"),
    ],
)  # fmt: skip
def test_other_files_are_refused_in_plain_words(data, why):
    with pytest.raises(Refused, match=why):
        plan_files.check(data, "方案")


def test_a_good_file_beside_a_bad_one_is_kept_and_nothing_is_sent(place):
    case = opened(place, level="red")
    html = upload(enter(CODE, place.handler), case, ("a.pdf", PDF), ("b.exe", b"MZ"), send="yes")
    assert "“b.exe”不是 PDF、Word 或照片。请另存为 PDF，或直接拍照上传。" in html
    assert [file.name for file in PlanFile.objects.all()] == ["a.pdf"] and Plan.objects.get().state == "draft"


def test_the_same_file_twice_is_one_and_ten_are_enough(place):
    case = opened(place, level="red")
    client = enter(CODE, place.handler)
    upload(client, case, ("a.pdf", PDF), ("又一份.pdf", PDF))
    assert PlanFile.objects.count() == 1
    assert "文件已有 10 个" in upload(client, case, *((f"{n}.pdf", PDF + str(n).encode()) for n in range(10)))
    assert PlanFile.objects.count() == 10


def test_a_draft_may_be_changed_and_what_was_sent_may_not(place):
    case = opened(place, level="red")
    client = enter(CODE, place.handler)
    upload(client, case, ("a.pdf", PDF), ("b.pdf", PDF + b"b"))
    first = PlanFile.objects.earliest("pk")
    assert first.name not in upload(client, case, remove=str(first.pk))
    assert client.get(page("plan_file", case.warning, first.pk)).status_code == 404
    assert "整改方案已提交" in upload(client, case, send="yes")
    assert "整改方案待审阅，不能再改" in upload(client, case, ("c.pdf", PDF + b"c"))
    with pytest.raises(Refused, match="不能再改"):
        RemovePlanFile(Actor.system(), place.now, case, PlanFile.objects.latest("pk")).do()
    assert plans.files(case.plan) == [PlanFile.objects.latest("pk")]


def test_nothing_is_sent_without_a_file_and_not_before_the_receipt(place):
    case = opened(place, level="red")
    client = enter(CODE, place.handler)
    assert "还没有上传整改方案" in upload(client, case, send="yes")
    assert not Plan.objects.exists()
    Warning.objects.filter(pk=case.warning_id).update(acknowledged=None, state="delivered")
    assert "请先签收" in upload(client, case, ("a.pdf", PDF)) and not Plan.objects.exists()


@pytest.mark.parametrize("level", ["yellow", "orange"])
def test_a_letter_that_asks_for_no_plan_has_no_page_for_one(place, level):
    case = opened(place, level=level)
    assert enter(CODE, place.handler).get(page("plan", case.warning)).status_code == 404
    with pytest.raises(Refused, match="不用交整改方案"):
        AddPlanFile(Actor.system(), place.now, case, "a.pdf", PDF).do()


def test_the_list_of_steps_leads_to_it_and_says_where_it_stands(place):
    case = opened(place, level="red")
    client = enter(CODE, place.handler)

    def row() -> str:
        return steps_of(client.get(page("home", case.warning)).content.decode())[1]

    assert row() == "2 制定整改方案 4月3日前 还剩 14 天 拍照、PDF 或 Word 都可以；应急局会督促落实。 上传方案"
    upload(client, case, ("a.pdf", PDF))
    assert row().endswith("接着上传")
    upload(client, case, send="yes")
    assert row() == "✓ 制定整改方案 方案已提交，等审阅。 看已交的方案"


def test_the_reviewer_reads_it_and_the_reason_stands_beside_the_files(place, people):
    case = opened(place, level="red")
    client = sent(place, case, ("整改方案.docx", word()))
    held = case.plan
    assert (held.state, held.due) == ("submitted", date(2026, 4, 3))
    office = signed_in(people.fangzhiqiang)
    html = office.get(reverse("warn:warning", args=[case.warning_id])).content.decode()
    assert "整改方案.docx" in html and "退回方案" in html and '<a class="button primary" href="#plan">审阅整改方案</a>' in html
    got = office.get(reverse("rectify:office_plan_file", args=[held.files.get().pk]))
    assert (b"".join(got.streaming_content), got["Content-Type"]) == (word_kept(held), plan_files.WORD["docx"])
    assert got["Content-Disposition"].startswith("attachment") and got["X-Content-Type-Options"] == "nosniff"
    assert AuditEntry.objects.filter(verb="rectify.see", subject=f"plan:{held.pk}", user=people.fangzhiqiang).exists()
    said = post(office, "review_plan", case.pk, "return", reason="没有写每台冲床由谁、哪天完成。")
    assert "已退回，下一步：单位补充整改方案。" in said and "没有写每台冲床由谁、哪天完成。" in said
    phone = client.get(page("plan", case.warning)).content.decode()
    assert "没有写每台冲床由谁、哪天完成。" in phone and "3月27日前补充后再提交" in phone and "整改方案.docx" in phone
    note = Delivery.objects.filter(warning=case.warning, recipient_kind="enterprise", title="整改方案请补充")
    assert note.exists() and "没有写每台冲床" not in str(list(note.values()))  # the reason is read on the page
    assert "3月27日前" in steps_of(client.get(page("home", case.warning)).content.decode())[1]


def word_kept(plan: Plan) -> bytes:
    from wushang.rectify import photos

    file = plan.files.get()
    return photos.kept(file.sha256, file.kind).read()


def test_what_came_back_is_changed_before_it_is_sent_again_and_then_passes(place, people):
    case = opened(place, level="red")
    client = sent(place, case)
    office = signed_in(people.fangzhiqiang)
    assert "没有写“退回理由”" in post(office, "review_plan", case.pk, "return", reason="")
    post(office, "review_plan", case.pk, "return", reason="没有写资金。")
    assert "文件与退回时一样" in upload(client, case, send="yes")
    upload(client, case, ("补充.jpg", PHOTO), send="yes")
    assert [plan.state for plan in case.plans.all()] == ["returned", "submitted"]
    assert "整改方案已通过" in post(office, "review_plan", case.pk, "accept", reason="措施具体。")
    assert "措施具体。" in client.get(page("plan", case.warning)).content.decode()
    assert "没有待审阅的整改方案" in post(office, "review_plan", case.pk, "accept")
    of_ledger = cases(in_scope.cases(Scope.system()), "局", "王丽", place.day, "全部")
    row = dict(zip((column.title for column in of_ledger.columns), of_ledger.rows[0], strict=True))
    assert (row["方案提交"], row["方案审阅"], row["是否迟交"]) == (timezone.localdate(case.plan.submitted), "已通过", "未交")
    told = list(CaseLine.objects.filter(case=case, text__contains="整改方案").values_list("text", flat=True))
    assert told[::-1][-4:] == ["提交整改方案（第 1 次），文件 1 个", "退回整改方案（第 1 次），期限 3月27日", "提交整改方案（第 2 次），文件 2 个", "整改方案通过审阅"]


def test_the_bureau_that_sees_to_the_plan_reads_it_and_others_do_not(place, people):
    case = opened(place, level="red")
    sent(place, case)
    asked, file = case.referrals.get(kind="plan"), case.plan.files.get()
    address = reverse("rectify:office_plan_file", args=[file.pk])
    assert Delivery.objects.filter(title__startswith="单位交了整改方案").exists()
    theirs = signed_in(people.fangzhiqiang)
    assert file.name in theirs.get(reverse("rectify:referral", args=[asked.pk])).content.decode()
    assert signed_in(people.zhanghaiyan).get(address).status_code == 200  # of the unit's own township: may see its case
    assert signed_in(people.auditor).get(address).status_code == 403
    case.referrals.update(to=people.zhanghaiyan.department)  # another bureau was asked, and the unit moved to another county
    place.land(EnterpriseVersion, {"enterprise_id": case.enterprise_id, "name": "云溪市恒岳杯业有限公司", "plain_name": "恒岳", "region": "990200001"})
    EnterpriseVersion.objects.filter(enterprise=case.enterprise_id).exclude(region="990200001").delete()
    assert signed_in(people.zhanghaiyan).get(address).status_code == 200
    assert signed_in(people.fangzhiqiang).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_draft_is_the_units_own_and_another_units_is_not_there(place, people):
    mine, foreign = opened(place, level="red"), opened(place, level="red", at=place.away)
    client = enter(CODE, place.handler)
    upload(client, mine, ("a.pdf", PDF))
    theirs = PlanFile.objects.create(
        plan=Plan.objects.create(case=foreign, started=place.now), name="b.pdf", sha256="0" * 64, kind="pdf", size=1, at=place.now
    )
    draft = PlanFile.objects.get(plan__case=mine)
    assert signed_in(people.fangzhiqiang).get(reverse("rectify:office_plan_file", args=[draft.pk])).status_code == 404
    assert client.get(page("plan_file", mine.warning, theirs.pk)).status_code == 404
    assert client.get(page("plan", foreign.warning)).status_code == 404
    assert upload(client, mine, remove=str(theirs.pk)) and PlanFile.objects.get(pk=theirs.pk).removed is None


def test_it_is_on_the_reviewers_list_until_it_is_read_or_the_case_ends(place, people):
    case = opened(place, level="red")
    sent(place, case)

    def rows() -> list[tuple]:
        return [(one.what, one.due) for one in todo.items(people.fangzhiqiang.actor, place.day) if "整改方案" in str(one.what) and one.op == "审阅"]

    assert rows() == [("审阅整改方案", date(2026, 4, 3))]
    assert not [one for one in todo.items(people.wangli.actor, place.day) if one.what == "审阅整改方案"]
    Warning.objects.filter(pk=case.warning_id).update(state="withdrawn")
    DropCase(Actor.system(), place.now, case).do()
    assert rows() == []
    with pytest.raises(Refused, match="不用交整改方案"):
        SubmitPlan(Actor.system(), place.now, case).do()


def test_once_the_report_is_accepted_nobody_asks_for_the_plan(place, people):
    case = reported(place, opened(place, level="red"), place.now)
    AcceptReport(people.fangzhiqiang.actor, place.now, case).do()
    link, _token = access.make_link(case.warning, place.now)
    with pytest.raises(Refused, match="不用交整改方案"):
        AddPlanFile(access.actor_for(link, place.handler), place.now, case, "a.pdf", PDF).do()


def test_once_the_bureau_has_reported_of_the_plan_nobody_asks_for_it(place, people):
    case = opened(place, level="red")
    client = enter(CODE, place.handler)
    case.referrals.filter(kind="plan").update(state="answered")
    assert not plans.waits_for_unit(case) and client.get(page("plan", case.warning)).status_code == 404
    assert "整改方案还没有交" not in signed_in(people.fangzhiqiang).get(reverse("warn:warning", args=[case.warning_id])).content.decode()
