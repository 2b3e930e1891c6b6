"""上传: how far it is, and 取消, which ends the work and leaves neither row nor file."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from wushang.collect.deeds import check_batch
from wushang.collect.deeds.cancel_upload import CancelUpload
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.keeping import Keeping
from wushang.collect.models import Batch
from wushang.people.models import AuditEntry, Department
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
HEADER = "受理编号,单位名称,姓名,事故时间,申请日期\n"
CLAIMS = HEADER + "".join(f"工〔2026〕{n}号,甲公司,张三,2026-03-05,2026-03-09\n" for n in range(1, 50))


@pytest.fixture
def batch(people, now) -> Batch:
    own = Department.objects.get(code="990100-hrss")
    return ReceiveFile(people.wangli.actor, now, CLAIMS.encode(), "3月.csv", own).do()


@pytest.fixture
def clerk(people, now, monkeypatch) -> Client:
    monkeypatch.setattr(timezone, "now", lambda: now)
    client = Client()
    client.force_login(people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    return client


def kept(settings) -> list[Path]:
    return [path for path in (Path(settings.WUSHANG_FILES) / "collect").rglob("*") if path.is_file()]


def test_a_cancelled_upload_leaves_neither_row_nor_file(batch, people, now, settings, django_capture_on_commit_callbacks):
    assert kept(settings)
    with django_capture_on_commit_callbacks(execute=True):
        CancelUpload(people.wangli.actor, now, batch).do()
    assert not Batch.objects.exists() and not kept(settings)
    assert AuditEntry.objects.filter(detail__act="CancelUpload").exists()


def test_cancelled_while_it_is_read_the_reader_stops_and_leaves_nothing(
    batch, people, now, settings, monkeypatch, django_capture_on_commit_callbacks
):
    real = Keeping.take

    def take(self, part):
        real(self, part)
        with django_capture_on_commit_callbacks(execute=True):
            CancelUpload(people.wangli.actor, now, Batch.objects.get()).do()

    monkeypatch.setattr(Keeping, "take", take)
    assert check(batch, now) is False
    assert not Batch.objects.exists() and not kept(settings)


def test_the_same_file_may_come_again_afterwards(batch, people, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        CancelUpload(people.wangli.actor, now, batch).do()
    own = Department.objects.get(code="990100-hrss")
    again = ReceiveFile(people.wangli.actor, now, CLAIMS.encode(), "3月.csv", own).do()
    assert check(again, now)


def test_a_file_that_another_delivery_holds_stays(batch, people, now, settings, django_capture_on_commit_callbacks):
    Batch.objects.create(version=batch.version, sender=batch.sender, digest=batch.digest, size=1, received=now, file_name="x", state="failed")
    with django_capture_on_commit_callbacks(execute=True):
        CancelUpload(people.wangli.actor, now, batch).do()
    assert len(kept(settings)) == 1


def test_a_checked_delivery_is_withdrawn_not_cancelled(batch, people, now):
    check(batch, now)
    with pytest.raises(Refused, match="不能取消"):
        CancelUpload(people.wangli.actor, now, batch).do()


def test_only_who_uploaded_cancels(batch, people, now):
    Batch.objects.update(received_by="别人")
    batch.refresh_from_db()
    with pytest.raises(Refused, match="别人上传"):
        CancelUpload(people.wangli.actor, now, batch).do()


def test_the_page_offers_it_while_the_file_waits_and_says_how_far_it_is(batch, clerk, now, django_capture_on_commit_callbacks):
    Batch.objects.update(state=Batch.READ, rows=120000, lease_until=now + timedelta(minutes=5))
    page = clerk.get(f"/collect/{batch.pk}/").content.decode()
    assert "已核对 120,000 行" in page and f"/collect/{batch.pk}/cancel/" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = clerk.post(f"/collect/{batch.pk}/cancel/")
    assert answer["Location"] == "/collect/" and not Batch.objects.exists()


def test_the_reader_writes_down_how_many_rows_it_has_read(batch, now, monkeypatch):
    told = []
    real = check_batch.Lease.renew
    monkeypatch.setattr(check_batch.Lease, "renew", lambda lease, rows=0: (told.append(rows), real(lease, rows)))
    check(batch, now)
    assert told[0] == 0 and len(told) >= 1
    batch.refresh_from_db()
    assert batch.rows == 49


def test_the_script_is_told_where_to_go_and_no_message_is_lost(clerk):
    sent = {"files": SimpleUploadedFile("3月.csv", CLAIMS.encode())}
    answer = clerk.post("/collect/upload/", sent, headers={"X-Upload": "1"})
    assert answer.json() == {"to": f"/collect/{Batch.objects.get().pk}/"}
    again = clerk.post("/collect/upload/", {"files": SimpleUploadedFile("3月.csv", CLAIMS.encode())}, headers={"X-Upload": "1"})
    assert "已经报送过" in clerk.get(again.json()["to"]).content.decode()


def test_several_files_of_a_month_go_at_once(clerk):
    more = CLAIMS.replace("工〔2026〕", "工〔2025〕")
    sent = [SimpleUploadedFile("a.csv", CLAIMS.encode()), SimpleUploadedFile("b.csv", more.encode())]
    answer = clerk.post("/collect/upload/", {"files": sent}, headers={"X-Upload": "1"})
    assert answer.json() == {"to": "/collect/"} and Batch.objects.count() == 2
