"""接近条件: which units one more accident would bring to a level, counted by hand; by the rules alone, in the scope alone."""

import pytest
from django.utils import timezone
from judge.test_lists import entered, only_two
from judge.test_pages import page
from judge.test_run import FORCE, GAOTAI, SERIOUS, day, moment
from judge.town import REGION

from wushang.judge.near import nearness
from wushang.judge.run import regional
from wushang.people.models import User
from wushang.pool import snapshot
from wushang.pool.models import Enterprise, EnterpriseVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet(town, monkeypatch):
    """20 March 2026: 恒岳杯业 with two accidents, 石塘门业 with one, and 静水五金, where nothing has happened."""
    monkeypatch.setattr(timezone, "now", lambda: moment(day(20)))
    User.objects.update(password_set=timezone.now())
    town.quiet = Enterprise.objects.create(created=town.now).pk
    town.land(EnterpriseVersion, [town.unit(town.quiet, "静水五金", "990100001")])
    town.injure(day(2), day(9))
    town.injure(day(10), at=town.door)
    return town


def near(town, version):
    """[(unit, now, then, what is measured now, what it has to reach, last accident)], and the untouched."""
    snapshot.build(town.now)
    found = nearness(version.pack, regional(REGION), day(20), REGION)
    told = [(one.enterprise, one.was, one.will, [(gap.now, gap.wanted) for gap in one.gaps], one.last) for one in found.near]
    return told, found.untouched


def test_one_more_accident_makes_orange_of_yellow_and_red_of_orange(quiet):
    told, untouched = near(quiet, quiet.adopt(GAOTAI, FORCE))
    assert told == [
        (quiet.cup, "orange", "red", [(2, 3)], day(9)),
        (quiet.door, "yellow", "orange", [(1, 2)], day(10)),
    ]
    assert untouched == {quiet.quiet: "yellow"}, "a first accident is not something to be near to"


def test_who_is_orange_by_a_hazard_is_not_nearer_by_a_second_accident(quiet):
    quiet.hazard(quiet.door, day(1))
    told, _untouched = near(quiet, quiet.adopt(GAOTAI, FORCE))
    assert [one[0] for one in told] == [quiet.cup], "石塘门业 is orange already; red is two accidents away"


def test_accidents_outside_the_window_do_not_bring_nearer(quiet):
    quiet.injure(day(30, 12, 2025), at=quiet.quiet)
    told, untouched = near(quiet, quiet.adopt(GAOTAI, FORCE))
    assert quiet.quiet in untouched and quiet.quiet not in [one[0] for one in told]


def test_a_rule_with_its_own_numbers_counts_by_these(quiet):
    told, untouched = near(quiet, quiet.adopt(only_two(entered(key=3, general=2)), FORCE))
    assert told == [
        (quiet.cup, "general", "key", [(2, 3)], day(9)),
        (quiet.door, "", "general", [(1, 2)], day(10)),
    ]
    assert untouched == {}, "a first accident leads to no list"


def test_a_light_accident_brings_nobody_near_a_rule_on_grave_ones(quiet):
    assert near(quiet, quiet.adopt(SERIOUS, FORCE)) == ([], {})


def test_a_refused_claim_is_no_accident(quiet):
    quiet.injure(day(12), at=quiet.door, status="refused")
    told, _untouched = near(quiet, quiet.adopt(GAOTAI, FORCE))
    assert told[1] == (quiet.door, "yellow", "orange", [(1, 2)], day(10))


def test_the_page_says_it_in_words_and_each_sees_the_own_units(quiet):
    quiet.adopt(GAOTAI, FORCE)
    snapshot.build(quiet.now)
    shown = page(quiet.people.wangli, "/judge/near/")
    assert shown.index("恒岳杯业") < shown.index("石塘门业") and shown.count("差 1 起</td>") == 2
    assert "本年累计工伤事故起数现为 2 起，达到 3 起" in shown and "还没有计入事故的 1 家，发生第 1 起就达到黄色预警" in shown
    assert "静水五金" not in shown and "无名作坊" not in shown
    town = page(quiet.people.zhanghaiyan, "/judge/near/")
    assert "恒岳杯业" in town and "石塘门业" not in town
    assert "没有施行中的规则" in page(quiet.people.linwai, "/judge/near/")
    assert page(quiet.people.auditor, "/judge/near/") == "403"


def test_a_rule_that_takes_the_first_few_says_that_it_cannot_be_told(quiet):
    text = only_two(entered(key=3)).replace("value: null, clause: 该局对全市262家", "value: 1, clause: 该局对全市262家")
    quiet.adopt(text, FORCE)
    snapshot.build(quiet.now)
    assert "这条规则按名次取前几家" in page(quiet.people.wangli, "/judge/near/")
