"""Dirt: last month's rows once more in this month's export: known and the same they are duplicates; else a person is asked."""

import json
from datetime import date

import polars as pl
import pytest
from collect.dirt.files import csv_of

from wushang.collect.checking import check_file
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.look import Look
from wushang.collect.shown.numbers import numbers
from wushang.collect.source import shipped
from wushang.collect.ways import answers
from wushang.integrate.waiting import land_waiting
from wushang.people.models import Department

HEADER = ["支付流水号", "支付月份", "单位名称", "认定编号", "待遇项目", "支付金额（元）", "支付对象", "支付日期"]
CASE = ["恒岳杯业有限公司", "工〔2025〕87号"]
FEBRUARY = ["F1", "202602", *CASE, "医疗费", "1,240.50", "医院", "2026-02-11"]
AGAIN = ["F1", "2026年2月", *CASE, "医疗费", "1240.5", "医院", "20260211"]  # the same payment in other clothes
MARCH = ["F3", "202603", *CASE, "护理费", "1,860.00", "个人", "2026-03-18"]
UNKNOWN = ["F2", "202602", *CASE, "康复费", "300.00", "医院", "2026-02-20"]
TITLE = [["2026年3月工伤待遇支付明细"]]


@pytest.fixture
def deliver(people, now):
    """`deliver(month, *lines)` → the checked delivery that the agency made."""

    def run(month: int, *lines: list[str]):
        agency = Department.objects.get(code="990100-agency")
        content = csv_of([f"2026年{month}月工伤待遇支付明细"], HEADER, *lines)
        batch = ReceiveFile(people.wangli.actor, now, content, f"支付{month}月.csv", agency, "benefit_payments").do()
        assert check(batch, now)
        batch.refresh_from_db()
        return batch

    return run


@pytest.fixture
def february(deliver, people, now):
    """February's payments have landed."""
    batch = deliver(2, FEBRUARY)
    ConfirmBatch(people.wangli.actor, now, batch).do()
    assert land_waiting(now) == 1


def four(batch) -> tuple[int, int, int, int]:
    told = numbers(batch)
    return told.rows, told.taken, told.doubles, told.waiting


@pytest.mark.django_db
def test_a_row_that_landed_last_month_and_is_the_same_is_a_duplicate_with_its_month_named(deliver, february):
    batch = deliver(3, MARCH, AGAIN)
    assert four(batch) == (2, 1, 1, 0)
    assert batch.doubles == [[4, 0]]
    assert "以前月份的行又随本表报来：2026-02 1 行，与已入库的完全一样，算作重复，不再计数" in batch.notes
    assert batch.difference == {"new": 1, "changed": 0, "same": 0, "gone": 0}  # nothing of February is taken away


@pytest.mark.django_db
def test_a_row_of_last_month_that_is_unknown_or_different_waits(deliver, february):
    dearer = [*FEBRUARY[:4], "康复费", *FEBRUARY[5:]]
    batch = deliver(3, MARCH, UNKNOWN, dearer)
    assert four(batch) == (3, 1, 0, 2)
    assert [row.kind for row in batch.quarantined.all()] == ["period.month", "period.month"]


@pytest.mark.django_db
def test_before_the_month_has_landed_its_row_waits(deliver):
    assert four(deliver(3, MARCH, AGAIN)) == (2, 1, 0, 1)


@pytest.mark.django_db
def test_a_machine_is_told_that_the_row_is_a_duplicate_of_no_row_of_its_own(deliver, february):
    batch = deliver(3, MARCH, AGAIN, MARCH)
    told = answers.of_batch(batch, answers.lines_of(batch), 1, 5)
    said = [(one["row"], one["state"], one["repeats"]) for one in told]
    assert said == [(3, "accepted", None), (4, "duplicate", None), (5, "duplicate", 3)]
    assert json.dumps(told)


def test_slab_by_slab_it_is_the_same_and_each_row_is_counted_once(monkeypatch):
    """The same row in two slabs: known already, and the second also a repetition of the first."""
    content = csv_of(*TITLE, HEADER, MARCH, AGAIN, AGAIN)
    slabs = Look._slabs

    def one_line_each(look):
        for first, cells in slabs(look):
            yield first, cells[:4]
            yield first + 4, cells[4:]

    def landed(source, rows):
        return rows["row"]

    monkeypatch.setattr(Look, "_slabs", one_line_each)
    checked = check_file(content, "a.csv", shipped()["benefit_payments"], date(2026, 4, 5), landed=landed)
    assert (checked.rows, checked.accepted.height, checked.quarantined) == (3, 1, [])
    assert checked.duplicates.sort("row").rows() == [(4, 0), (5, 4)]
    assert isinstance(checked.duplicates["row"].dtype, pl.UInt32)


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "equal"), [("3,100.50", True), ("1,860.00", True), ("3,100.00", False)])
def test_the_files_own_total_may_count_the_rows_of_last_month_or_not(deliver, february, said, equal):
    """1,860.00 of March and 1,240.50 of February."""
    batch = deliver(3, MARCH, AGAIN, ["合计", "", "", "", "", said, "", ""])
    assert [footer["equal"] for footer in batch.footers] == [equal]
