"""An older file brought again under a newer name is asked about before it takes decisions back to nothing."""

from __future__ import annotations

import pytest

from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.integrate.waiting import land_waiting
from wushang.people.models import Department
from wushang.pool.models import Report
from wushang.terms.problem import Refused

HEADER = "受理编号,单位名称,统一社会信用代码,姓名,证件号码,事故时间,申请日期,决定日期,认定结论"
DECIDED = "工〔2026〕1号,甲公司,,张三,11010519491231002X,2026-03-05,2026-03-09,2026-03-16,认定工伤"
EARLIER = "工〔2026〕1号,甲公司,,张三,11010519491231002X,2026-03-05,2026-03-09,,"


@pytest.mark.django_db(transaction=True)
def test_a_row_that_loses_its_decision_asks_for_a_reason(people, now):
    def bring(row: str, name: str):
        hrss = Department.objects.get(code="990100-hrss")
        batch = ReceiveFile(people.wangli.actor, now, f"{HEADER}\n{row}\n".encode(), name, hrss).do()
        assert check(batch, now)
        batch.refresh_from_db()
        return batch

    ConfirmBatch(people.wangli.actor, now, bring(DECIDED, "工伤认定.csv")).do()
    assert land_waiting(now) == 1
    old = bring(EARLIER, "工伤认定再报.csv")
    with pytest.raises(Refused, match="有 1 行把已有的内容改成了空白（如第 2 行的“决定日期”）"):
        ConfirmBatch(people.wangli.actor, now, old).do()
    ConfirmBatch(people.wangli.actor, now, old, "结论有误，已撤销").do()
    assert land_waiting(now) == 1
    assert Report.objects.current().get().values["conclusion"] is None
