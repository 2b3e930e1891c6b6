from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.deeds.withdraw_batch import WithdrawBatch
from wushang.collect.models import Batch
from wushang.integrate import waiting
from wushang.people.models import Department, User
from wushang.terms.problem import Refused

FILE = "所属期,单位编号,单位名称,参保人数\n202601,1,甲公司,58\n"


@pytest.mark.django_db
def test_a_delivery_that_fails_does_not_hold_up_the_next(monkeypatch, now):
    def land_batch(batch, at):
        if batch.pk == 1:
            raise RuntimeError("cannot be landed")
        return True

    batches = [SimpleNamespace(pk=n, size=1, version=SimpleNamespace(source="x"), sender_id=1) for n in (1, 2)]
    monkeypatch.setattr(waiting.handing, "confirmed", lambda: batches)
    monkeypatch.setattr(waiting, "land_batch", land_batch)
    assert waiting.land_waiting(now) == 1


@pytest.fixture
def confirmed(people, now) -> Batch:
    agency = Department.objects.get(code="990100-agency")
    batch = ReceiveFile(people.wangli.actor, now, FILE.encode(), "参保.csv", agency).do()
    assert check(batch, now)
    batch.refresh_from_db()
    return ConfirmBatch(people.wangli.actor, now, batch).do()


@pytest.fixture
def fails(monkeypatch, confirmed, now):
    def run(failure):
        def land(*_args):
            raise failure

        with monkeypatch.context() as patched:
            patched.setattr(waiting, "land", land)
            assert waiting.land_waiting(now) == 0
        confirmed.refresh_from_db()
        return confirmed

    return run


@pytest.mark.django_db(transaction=True)
def test_a_delivery_that_does_not_land_says_so_and_may_be_withdrawn(fails, confirmed, people, now):
    with pytest.raises(Refused, match="正在入库"):
        WithdrawBatch(people.wangli.actor, now, confirmed, "报错了月份").do()
    batch = fails(RuntimeError("row 3: 张三丰"))
    assert batch.problem["why"] == "入库没有成功，稍后自动再试。" and "张三丰" not in str(batch.problem)
    User.objects.update(password_set=timezone.now())
    clerk = Client()
    clerk.force_login(people.wangli)
    page = clerk.get(reverse("collect:batch", args=[batch.pk])).content.decode()
    assert "入库没有成功" in page and "已确认，正在入库" not in page and "撤回本批" in page
    assert WithdrawBatch(people.wangli.actor, now, batch, "报错了月份").do().state == "withdrawn"
    assert waiting.land_waiting(now) == 0


@pytest.mark.django_db(transaction=True)
def test_what_a_refusal_says_is_told_and_is_gone_once_the_delivery_landed(fails, now):
    batch = fails(Refused("同一单位两次出现", "请合并后再报。"))
    assert (batch.problem["why"], batch.problem["remedy"]) == ("同一单位两次出现", "请合并后再报。")
    assert waiting.land_waiting(now) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == ("landed", {})
