"""Files of every kind, killed at their statements while they are checked and landed: done again, each row is there once."""

from __future__ import annotations

import pytest
from collect.dirt.biff_writer import xls
from collect.dirt.files import csv_of, html_of, xlsx_of
from crash import deaths
from faults.dead import time_passes

from wushang.collect.deeds.check_batch import check_waiting
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.models import Batch, QuarantinedRow
from wushang.integrate.waiting import land_waiting
from wushang.people.models import Department
from wushang.pool import landing
from wushang.pool.models import Report

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = ["受理编号", "单位名称", "姓名", "事故时间", "申请日期"]
KINDS = {
    "xlsx": lambda good, bad: (xlsx_of(HEADER, good, bad), ""),
    "xls": lambda good, bad: (xls(HEADER, good, bad), ""),
    "html": lambda good, bad: (html_of(HEADER, good, bad), ""),
    "gbk": lambda good, bad: (csv_of(HEADER, good, bad, encoding="gb18030"), ""),
    "sheet": lambda good, bad: (xlsx_of(HEADER, sheet="一", more=[("二", [HEADER, good, bad]), ("三", [HEADER, good])]), "二"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_killed_anywhere_a_file_of_any_kind_is_checked_and_landed_once(people, now, kind):
    sender = Department.objects.get(code="990100-hrss")

    def receive(piece: int) -> None:
        content, sheet = KINDS[kind](
            [f"好{piece}号", "甲公司", "张三", "2026-03-05", "2026-03-09"],
            [f"坏{piece}号", "乙公司", "李四", "2026-13-02", "2026-03-09"],
        )  # fmt: skip
        ReceiveFile(people.wangli.actor, now, content, f"{piece}.{kind}", sender, "injury_recognition", sheet=sheet).do()

    def work() -> None:
        check_waiting(now)
        for batch in Batch.objects.filter(state=Batch.CHECKED):
            ConfirmBatch(people.wangli.actor, now, batch, "已核对").do()
        land_waiting(now)

    def prepare(piece: int):
        receive(piece)
        return work

    for piece in deaths(prepare, most=10):
        time_passes()
        landing.clear_dead(now)
        work()
        assert set(Batch.objects.values_list("state", "rows", "taken")) == {("landed", 2, 1)}, piece
        assert QuarantinedRow.objects.count() == piece + 1
        assert sorted(Report.objects.current().values_list("key", flat=True)) == sorted(f"好{n}号" for n in range(piece + 1))
