import pytest

from wushang.people.models import Department
from wushang.people.scope import Grant, Scope, region_prefix


@pytest.mark.parametrize(
    ("code", "prefix"),
    [("330000", "33"), ("330700", "3307"), ("330784", "330784"), ("990100001", "990100001"), ("", "")],
)
def test_a_region_code_stands_for_all_places_inside_it(code, prefix):
    assert region_prefix(code) == prefix


def test_an_empty_scope_sees_nothing_and_may_nothing(people):
    nothing = Scope.nothing()
    assert not nothing.may("warn.see")
    assert not Department.objects.filter(nothing.q("warn.see", region="region__code", enterprise="pk")).exists()


def test_a_grant_without_regions_covers_nothing():
    scope = Scope((Grant(frozenset({"warn.see"})),))
    assert scope.may("warn.see")
    assert not scope.covers("warn.see", "990100001")


def test_the_township_officer_sees_her_township_only(people):
    scope = people.zhanghaiyan.actor.scope
    seen = Department.objects.filter(scope.q("warn.see", region="region__code", enterprise="pk"))
    assert {d.code for d in seen} == {"990100001-town"}


def test_two_grants_add_up_but_do_not_mix_their_verbs():
    scope = Scope((Grant(frozenset({"a"}), ("99",)), Grant(frozenset({"b"}), ("33",))))
    assert scope.covers("a", "990100")
    assert not scope.covers("b", "990100")
    assert scope.covers("b", "330784")


def test_industry_and_enterprise_narrow_a_grant():
    scope = Scope((Grant(frozenset({"a"}), ("99",), ("33",), frozenset({7})),))
    assert scope.covers("a", "990100", "3382", 7)
    assert not scope.covers("a", "990100", "4700", 7)
    assert not scope.covers("a", "990100", "3382", 8)


def test_the_scope_of_a_table_equals_the_scope_of_the_ledger():
    import ibis
    import pyarrow as pa

    rows = ibis.memtable(
        pa.table({"enterprise": [1, 2, 3], "region": ["990100001", "990200001", "990100"], "industry": ["33", "33", "47"]})
    )
    scope = Scope((Grant(frozenset({"a"}), ("990100",), ("33",)),))
    assert scope.where("a", rows).execute()["enterprise"].tolist() == [1]
    assert scope.where("b", rows).execute().empty
