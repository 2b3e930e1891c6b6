"""Every issuer that a shipped rule names has somebody in the practice city to draft, review and sign; a place sees who is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import wushang
from wushang.judge.check import check_text
from wushang.people import load
from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.models import Appointment, Department, Region, Role, User
from wushang.simulate import places
from wushang.terms.problem import Refused
from wushang.warn import issuing, offered
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.keep_warning import KeepWarning
from wushang.warn.deeds.propose_withdrawal import ProposeWithdrawal
from wushang.warn.deeds.send_back import SendBack
from wushang.web.demo.place import POSTS

DAY = date(2026, 3, 20)
PACKS = sorted((Path(wushang.__file__).parent / "policies").glob("*/*.yaml"))
pytestmark = pytest.mark.django_db


def pack(path: Path):
    found, remarks = check_text(path.read_text("utf-8"))
    assert found, remarks
    return found


@pytest.fixture
def practice_city():
    """The departments and posts of the practice city, without its data."""
    load.roles()
    load.regions(dict(zip(("code", "name", "kind", "parent"), row, strict=True)) for row in places.region_rows())
    names = ("code", "name", "short_name", "kind", "region")
    load.departments(dict(zip(names, row, strict=True)) for row in places.department_rows())
    for post in POSTS:
        user = User.objects.create(username=post.username, name=post.name, department=Department.objects.get(code=post.department))
        Appointment.objects.create(user=user, role=Role.objects.get(code=post.role), regions=[post.region])


@pytest.mark.parametrize("path", PACKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_issuer_of_a_shipped_rule_can_sign_in_the_practice_city(practice_city, path):
    """But for townships: the practice city plays one officer of each; a place that adopts 两预警 reads whom a township lacks."""
    towns = set(Department.objects.filter(kind="township").values_list("name", flat=True))
    found = [one for one in issuing.hands(pack(path), places.CITY_CODE, DAY) if one.issuer not in towns]
    assert [one.lacks for one in found] == [""] * len(found)
    assert all(one.drafters and one.reviewers and one.signers for one in found)


def test_the_issuers_are_those_that_sign_something():
    said = {f"{path.parent.name}-{path.stem}": issuing.issuers(pack(path), DAY) for path in PACKS}
    assert said == {
        "gaotai-graded_warning": ["hrss"],
        "yongkang-key_enterprises": ["safety_committee"],  # 挂牌督办; the township's list is no letter
        "yongkang-serious_injury": [],  # handed over at once
        "yongkang-two_warnings": ["safety_committee", "township"],
        "yongkang-overdue_reports": [], "qingdao-risk_colour": ["hrss"], "templates-enterprise_code": ["hrss"], "templates-rate_three_colours": ["hrss"],
        "hunan-monthly_ranking": [], "zhejiang-enforcement_priority": [],  # lists
        "national-accident_grades": [], "zhejiang-incidence_target": [], "zhejiang-regional_index": [],  # reckoned only
    }


def committee(people, *roles: str) -> list[Actor]:
    region = Region.objects.get(code="990100")
    house = Department.objects.create(code="990100-aw", name="云溪市安委办", short_name="安委办", kind="safety_committee", region=region)
    return [post(house, f"安{n}", role) for n, role in enumerate(roles)]


def post(house: Department, name: str, role: str) -> Actor:
    user = User.objects.create_user(name, "x", name=name, department=house)
    Appointment.objects.create(user=user, role=Role.objects.get(code=role), regions=["990100"])
    return Actor(user, name, scope_of(user, DAY))


KEY = next(path for path in PACKS if path.stem == "key_enterprises")


@pytest.mark.parametrize(
    ("roles", "lacks"),
    [
        ((), "没有人审核、签发"),
        (("emergency_head",), "没有人审核"),
        (("reviewer",), "没有人签发"),
        (("reviewer", "emergency_head"), ""),
    ],
)
def test_a_place_reads_whom_an_issuer_lacks(people, roles, lacks):
    committee(people, *roles)
    [one] = issuing.hands(pack(KEY), "990100", DAY)
    assert one.issuer == "云溪市安委办" and one.lacks.startswith(lacks) and bool(one.lacks) == bool(lacks)
    assert "王丽" in one.drafters and "林外" not in one.drafters


def test_an_issuer_that_is_not_in_the_list_is_named_too(people):
    [one] = issuing.hands(pack(KEY), "990100", DAY)
    assert (one.issuer, one.lacks) == ("安委办", "部门名录里没有这个单位")


def test_three_steps_need_a_second_reviewer(people, settings):
    settings.WUSHANG_SIGN_STEPS = 3
    first = committee(people, "reviewer", "emergency_head")[0]
    assert "每一步须是不同的人" in issuing.hands(pack(KEY), "990100", DAY)[0].lacks
    post(first.user.department, "安五", "reviewer")
    assert issuing.hands(pack(KEY), "990100", DAY)[0].lacks == ""


def test_a_reviewer_of_another_bureau_decides_nothing_of_its_letters(people, now, drafted, advance):
    """方志强 of the emergency bureau may review what his own bureau issues, and nothing of 人社局."""
    fang = people.fangzhiqiang.actor
    advance(drafted, "submitted")
    for deed in (
        SendBack(fang, now, drafted, "措辞再核一下"),
        EditLetter(fang, now, drafted, drafted.letter, {"contact": "方志强"}),
    ):
        with pytest.raises(Refused, match="您不在该单位"):
            deed.do()
    ProposeWithdrawal(people.wangli.actor, now, drafted, "单位来电说不是本单位职工").do()
    with pytest.raises(Refused, match="您不在该单位"):
        KeepWarning(fang, now, drafted, "事实清楚，维持").do()
    drafted.refresh_from_db()
    offer = offered.offer(drafted, fang)
    assert (offer.primary, offer.others, offer.danger) == (None, (), ())
