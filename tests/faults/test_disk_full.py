"""The disk full while a file comes in, while it is checked: “服务器磁盘已满”, nothing half is left, and with room all goes on."""

from __future__ import annotations

import errno
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from wushang.collect.deeds.check_batch import check_waiting
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.models import Batch
from wushang.integrate.waiting import land_waiting
from wushang.people.models import Department, User
from wushang.pool.models import Headcount

pytestmark = pytest.mark.django_db
HEADER = "所属期,单位编号,单位名称,参保人数"
ROWS = "\n".join([HEADER, *(f"202603,{n:05},恒岳杯业第{n}分公司,{n % 90}" for n in range(3000))]).encode()
SOURCE = "insurance_monthly"


@pytest.fixture
def small(tmp_path, settings):
    """Files on a disk of one megabyte of its own (tmpfs); `fill()` leaves it some bytes, `free()` gives the room back."""
    place = tmp_path / "small"
    place.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("a disk of its own needs root and the right to mount")
    settings.WUSHANG_FILES = settings.MEDIA_ROOT = place / "files"
    (place / "files").mkdir()
    yield place
    subprocess.run(["umount", place], check=True)


def fill(place: Path, leave: int) -> None:
    stat = os.statvfs(place)
    (place / "filler").write_bytes(bytes(max(stat.f_bavail * stat.f_frsize - leave, 0)))


def free(place: Path) -> None:
    (place / "filler").unlink()


def files(place: Path) -> list[Path]:
    return [path for path in (place / "files").rglob("*") if path.is_file()]


@pytest.fixture
def clerk(client, people):
    User.objects.update(password_set=timezone.now())
    client.force_login(people.wangli)
    return client


def upload(clerk):
    sender = Department.objects.get(code="990100-agency")
    sent = {"files": [SimpleUploadedFile("参保.csv", ROWS)], "sender": sender.pk, "source": SOURCE}
    return clerk.post(reverse("collect:upload"), sent, follow=True)


def test_a_file_that_finds_no_room_is_refused_and_leaves_nothing(clerk, small):
    fill(small, leave=20_000)
    page = upload(clerk)
    assert "服务器磁盘已满" in page.content.decode()
    assert not Batch.objects.exists() and files(small) == []
    free(small)
    assert upload(clerk).status_code == 200
    check_waiting(timezone.now())
    assert Batch.objects.get().taken == 3000


def test_a_file_whose_table_finds_no_room_waits_and_is_checked_when_there_is_room(clerk, small, monkeypatch):
    monkeypatch.setattr("wushang.collect.deeds.check_batch.SMALL", 0)  # the worker checks
    upload(clerk)
    kept = files(small)
    fill(small, leave=4096)
    now = timezone.now()
    check_waiting(now)
    batch = Batch.objects.get()
    assert batch.state in (Batch.RECEIVED, Batch.READ) and batch.problem.get("code") == "disk_full"
    assert files(small) == kept
    assert "服务器磁盘已满" in clerk.get(reverse("collect:batch", args=[batch.pk])).content.decode()
    free(small)
    check_waiting(now)
    batch.refresh_from_db()
    assert (batch.state, batch.taken, batch.problem) == (Batch.CHECKED, 3000, {})


def test_a_quota_and_a_limit_of_size_are_a_full_disk_too(clerk, monkeypatch):
    def no_room(*_):
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    monkeypatch.setattr(os, "fsync", no_room)
    assert "服务器磁盘已满" in upload(clerk).content.decode()
    assert not Batch.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite can be given a largest size (WUSHANG_TEST_DATABASE=sqlite)")
def test_a_landing_that_fills_the_ledger_s_disk_is_told_and_lands_whole_when_there_is_room(people, now):
    sender = Department.objects.get(code="990100-agency")
    ReceiveFile(people.wangli.actor, now, ROWS, "参保.csv", sender, SOURCE).do()
    check_waiting(now)
    ConfirmBatch(people.wangli.actor, now, Batch.objects.get()).do()
    with largest(pages=20):
        assert land_waiting(now) == 0
    batch = Batch.objects.get()
    assert (batch.state, batch.problem["why"]) == ("confirmed", "服务器磁盘已满，这一步没有保存。")
    assert not Headcount.objects.current().exists()
    assert land_waiting(now) == 1
    assert (Batch.objects.get().state, Headcount.objects.current().count(), Headcount.objects.count()) == ("landed", 3000, 3000)


@contextmanager
def largest(pages: int):
    """The ledger may grow by so many pages, and no more."""
    with connection.cursor() as cursor:
        now = cursor.execute("PRAGMA page_count").fetchone()[0]
        before = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {now + pages}")
        yield
        cursor.execute(f"PRAGMA max_page_count = {before}")
