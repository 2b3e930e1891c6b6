"""One upload that is several deliveries: a workbook with a sheet a month, a zip of files; through the page and the worker."""

from __future__ import annotations

import pytest
from collect.dirt.files import MONTHLY, ROW, csv_of, xlsx_of, zip_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from wushang.collect.deeds.check_batch import check_waiting
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.mend_row import MendRow
from wushang.collect.models import Batch
from wushang.integrate.waiting import land_waiting
from wushang.people.models import Department, User

pytestmark = pytest.mark.django_db
FEBRUARY = ["202602", "0001", "恒岳杯业有限公司", "5"]
BOOK = xlsx_of(MONTHLY, FEBRUARY, sheet="2026年2月", more=[("2026年3月(2)", [MONTHLY, ROW]), ("说明", [["填表说明"]])])


@pytest.fixture
def clerk(client, people):
    User.objects.update(password_set=timezone.now())
    client.force_login(people.wangli)
    return client


def upload(clerk, content: bytes, name: str, source: str = "insurance_monthly") -> str:
    sender = Department.objects.get(code="990100-agency")
    sent = {"files": [SimpleUploadedFile(name, content)], "sender": sender.pk, "source": source}
    page = clerk.post(reverse("collect:upload"), sent, follow=True).content.decode()
    check_waiting(timezone.now())
    return page


def months() -> list[tuple]:
    return [(f"{b.start:%Y-%m}", b.state, b.taken, b.sheet) for b in Batch.objects.order_by("pk")]


@pytest.mark.parametrize("source", ["insurance_monthly", ""])
def test_a_sheet_a_month_is_a_delivery_a_month(clerk, source):
    page = upload(clerk, BOOK, "参保.xlsx", source)
    assert "“参保.xlsx”有 2 张工作表都是参保缴费：“2026年2月”、“2026年3月(2)”" in page
    assert months() == [("2026-02", "checked", 1, "2026年2月"), ("2026-03", "checked", 1, "2026年3月(2)")]


def test_the_same_workbook_again_is_told_and_changes_nothing(clerk):
    upload(clerk, BOOK, "参保.xlsx")
    assert "已经报送过" in upload(clerk, BOOK, "参保.xlsx")
    assert Batch.objects.count() == 2


def test_a_zip_is_a_delivery_a_file_and_what_cannot_be_used_is_told(clerk):
    name = "参保缴费三月.csv".encode("gbk")
    content = zip_of({"2月.xlsx": xlsx_of(MONTHLY, FEBRUARY), name: csv_of(MONTHLY, ROW), "内.zip": zip_of({"a": b"x"})})
    page = upload(clerk, content, "参保.zip")
    assert "“参保.zip”里有 2 个文件，按文件各登记一批：2月.xlsx、参保缴费三月.csv。" in page
    assert "内.zip：压缩包里又有压缩包，没有再打开" in page
    assert [one[:3] for one in months()] == [("2026-02", "checked", 1), ("2026-03", "checked", 1)]


def test_a_figure_ten_times_last_months_is_asked_about_with_both(clerk, people):
    now = timezone.now()
    upload(clerk, xlsx_of(MONTHLY, FEBRUARY), "2月.xlsx")
    ConfirmBatch(people.wangli.actor, now, Batch.objects.get()).do()
    land_waiting(now)
    upload(clerk, xlsx_of(MONTHLY, [*ROW[:3], 580]), "3月.xlsx")
    march = Batch.objects.latest("pk")
    assert (march.taken, [(r["code"], r["why"]) for r in march.remarks]) == (
        1, [("jump", "上次（2026-02）是 5，本次是 580")],
    )  # fmt: skip


def test_a_machine_names_the_sheet_it_means(clerk):
    def sent(**more):
        file = SimpleUploadedFile("参保.xlsx", BOOK)
        return clerk.post("/api/batches", {"file": file, "source": "insurance_monthly", "sender": "990100-agency", **more})

    unsaid = sent().json()
    assert (unsaid["state"], unsaid["problem"]["code"]) == ("failed", "several_sheets")
    march = sent(sheet="2026年3月(2)").json()
    assert (march["state"], march["accepted"], march["problem"]) == ("checked", 1, None)


def test_a_merged_figure_waits_until_that_very_cell_is_written_anew(clerk, people):
    lines = [MONTHLY, ["202603", "0001", "恒岳杯业有限公司", 30], ["202603", "0002", "立丰五金厂", ""]]
    upload(clerk, xlsx_of(*lines, merged=[(1, 3, 2, 3, 30)]), "3月.xlsx")
    row = Batch.objects.get().quarantined.get(row=3)
    MendRow(people.wangli.actor, timezone.now(), row, {"name": "立丰五金配件厂"}).do()
    assert (row.state, [p["code"] for p in row.problems]) == ("open", ["merged_number"])
    MendRow(people.wangli.actor, timezone.now(), row, {"insured": "12"}).do()
    assert row.state == "mended"
