"""A person's entry does not wait behind a file of millions; of one source and sender the later delivery has the last word."""

import threading
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connections

from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.enter_injury import EnterInjury
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.models import Batch
from wushang.collect.ways.arriving import confirm_clean
from wushang.collect.ways.hand import Entry
from wushang.integrate.waiting import land_batch, land_small, land_waiting
from wushang.people.models import Department
from wushang.pool import landing
from wushang.pool.models import Commit, Headcount, Report
from wushang.web.worker import SMALL, one_round

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = "所属期,单位编号,单位名称,参保人数\n"


def large(number: int, heads: int) -> str:
    """A file of more than a kilobyte, of which one row counts."""
    return HEADER + f"202601,1,甲公司,{heads}\n" + "".join(f"202601,{n},第{number}批{n}号厂,1\n" for n in range(100, 160))


@pytest.fixture(autouse=True)
def _small_is_one_kilobyte(settings):
    settings.WUSHANG_SMALL_KB = 1


@pytest.fixture
def bring(people, now):
    """A file of the insurance office, confirmed."""

    def _bring(content: str, name: str, confirm: bool = True) -> Batch:
        agency = Department.objects.get(code="990100-agency")
        batch = ReceiveFile(people.wangli.actor, now, content.encode(), name, agency).do()
        if confirm:
            assert check(batch, now)
            batch.refresh_from_db()
            ConfirmBatch(people.wangli.actor, now, batch, "核对无误").do()
        return batch

    return _bring


@pytest.fixture
def enter(people, now):
    """An injury entered by hand; nobody has looked at it yet."""

    def _enter(key: str) -> Batch:
        entry = Entry("甲公司", "王五", date(2026, 3, 18), 9, part="手指", severity="轻伤")
        return EnterInjury(people.wangli.actor, now, entry, Department.objects.get(code="990100-hrss"), None, key).do()

    return _enter


@contextmanager
def loading(now, monkeypatch):
    """The worker's round stands in the midst of a large landing, its rows half loaded, until the block ends."""
    half, go_on, real, failed = threading.Event(), threading.Event(), landing.load_frames, []

    def load_frames(commit, model, frames):
        loaded = real(commit, model, frames)
        half.set()
        assert go_on.wait(60)
        return loaded

    def work():
        try:
            land_waiting(now)
        except Exception as raised:
            failed.append(raised)
        finally:
            half.set()
            connections.close_all()

    monkeypatch.setattr(landing, "load_frames", load_frames)
    thread = threading.Thread(target=work)
    thread.start()
    assert half.wait(60)
    try:
        yield
    finally:
        go_on.set()
        thread.join(60)
    assert not failed and not thread.is_alive()


def states() -> list[str]:
    return list(Batch.objects.order_by("pk").values_list("state", flat=True))


def test_an_entry_lands_while_a_large_file_is_being_loaded(bring, enter, now, monkeypatch):
    bring(large(1, 58), "参保一月.csv")
    with loading(now, monkeypatch):
        enter("k1")
        assert one_round(now, SMALL) == 2, "checked, and landed"
        assert states() == ["confirmed", "landed"] and Report.objects.current().count() == 1
        assert not Headcount.objects.current().exists(), "the large one is not published yet"
    assert states() == ["landed", "landed"] and Headcount.objects.current().count() == 61
    assert list(Commit.objects.exclude(number=None).values_list("number", flat=True)) == [1, 2]


def test_a_small_correction_of_the_same_sender_waits_for_the_large_file_before_it(bring, now, monkeypatch):
    bring(large(1, 58), "参保一月.csv")
    bring(HEADER + "202601,1,甲公司,60\n", "参保一月订正.csv")
    assert land_small(now) == 0
    with loading(now, monkeypatch):
        assert land_small(now) == 0
    land_waiting(now)
    assert states() == ["landed", "landed"]
    assert Headcount.objects.current().get(key__startswith="2026-01|1|").insured == 60


def test_it_waits_also_while_the_large_file_before_it_is_not_checked(bring, now):
    bring(large(1, 58), "参保一月.csv", confirm=False)
    bring(HEADER + "202602,1,甲公司,60\n", "参保二月.csv")
    assert land_small(now) == 0
    assert one_round(now, SMALL) == 0, "the lane leaves large files alone"


def test_the_round_lands_small_ones_first(bring, enter, now):
    bring(large(1, 58), "参保一月.csv")
    enter("k1")
    one_round(now, SMALL[:1])
    assert Batch.objects.get(arrival__way="hand").state == "checked"
    assert confirm_clean(now) == 1 and land_waiting(now) == 2
    assert Commit.objects.get(number=1) == Report.objects.get().recorded


def test_two_deliveries_of_one_source_and_sender_never_land_at_once(bring, now, monkeypatch):
    bring(large(1, 58), "参保一月.csv")
    second = bring(large(2, 60), "参保一月再报.csv")
    with loading(now, monkeypatch):
        assert not land_batch(second, now)
    land_waiting(now + timedelta(minutes=1))
    assert Headcount.objects.current().get(key__startswith="2026-01|1|").insured == 60
