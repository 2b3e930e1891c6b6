"""What goes with a post: two units, of which one can be reached."""

import pytest

from wushang.people.deeds.hand_over import paper_of
from wushang.people.models import Appointment, Role
from wushang.pool import in_hand, landing
from wushang.pool.deeds.add_contact import AddContact
from wushang.pool.models import Enterprise, EnterpriseVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(people, now):
    firms = [Enterprise.objects.create(created=now) for _ in range(3)]
    commit = landing.start("file", "名册", people.wangli.actor, now)
    regions = ("990100001", "990100002", "990200001")
    landing.load(commit, EnterpriseVersion, [
        {"enterprise_id": firm.pk, "name": f"云溪{n}厂", "region": region, "state": "active"}
        for n, (firm, region) in enumerate(zip(firms, regions, strict=True))
    ])  # fmt: skip
    landing.publish(commit, now)
    return firms


def said(user) -> list[tuple[str, str]]:
    return [(item["what"], item["title"]) for item in in_hand.items(user)]


def test_the_units_and_contacts_of_the_scope_stand_on_the_paper(units, people, now):
    AddContact(people.wangli.actor, now, units[0], "head", "张三丰", "13800001111", "参保登记", now.date()).do()
    assert said(people.wangli) == [
        ("单位范围", "2 家单位"), ("联系人", "2 家的联系人：缺 1 家，待核实 0 家，有无效号码 0 家"),
    ]  # fmt: skip
    assert said(people.zhanghaiyan)[0] == ("单位范围", "1 家单位")
    assert {"岗位", "单位范围", "联系人"} <= {item["what"] for item in paper_of(people.wangli, now.date())}


def test_what_was_lent_is_not_handed_over(units, people):
    post = Appointment.objects.get(user=people.wangli)
    Appointment.objects.create(user=people.fangzhiqiang, role=Role.objects.get(code="clerk"), regions=["990100"], deputy_of=post)
    assert [what for what, _title in said(people.fangzhiqiang)] == ["单位范围"]  # the reviewer's own; no contacts


def test_who_has_no_units_hands_none_over(units, people):
    assert said(people.auditor) == []
