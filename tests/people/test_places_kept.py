"""After founding: 石塘镇 is merged into 东城街道, the bureau is renamed, a department and a township are added."""

from datetime import date

import pytest

from wushang.integrate.places import Places
from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.deed import NotAllowed
from wushang.people.deeds.change_region import ChangeRegion
from wushang.people.deeds.keep_department import KeepDepartment
from wushang.people.deeds.keep_region import KeepRegion
from wushang.people.models import Appointment, AuditEntry, Department, Region, RegionChange, Role
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def merge(people, now):
    return lambda **said: ChangeRegion(
        people.admin.actor, now,
        **{"on": NEW_YEAR, "kind": "区划调整", "old": "990100002", "new": "990100001", "source": "云政函〔2025〕12号", **said},
    )  # fmt: skip


def test_a_merged_town_ends_the_day_before_and_the_other_stood_before(merge):
    merge().do()
    assert Region.objects.get(code="990100002").valid_to == date(2025, 12, 31)
    assert Region.objects.get(code="990100001").valid_from is None
    assert RegionChange.objects.get().new == "990100001"


def test_a_code_that_came_with_the_change_holds_from_that_day(merge, people, now):
    KeepRegion(people.admin.actor, now, "990100012", "石塘街道", "township", "990100").do()
    merge(kind="撤镇设街道", new="990100012").do()
    assert Region.objects.get(code="990100012").valid_from == NEW_YEAR


def test_posts_and_departments_move_with_the_town_and_the_log_says_how_many(merge, people):
    post = Appointment.objects.create(user=people.linwai, role=Role.objects.get(code="township"), regions=["990100002", "990100001"])
    ended = Appointment.objects.create(
        user=people.linwai, role=Role.objects.get(code="township"), regions=["990100002"], valid_to=date(2025, 6, 1)
    )
    office = Department.objects.create(
        code="990100002-town", name="石塘镇人民政府", short_name="石塘镇", kind="township", region=Region.objects.get(code="990100002")
    )
    merge().do()
    for row in (post, ended, office):
        row.refresh_from_db()
    assert post.regions == ["990100001"] and ended.regions == ["990100002"]
    assert office.region.code == "990100001"
    assert AuditEntry.objects.get(verb="people.places").detail["posts"] == 1


def test_facts_of_before_stay_the_old_towns_and_the_new_one_sees_them(merge, people):
    merge().do()
    towns = Places()
    assert towns.known_town("石塘镇", date(2025, 12, 31)) == "990100002"
    assert towns.known_town("石塘镇", NEW_YEAR) == "990100001"
    assert scope_of(people.zhanghaiyan, date(2026, 3, 20)).covers("pool.see", "990100002")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"new": "990100002"}, "同一个代码"),
        ({"new": "990100099"}, "不在平台里"),
        ({"on": date(2026, 3, 21)}, "还没有到"),
        ({"source": " "}, "依据文件"),
        ({"kind": "搬家"}, "不是变更类别"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words(merge, said, why):
    with pytest.raises(Refused, match=why):
        merge(**said).do()
    assert not RegionChange.objects.exists()


def test_a_town_ends_once(merge):
    merge().do()
    with pytest.raises(Refused, match="已经停用"):
        merge(on=date(2026, 2, 1)).do()


def test_a_renamed_town_is_still_known_by_its_old_name(people, now):
    rename = KeepRegion(people.admin.actor, now, "990100002", "石塘新镇", "township", "990100")
    assert rename.do() == "changed" and rename.do() == "same"
    assert Places().known_town("石塘镇") == "990100002" == Places().known_town("石塘新镇")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("99x", "某镇", "township", "990100"), "不是地区代码"),
        (("990100009", " ", "township", "990100"), "没有写地区名称"),
        (("990100009", "某镇", "town", "990100"), "不是地区类别"),
    ],
)
def test_a_region_that_cannot_be_is_refused_in_words(people, now, said, why):
    with pytest.raises(Refused, match=why):
        KeepRegion(people.admin.actor, now, *said).do()


@pytest.mark.parametrize("parent", ["990100", "990100002"])
def test_a_region_hangs_neither_under_itself_nor_under_one_inside_it(now, people, parent):
    with pytest.raises(Refused, match="上级地区就是它自己"):
        KeepRegion(Actor.system(), now, "990100", "云溪市", "county", parent).do()


def test_a_region_hangs_under_one_that_is_there(now, people):
    with pytest.raises(Refused, match="不在平台里"):
        KeepRegion(Actor.system(), now, "990100009", "某镇", "township", "990199").do()


def test_a_bureau_is_renamed_and_keeps_its_people(people, now):
    said = ("990100-hrss", "云溪市人力社保局", "人力社保局", "hrss", "990100")
    assert KeepDepartment(people.admin.actor, now, *said).do() == "changed"
    people.wangli.refresh_from_db()
    assert people.wangli.department.name == "云溪市人力社保局"


def test_nobody_keeps_a_place_of_another_county_or_without_the_right(people, now):
    for who, region in ((people.admin, "990200"), (people.lijianguo, "990100")):
        with pytest.raises(NotAllowed):
            KeepDepartment(who.actor, now, f"{region}-new", "新局", "新局", "traffic", region).do()
    with pytest.raises(NotAllowed):  # a department of the other county is not drawn over
        KeepDepartment(people.admin.actor, now, "990200-hrss", "外县人社局", "外县", "hrss", "990100").do()
    with pytest.raises(NotAllowed):  # nor is a region
        KeepRegion(people.admin.actor, now, "990200", "云溪新区", "zone", "990100").do()
    assert Region.objects.get(code="990200").name != "云溪新区"
