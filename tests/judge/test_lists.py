"""名单预警: 永康's lists as pages, and a list that is signed. 3 accidents make a unit 重点, 1 makes it 一般."""

from datetime import timedelta
from io import BytesIO

import pytest
import python_calamine as calamine
from django.utils import timezone
from judge.test_pages import page, send
from judge.test_run import FORCE, GAOTAI, KEY, day, moment

from wushang.judge.deeds.freeze_list import FreezeList
from wushang.judge.deeds.leave_off_list import LeaveOff, PutBack
from wushang.judge.members import left_off, members, memberships
from wushang.judge.models import Finding, FrozenList
from wushang.judge.run import run
from wushang.people.deed import NotAllowed
from wushang.people.models import AuditEntry, Role, User
from wushang.pool import snapshot
from wushang.pool.models import EnterpriseVersion, InjuryVersion
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
NOTHING = "value: null, clause: 平台可通过工伤发生量、发生率、伤残等级等指标自动筛选工伤事故重点企业和一般企业"
ALL = EnterpriseVersion.objects.current


def entered(key: int = 3, general: int = 1) -> str:
    """永康's file with its thresholds entered by the place."""
    first, _dot, rest = KEY.partition(NOTHING)
    text = first + NOTHING.replace("null", str(key)) + rest
    head, _dot, tail = text.partition("general_events_from:")
    return head + "general_events_from:" + tail.replace("value: null", f"value: {general}", 1)


@pytest.fixture
def rule(town):
    """恒岳杯业 has three accidents by 3 March, 石塘门业 one; judged on the 20th."""
    User.objects.update(password_set=timezone.now())
    version = town.adopt(only_two(entered()), FORCE)
    town.injure(day(1), day(2), day(3))
    town.injure(day(2), at=town.door)
    judged(town, version, day(20))
    return version


def only_two(text: str) -> str:
    return text[: text.index("examples:")] + "examples:\n  - {name: 甲, given: {events: 3}, expect: key}\n"


def judged(town, version, on) -> None:
    snapshot.build(moment(on))
    run(version, on, moment(on))


def told(version, on) -> list[tuple]:
    return [(one.name, one.outcome, one.since, one.values["events"]) for one in members(version, on, ALL())]


def test_who_stands_on_a_list_on_a_day_and_since_when(town, rule) -> None:
    town.injure(day(22), day(23), at=town.door)
    judged(town, rule, day(25))
    assert told(rule, day(19)) == []
    assert told(rule, day(20)) == [("恒岳杯业", "key", day(20), 3), ("石塘门业", "general", day(20), 1)]
    assert told(rule, day(25)) == [("恒岳杯业", "key", day(20), 3), ("石塘门业", "key", day(25), 3)]
    assert [(title, since) for title, since, _rule in memberships(town.door, day(25))] == [("重点企业", day(25))]
    assert told(rule, FORCE - timedelta(days=1)) == []


def test_the_page_lists_the_members_with_what_decided_and_opens_to_why(town, rule, settings) -> None:
    address = f"/judge/lists/{rule.pk}/"
    shown = page(town.people.wangli, address)
    assert "恒岳杯业" in shown and "2026-03-20" in shown and "东城街道" in shown and "石塘门业" not in shown
    assert f"/judge/findings/{Finding.objects.get(outcome='key').pk}/" in shown and "数值为列入时的本年累计" in shown
    general = page(town.people.wangli, address + "?list=general")
    assert "石塘门业" in general and "恒岳杯业" not in general
    assert "这一天没有施行中的版本" in page(town.people.wangli, address + "?on=2026-02-01")
    assert "重点企业 1 家" in page(town.people.wangli, "/judge/lists/")
    assert address in page(town.people.wangli, f"/judge/policies/{rule.pk}/")


