"""One enterprise over time: renamed, with a new code, with branches."""

import pytest
from deliveries import CUP, DOOR, insured, register

from wushang.integrate import identity, pairs
from wushang.integrate.deeds.merge_enterprises import MergeEnterprises, UndoMerge
from wushang.integrate.models import Alias, Candidate
from wushang.pool.models import EnterpriseVersion, Headcount
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "云溪市老岳杯厂", "云溪市恒岳杯业有限公司"


def version(name):
    return EnterpriseVersion.objects.current().get(name=name, merged_into=None)


def test_a_new_name_under_the_same_code_is_the_same_enterprise_with_its_history(send):
    send("RegisterEntry", register(CUP, OLD))
    send("RegisterEntry", register(CUP, NEW, "r2", former_names=OLD))
    now = version(NEW)
    assert [(p.name, p.uscc) for p in identity.history(now.enterprise_id)] == [(OLD, CUP), (NEW, CUP)]
    assert not Candidate.objects.exists()
    send("Headcount", insured("9", 1, 58, name=OLD))
    assert Headcount.objects.current().get().enterprise_id == now.enterprise_id


@pytest.fixture
def recoded(send):
    """老岳杯厂 got a new code and a new name; the register says so."""
    send("RegisterEntry", register(DOOR, OLD))
    send("RegisterEntry", register(CUP, NEW, former_names=OLD))
    return Candidate.objects.get()


def test_a_new_code_with_the_former_name_is_proposed_and_may_be_merged(recoded, people, now, send):
    assert recoded.reason == identity.WRITTEN
    old, new = version(OLD), version(NEW)
    assert not pairs.two_codes(old, new)
    commit = MergeEnterprises(people.wangli.actor, now, new.enterprise, old.enterprise, "名册写明曾用名").do()
    send("Headcount", insured("9", 1, 58, name="写错的名", uscc=DOOR))
    assert Headcount.objects.current().get().enterprise_id == new.enterprise_id, "the old code leads to it"
    UndoMerge(people.wangli.actor, now, commit, "核实有误").do()
    assert not Alias.objects.filter(enterprise=new.enterprise, kind="old_code").exists()


def test_until_somebody_decided_the_old_name_stays_with_the_old_unit(recoded, send):
    send("Headcount", insured("9", 1, 58, name=OLD))
    assert Headcount.objects.current().get().enterprise_id == version(OLD).enterprise_id


def test_two_codes_without_a_word_of_the_register_stay_two(send, people, now):
    send("RegisterEntry", register(DOOR, OLD), register(CUP, NEW))
    with pytest.raises(Refused, match="两个法人"):
        MergeEnterprises(people.wangli.actor, now, version(NEW).enterprise, version(OLD).enterprise, "看着像").do()


def test_a_branch_is_tied_to_its_parent_and_stays_a_unit_of_its_own(send):
    send("RegisterEntry", register(CUP, NEW), register(DOOR, NEW + "石塘分公司", "r2"))
    company, branch = version(NEW), version(NEW + "石塘分公司")
    assert identity.parent(branch) == company and identity.branches(company) == [branch]
    assert identity.parent(company) is None and identity.branches(branch) == []
