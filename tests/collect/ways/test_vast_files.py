"""A vast text file is never whole in memory, by whichever way it comes; and one that is written to still is not taken."""

import tracemalloc
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wushang.collect import content, shelf
from wushang.collect.models import Batch, Drop
from wushang.collect.ways import folder
from wushang.people.deeds.issue_token import IssueToken
from wushang.people.models import Department, User
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
HEADER = "所属期,单位编号,单位名称,参保人数\n"
LINES = "".join(f"202603,{n:010},云溪市第{n:06}五金制品有限公司,12\n" for n in range(10_000))
MB = 1_000_000


def written(place: Path, size: int) -> Path:
    """A file of monthly insurance of about that many bytes."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(HEADER + LINES * (size // len(LINES.encode())), encoding="utf-8")
    return place


@pytest.fixture
def handed(monkeypatch, settings):
    """What every way hands to the shelf; whoever reads a whole file fails. Checking is the worker's, slab by slab."""
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    kept, keep = [], shelf.keep_file
    monkeypatch.setattr(shelf, "keep_file", lambda what, digest="": kept.append(what) or keep(what, digest))
    monkeypatch.setattr("wushang.collect.deeds.check_batch.SMALL", 0)
    monkeypatch.setattr(folder, "check", lambda batch, at: False)
    return kept


@pytest.fixture
def inbox(people, tmp_path, settings):
    settings.WUSHANG_INBOX = str(tmp_path / "inbox")
    return tmp_path / "inbox" / "990100-agency" / "insurance_monthly" / "参保.csv"


def sent_by_page(people) -> None:
    User.objects.update(password_set=timezone.now())
    browser, sender = Client(), Department.objects.get(code="990100-agency")
    browser.force_login(people.wangli)
    asked = {"sender": sender.pk, "source": "insurance_monthly", "files": file()}
    assert browser.post(reverse("collect:upload"), asked).status_code == 302


def sent_by_person(people) -> None:
    User.objects.update(password_set=timezone.now())
    browser = Client()
    browser.force_login(people.wangli)
    asked = {"sender": "990100-agency", "source": "insurance_monthly", "file": file()}
    assert browser.post("/api/batches", asked).status_code == 201


def sent_by_machine(people) -> None:
    agency = Department.objects.get(code="990100-agency")
    said = {"expires": timezone.localdate() + timedelta(days=30), "name": "经办系统", "sources": ["insurance_monthly"], "department": agency}
    token = IssueToken(people.admin.actor, timezone.now(), **said).do().token
    there, headers = "/api/collect/sources/insurance_monthly/file", {"Authorization": f"Bearer {token}"}
    assert Client().post(there, {"file": file()}, headers=headers).status_code == 202


def file() -> SimpleUploadedFile:
    return SimpleUploadedFile("参保.csv", (HEADER + LINES).encode())


@pytest.mark.parametrize("way", [sent_by_page, sent_by_person, sent_by_machine])
def test_what_is_sent_stays_on_the_disk(way, people, handed, monkeypatch):
    monkeypatch.setattr(content, "whole", None)
    way(people)
    assert [isinstance(one, Path) for one in handed] == [True]
    assert shelf.kept_file(Batch.objects.get().digest) == (HEADER + LINES).encode()


def test_what_is_dropped_stays_on_the_disk(inbox, handed, now):
    written(inbox, MB)
    for _ in range(2):
        folder.take_files(now)
        now += timedelta(seconds=60)
    assert handed == [inbox]


def test_memory_does_not_grow_with_the_file(inbox, handed, now):
    def needed(size: int) -> float:
        drop = folder.Dropped(inbox.parents[2], written(inbox, size))
        row = folder._seen(drop, now)
        tracemalloc.start()
        folder._take(drop, row, now)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert row.state == Drop.TAKEN
        return most / MB

    needed(MB)
    assert abs(needed(40 * MB) - needed(8 * MB)) < 2


def test_memory_does_not_grow_with_a_file_in_a_zip(inbox, handed, now):
    def needed(size: int) -> float:
        lines, zipped = written(inbox, size), inbox.with_name(f"参保{size}.zip")
        with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
            box.write(lines, "参保.csv")
        lines.unlink()
        drop = folder.Dropped(inbox.parents[2], zipped)
        row = folder._seen(drop, now)
        tracemalloc.start()
        folder._take(drop, row, now)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert row.state == Drop.TAKEN
        return most / MB

    needed(MB)
    assert abs(needed(40 * MB) - needed(8 * MB)) < 2
    assert shelf.kept_file(Batch.objects.order_by("-size").first().digest).decode().count("\n") > 500_000


def test_a_file_that_is_written_to_while_it_is_kept_is_left_for_the_next_round(inbox, handed, now, monkeypatch):
    written(inbox, MB)
    digest = shelf.digest_of

    def grows(what):
        found = digest(what)
        with inbox.open("a") as out:
            out.write("202603,9,后来写的,1\n")
        return found

    folder.take_files(now)
    monkeypatch.setattr(shelf, "digest_of", grows)
    folder.take_files(now + timedelta(seconds=60))
    assert not Batch.objects.exists() and Drop.objects.get().state == Drop.SEEN and inbox.exists()
    assert not list(Path(shelf._file("00")).parents[1].rglob("*.sealed"))
    monkeypatch.setattr(shelf, "digest_of", digest)
    folder.take_files(now + timedelta(seconds=120))
    folder.take_files(now + timedelta(seconds=180))
    assert shelf.kept_file(Batch.objects.get().digest).decode().endswith("后来写的,1\n")


def test_a_file_too_large_is_told_by_the_setting(inbox, handed, now, settings):
    settings.WUSHANG_FILE_MB = 1
    written(inbox, 2 * MB)
    for _ in range(2):
        folder.take_files(now)
        now += timedelta(seconds=60)
    assert "超过 1 MB" in Drop.objects.get().problem["why"]


def test_bytes_and_places_are_handled_alike(tmp_path):
    place = tmp_path / "a.csv"
    place.write_bytes(b"PK12")
    for one in (place, b"PK12"):
        assert (content.size_of(one), content.start_of(one, 2), content.whole(one)) == (4, b"PK", b"PK12")
    with pytest.raises(Refused):
        shelf._seal_as("0" * 64, content.opened(place), (tmp_path / "b").open("wb"))
