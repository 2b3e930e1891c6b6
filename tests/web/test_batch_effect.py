"""本批将产生: what the page says before 确认入库 is what happens after it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.html import strip_tags
from judge.test_run import FORCE, GAOTAI, day
from judge.town import Town

from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.deeds.withdraw_batch import WithdrawBatch
from wushang.integrate.waiting import land_batch, take_back
from wushang.judge.models import Finding
from wushang.judge.run import judge_commits
from wushang.people.models import Department
from wushang.pool.models import Enterprise, EnterpriseVersion
from wushang.warn.deeds.withdraw import Withdraw
from wushang.warn.drafting import draft_findings
from wushang.warn.models import Push, StartDay, Warning
from wushang.warn.pushing import push_commits

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = "受理编号,姓名,单位名称,事故时间,申请日期,受理日期,认定情形"
CLAIMS = [
    "1号,张三,恒岳杯业,2026-03-05,2026-03-09,2026-03-10,14-1",  # its second: yellow → orange, told to three
    "2号,李四,石塘门业,2026-03-06,2026-03-09,,14-1",  # its first: yellow; reported only, not told yet
    "3号,王五,某某皮革厂,2026-03-06,2026-03-09,2026-03-10,14-1",  # a unit nobody knows: counted, neither warned nor told
    "4号,赵六,恒岳杯业,2026-03-07,2026-03-09,2026-03-10,14-6",  # on the way to work: does not count
    "5号,孙七,丙厂,2026-02-10,2026-02-12,2026-02-13,14-1",  # before the day of force: counted, neither warned nor told
]


@pytest.fixture
def place(people, now, monkeypatch) -> Town:
    """恒岳杯业 stands at yellow since its accident of 2 March; rule and pushes hold since 1 March."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    town = Town(people, now)
    town.third = Enterprise.objects.create(created=now).pk
    town.land(EnterpriseVersion, [town.unit(town.third, "丙厂", "990100002")])
    town.adopt(GAOTAI, FORCE)
    StartDay.objects.create(name="push", day=FORCE, set_by="李建国", at=now)
    town.injure(day(2))
    settle(now)
    return town


@pytest.fixture
def checked(place, people, now):
    def bring(*claims, **more):
        content, sender = "\n".join([HEADER, *claims]).encode(), Department.objects.get(code="990100-hrss")
        batch = ReceiveFile(people.wangli.actor, now, content, "工伤认定.csv", sender, **more).do()
        assert check(batch, now)
        batch.refresh_from_db()
        assert batch.taken == len(claims)
        return batch

    return bring


def settle(now) -> None:
    judge_commits(now)
    draft_findings(now)
    push_commits(now)


def words(answer) -> str:
    """The page's text without its tags."""
    return " ".join(strip_tags(answer.content.decode()).split())


def test_two_warnings_and_one_push_are_foreseen_and_come_about(place, checked, visit, people, now):
    batch = checked(*CLAIMS)
    answer = words(visit("wangli", f"/judge/batches/{batch.pk}/effect/"))
    assert "本批将产生：预警 2 件（新增 ●黄 1；升级为 ◆橙 1），推送 1 条（练习：不发送）" in answer
    assert "看这 3 条" in answer
    assert "恒岳杯业高台县“黄橙红”分级预警黄色预警◆橙色预警" in answer
    assert "丙厂高台县“黄橙红”分级预警—●黄色预警启用以前的事，只计数" in answer
    before = set(Push.objects.values_list("pk", flat=True))
    assert land_batch(ConfirmBatch(people.wangli.actor, now, batch).do(), now)
    settle(now)
    levels = dict(Warning.objects.values_list("enterprise", "level"))
    assert levels == {place.cup: "orange", place.door: "yellow"}
    assert Push.objects.exclude(pk__in=before).count() == 1


def test_a_signed_letter_that_the_batch_raises_is_named_before_and_when_it_is_taken_back(place, checked, visit, people, now):
    held = Warning.objects.get(enterprise=place.cup)
    letter = held.letter
    letter.number = "云人社预〔2026〕7号"
    letter.save(update_fields=["number"])
    Warning.objects.filter(pk=held.pk).update(state="issued", issued=now)
    batch = checked(CLAIMS[0])
    said = "恒岳杯业 黄色预警 云人社预〔2026〕7号，待送达：将上升为橙色预警"
    assert said in words(visit("wangli", f"/judge/batches/{batch.pk}/effect/"))
    assert land_batch(ConfirmBatch(people.wangli.actor, now, batch).do(), now)
    settle(now)
    held.refresh_from_db()
    orange = Warning.objects.exclude(pk=held.pk).get()
    assert held.merged_into == orange
    count = Finding.objects.count()
    answer = words(visit("wangli", f"/judge/batches/{batch.pk}/effect/"))
    assert answer == (
        "撤回后：1 件预警受影响。恒岳杯业 橙色预警，待起草：只达到黄色预警条件，将建议撤回。"
        f"撤回后恢复第 {held.pk} 件（黄色预警 云人社预〔2026〕7号，待送达）。"
    )
    assert Finding.objects.count() == count
    assert f'hx-get="/judge/batches/{batch.pk}/effect/"' in visit("wangli", f"/collect/{batch.pk}/").content.decode()
    batch.refresh_from_db()
    assert take_back(WithdrawBatch(people.wangli.actor, now, batch, "传错了").do(), now)
    settle(now)
    orange.refresh_from_db()
    assert orange.withdrawal_proposed == now  # as it was told
    Withdraw(people.lijianguo.actor, now, orange, "报送已撤回", "wrong_data").do()
    held.refresh_from_db()
    assert (held.state, held.letter.number) == ("issued", "云人社预〔2026〕7号")


def test_asking_writes_nothing(place, checked, visit):
    batch = checked(*CLAIMS)
    count = {m._meta.label: m.objects.count() for m in apps.get_models() if m._meta.app_label not in ("sessions", "people", "axes")}
    visit("wangli", f"/judge/batches/{batch.pk}/effect/")
    assert count == {m._meta.label: m.objects.count() for m in apps.get_models() if m._meta.label in count}


def test_history_only_counts(checked, visit):
    batch = checked(*CLAIMS, historical=True)
    assert words(visit("wangli", f"/judge/batches/{batch.pk}/effect/")) == "历史数据：只计数，不预警、不推送"


def test_a_file_without_consequence_says_none(checked, visit):
    batch = checked("9号,周八,恒岳杯业,2026-03-07,2026-03-09,,14-6")
    assert words(visit("wangli", f"/judge/batches/{batch.pk}/effect/")) == "本批将产生：预警 0 件，推送 0 条（练习：不发送）"


def test_a_person_of_another_county_does_not_see_it_and_the_page_asks_for_it(checked, visit):
    batch = checked(*CLAIMS)
    assert visit("linwai", f"/judge/batches/{batch.pk}/effect/").status_code == 404
    assert f'hx-get="/judge/batches/{batch.pk}/effect/"' in visit("wangli", f"/collect/{batch.pk}/").content.decode()
