"""沿革 on the dossier: 老岳杯厂 became 恒岳杯业 with a new code, took in 恒悦杯业, has a branch in 石塘 and lends workers."""

import pytest
from deliveries import CUP, DOOR, claim, insured, register
from django.test import Client
from django.utils import timezone

from wushang.integrate.deeds.merge_enterprises import MergeEnterprises, UndoMerge
from wushang.integrate.models import Candidate
from wushang.integrate.past import past
from wushang.people.models import User
from wushang.pool.known import Known
from wushang.pool.models import EnterpriseVersion

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW, WRONG = "云溪市老岳杯厂", "云溪市恒岳杯业有限公司", "云溪市恒悦杯业有限公司"


def now_of(name):
    return EnterpriseVersion.objects.current().get(name=name, merged_into=None)


def said(version, known=None):
    return [text for _when, text in past(version, known or Known()).events]


def test_renamings_and_codes_stand_in_their_order_and_as_known_then(send):
    first, _ = send("RegisterEntry", register(CUP, OLD))
    send("RegisterEntry", register(CUP, NEW, "r2"))
    assert sorted(said(now_of(NEW))) == sorted([f"首次报送：{OLD}", f"更名：{OLD} → {NEW}"])
    assert said(now_of(NEW), Known(first.number)) == [f"首次报送：{OLD}"]
    assert not past(now_of(NEW), Known(first.number)), "that it came to be known is no story"


def test_merges_are_told_and_that_they_were_taken_back(send, people, now):
    send("RegisterEntry", register(DOOR, OLD))
    send("RegisterEntry", register(CUP, NEW, former_names=OLD))
    pair = Candidate.objects.get()
    merge = MergeEnterprises(people.wangli.actor, now, now_of(NEW).enterprise, now_of(OLD).enterprise, "名册写明曾用名").do()
    assert f"归并：{OLD}（{DOOR}） 并入本单位" in said(now_of(NEW))
    UndoMerge(people.wangli.actor, now, merge, "核实有误").do()
    assert f"撤销归并：{OLD}（{DOOR}）" in said(now_of(NEW)) and pair


def test_branches_and_lent_workers_are_ties(send):
    send("RegisterEntry", register(CUP, NEW), register(DOOR, NEW + "石塘分公司", "r2"))
    send("Report", claim("1号", employer_name=NEW, uscc=CUP, host_name="象湖门业有限公司"))
    assert past(now_of(NEW)).ties == [("分公司", NEW + "石塘分公司"), ("派往的用工单位（有工伤的）", "象湖门业有限公司（1 人次）")]
    assert past(now_of(NEW + "石塘分公司")).ties == [("总公司", NEW)]
    assert past(now_of("象湖门业有限公司")).ties == [("派来职工的单位（有工伤的）", f"{NEW}（1 人次）")]


def test_the_dossier_shows_it(send, people):
    send("RegisterEntry", register(CUP, OLD))
    send("RegisterEntry", register(CUP, NEW, "r2"))
    send("Headcount", insured("9", 1, 58, name=WRONG))
    User.objects.update(password_set=timezone.now())
    client = Client()
    client.force_login(people.wangli)
    page = client.get(f"/enterprises/{now_of(NEW).enterprise_id}/").content.decode()
    assert "沿革" in page and f"更名：{OLD} → {NEW}" in page
    assert "沿革" not in client.get(f"/enterprises/{now_of(WRONG).enterprise_id}/").content.decode()