def test_a_township_sees_its_own_units_and_another_county_nothing(town, rule) -> None:
    own = page(town.people.zhanghaiyan, f"/judge/lists/{rule.pk}/")
    assert "恒岳杯业" in own and "为什么" not in own
    assert "石塘门业" not in page(town.people.zhanghaiyan, f"/judge/lists/{rule.pk}/?list=general")
    assert page(town.people.linwai, f"/judge/lists/{rule.pk}/") == "404"
    assert "还没有施行名单规则" in page(town.people.linwai, "/judge/lists/")
    assert page(town.people.auditor, "/judge/lists/") == "403"


def test_an_analyst_reads_the_list_without_ways_to_files_that_are_not_hers(town, rule) -> None:
    town.people.auditor.appointments.update(role=Role.objects.get(code="analyst"))
    shown = page(town.people.auditor, f"/judge/lists/{rule.pk}/")
    assert "恒岳杯业" in shown and f"/enterprises/{town.cup}/" not in shown
    assert f"/enterprises/{town.cup}/" in page(town.people.wangli, f"/judge/lists/{rule.pk}/")


def test_without_any_rule_the_page_leads_to_the_rules_whom_it_may(town) -> None:
    User.objects.update(password_set=timezone.now())
    assert '<div class="row"><a class="button" href="/judge/policies/">预警规则</a></div>' in page(town.people.wangli, "/judge/lists/")
    assert 'href="/judge/policies/"' not in page(town.people.zhanghaiyan, "/judge/lists/").split("<main")[-1]


def test_a_rule_of_levels_has_no_list(town) -> None:
    User.objects.update(password_set=timezone.now())
    version = town.adopt(GAOTAI, FORCE)
    assert page(town.people.wangli, f"/judge/lists/{version.pk}/") == "404"


