"""What became of each row, page by page, from what was kept when the file was read: the file itself is not opened again."""

import pytest

from wushang.collect import shelf
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.ways import answers
from wushang.people.models import Department

pytestmark = pytest.mark.django_db
TEXT = """云溪市工伤认定台账
受理编号,单位名称,姓名,事故时间,申请日期
工〔2026〕1号,甲公司,张三,2026-03-05,2026-03-09

受理编号,单位名称,姓名,事故时间,申请日期
工〔2026〕2号,乙公司,李四,2026-13-02,2026-03-09
工〔2026〕1号,甲公司,张三,2026-03-05,2026-03-09
合计,3
"""


def test_each_page_of_answers_is_told_without_the_file(people, now, monkeypatch):
    sender = Department.objects.get(code="990100-hrss")
    batch = ReceiveFile(people.wangli.actor, now, TEXT.encode(), "a.csv", sender).do()
    assert check(batch, now)
    batch.refresh_from_db()
    monkeypatch.setattr(shelf, "open_file", None)
    lines = answers.lines_of(batch)
    said = [[(one["row"], one["state"], one["repeats"]) for one in answers.of_batch(batch, lines, first, first + 3)] for first in (1, 5, 9)]
    assert said == [[(3, "accepted", None)], [(6, "quarantined", None), (7, "duplicate", 3)], []]
