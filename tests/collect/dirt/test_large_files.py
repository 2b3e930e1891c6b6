"""Dirt: files of a gigabyte: refused by their size before a byte is read; the limit is a setting."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.models import Batch
from wushang.collect.pieces import opened
from wushang.collect.views import listing
from wushang.people.models import Department, User
from wushang.terms.problem import Refused

GIGABYTE = 1_000_000_000


class Unread:
    """An upload of a gigabyte whose bytes nobody may touch."""

    name, size = "全省三年.csv", GIGABYTE + 1

    def read(self, *_):
        raise AssertionError("read before it was refused")


def test_a_gigabyte_is_refused_before_a_byte_is_read(monkeypatch):
    said = []
    monkeypatch.setattr(listing.messages, "error", lambda request, text: said.append(text))
    assert listing._pieces(None, SimpleNamespace(cleaned_data={"source": ""}), Unread()) == []
    assert said == ["全省三年.csv：文件有 1,000.0 MB，超过 1000 MB。请按月份拆成几份上传。"]


def test_what_is_over_the_limit_is_not_kept_while_it_streams_in(settings):
    settings.WUSHANG_FILE_MB = 3
    sent = RequestFactory().post("/", {"files": [SimpleUploadedFile("a.csv", b"x" * 9_000_000), SimpleUploadedFile("b.csv", b"y")]})
    large, small = sent.FILES.getlist("files")
    assert 3_000_000 < large.size < 3_200_000 and large.size == len(large.read())
    assert small.read() == b"y"


@pytest.mark.django_db
def test_the_limit_is_a_setting_and_holds_for_every_way_in(client, people, settings, now):
    settings.WUSHANG_FILE_MB = 1
    content = b"x" * 1_100_000
    sender = Department.objects.get(code="990100-agency")
    with pytest.raises(Refused, match="文件有 1.1 MB，超过 1 MB"):
        ReceiveFile(people.wangli.actor, now, content, "a.csv", sender, "insurance_monthly").do()
    User.objects.update(password_set=timezone.now())
    client.force_login(people.wangli)
    sent = {"files": [SimpleUploadedFile("a.csv", content)], "sender": sender.pk, "source": "insurance_monthly"}
    assert "超过 1 MB" in client.post(reverse("collect:upload"), sent, follow=True).content.decode()
    assert not Batch.objects.exists()


@pytest.mark.django_db
def test_a_workbook_has_a_limit_of_its_own_because_it_is_read_whole(people, settings, now):
    settings.WUSHANG_BOOK_MB = 1
    sender = Department.objects.get(code="990100-agency")
    with pytest.raises(Refused, match="超过 1 MB。请按月份拆成几份，或另存为 csv"):
        ReceiveFile(people.wangli.actor, now, b"PK\x03\x04" + b"x" * 1_100_000, "a.xlsx", sender, "insurance_monthly").do()
    with pytest.raises(Refused, match="超过 1 MB"):
        opened(b"PK\x03\x04" + b"x" * 1_100_000, "a.zip", "", now)