def test_the_list_is_taken_away_as_a_plain_workbook_and_that_is_logged(town, rule, client) -> None:
    client.force_login(town.people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/judge/lists/{rule.pk}/members.xlsx")
    rows = calamine.load_workbook(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[3][:4] == ["恒岳杯业", "东城街道", "3382", 3]
    assert AuditEntry.objects.filter(subject=f"policy:{rule.pk}", detail__list="重点企业名单").exists()


def test_a_signed_list_stays_as_it_was_beside_todays(town, rule) -> None:
    made = FreezeList(town.people.zhoumin.actor, moment(day(20)), rule, "key", "安委办专题会").do()
    first = list(InjuryVersion.objects.current().filter(employer=town.cup).values_list("injury", flat=True))
    town.injure(day(22), day(23), at=town.door)
    for injury in first:
        town.correct(injury, status="refused")
    judged(town, rule, day(25))
    made.refresh_from_db()
    assert [one["name"] for one in made.members] == ["恒岳杯业"] and made.commit < Finding.objects.first().commit
    shown = page(town.people.wangli, f"/judge/lists/signed/{made.pk}/")
    assert "仍在列 0 家，已不在列 1 家，新进 1 家" in shown and "周敏签字" in shown and "石塘门业" in shown
    for address in ("/judge/lists/", f"/judge/lists/{rule.pk}/"):  # no way to a page that is not theirs
        assert f"/judge/lists/signed/{made.pk}/" not in page(town.people.zhanghaiyan, address)
        assert f"/judge/lists/signed/{made.pk}/" in page(town.people.wangli, address)
    assert page(town.people.linwai, f"/judge/lists/signed/{made.pk}/") == page(town.people.zhanghaiyan, f"/judge/lists/signed/{made.pk}/") == "404"


def test_who_may_sign_a_list_and_what_it_needs(town, rule) -> None:
    at, sign = moment(day(20)), town.people.zhoumin.actor
    with pytest.raises(NotAllowed):
        FreezeList(town.people.wangli.actor, at, rule, "key", "会议").do()
    with pytest.raises(Refused, match="没有写依据"):
        FreezeList(sign, at, rule, "key", " ").do()
    with pytest.raises(Refused, match="名单须由人签字"):
        FreezeList(town.people.system.actor, at, rule, "key", "会议").do()
    with pytest.raises(Refused, match="没有单位"):
        FreezeList(sign, moment(day(19)), rule, "key", "会议").do()
    FreezeList(sign, at, rule, "key", "会议").do()
    with pytest.raises(Refused, match="今天已经定过"):
        FreezeList(sign, at, rule, "key", "会议").do()
    assert FreezeList(sign, at, rule, "general", "会议").do().members[0]["name"] == "石塘门业"


def test_a_unit_taken_off_with_its_reason_is_not_on_the_signed_list_and_the_reason_is_printed(town, rule, client) -> None:
    town.injure(day(4), day(5), at=town.door)  # 石塘门业 is 重点 too
    judged(town, rule, day(20))
    address, guo = f"/judge/lists/{rule.pk}/", town.people.zhoumin
    shown = send(guo, f"{address}leave-off/", {"list": "key", "enterprise": town.door, "reason": "已停产，不再生产"})
    assert "剔除：已停产，不再生产（周敏）" in shown and "共 1 家" in shown and "已剔除 1 家" in shown
    send(guo, f"{address}freeze/", {"list": "key", "basis": "永安委〔2026〕3号"})
    made = FrozenList.objects.get()
    assert [one["name"] for one in made.members] == ["恒岳杯业"]
    assert [(one["name"], one["reason"], one["by"]) for one in made.left_off] == [("石塘门业", "已停产，不再生产", "周敏")]
    read = page(town.people.wangli, f"/judge/lists/signed/{made.pk}/")
    assert "定名单时剔除的" in read and "剔除：已停产，不再生产（周敏）" in read
    client.force_login(town.people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/judge/lists/signed/{made.pk}/members.xlsx")
    rows = calamine.load_workbook(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [(row[0], row[-1]) for row in rows[3:5]] == [("恒岳杯业", ""), ("石塘门业", "剔除：已停产，不再生产（周敏）")]
    assert left_off(rule, "key") == {}  # the next list asks anew
    assert AuditEntry.objects.filter(detail__act="LeaveOff", detail__enterprise=town.door).exists()


def test_who_was_taken_off_can_be_put_back_and_who_may_not_sign_takes_nobody_off(town, rule) -> None:
    at, sign = moment(day(20)), town.people.zhoumin.actor
    for actor in (town.people.wangli.actor, town.people.linwai.actor):
        with pytest.raises(NotAllowed):
            LeaveOff(actor, at, rule, "key", town.cup, "已停产，不再生产").do()
    with pytest.raises(Refused, match="没有写剔除的理由"):
        LeaveOff(sign, at, rule, "key", town.cup, "停").do()
    with pytest.raises(Refused, match="不在这份名单上"):
        LeaveOff(sign, at, rule, "key", town.door, "已停产，不再生产").do()
    LeaveOff(sign, at, rule, "key", town.cup, "已停产，不再生产").do()
    with pytest.raises(Refused, match="已经剔除"):
        LeaveOff(sign, at, rule, "key", town.cup, "已停产，不再生产").do()
    with pytest.raises(Refused, match="没有单位"):
        FreezeList(sign, at, rule, "key", "会议").do()
    PutBack(sign, at, rule, "key", town.cup).do()
    with pytest.raises(Refused, match="没有被剔除"):
        PutBack(sign, at, rule, "key", town.cup).do()
    assert [one["name"] for one in FreezeList(sign, at, rule, "key", "会议").do().members] == ["恒岳杯业"]


def test_the_signer_signs_on_the_page(town, rule) -> None:
    shown = send(town.people.zhoumin, f"/judge/lists/{rule.pk}/freeze/", {"list": "key", "basis": "永安委〔2026〕3号"})
    assert "名单已定：重点企业 1 家" in shown and "永安委〔2026〕3号" in shown
    assert FrozenList.objects.get().version == rule
