"""核查异常提示: who sees one, who decides, to whom it is handed on, and what that says of the detectors."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from judge.test_pages import page, send
from judge.test_run import GAOTAI
from judge.test_signals import NEWEST, alarm

from wushang.judge.deeds.record_signals import RecordSignals
from wushang.judge.deeds.triage_signal import AnswerSignal, DismissSignal, RaiseSignal, VerifySignal
from wushang.judge.run import run
from wushang.judge.signals import words
from wushang.judge.signals.behind import behind
from wushang.judge.signals.choosing import Looks
from wushang.judge.signals.models import Signal
from wushang.judge.signals.takers import takers
from wushang.people.deed import NotAllowed
from wushang.people.models import AuditEntry, Department, User
from wushang.people.todo import todos
from wushang.pool import snapshot
from wushang.pool.models import EnterpriseVersion
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture
def told(people, now) -> dict[str, Signal]:
    """Three signals: 东城街道, 石塘镇 and all of 云溪市's 道路运输业; by place."""
    User.objects.update(password_set=timezone.now())
    alarms = (alarm("990100001", "C33"), alarm("990100002", "C33"), alarm("990100", "G54"))
    looks = Looks("farrington", 60, 40, alarms)
    RecordSignals(people.system.actor, now, date(2026, 3, 16), 7, date(2026, 3, 18), NEWEST, 200, looks).do()
    return {row.region: row for row in Signal.objects.all()}


def test_the_list_and_the_page_say_it_in_words_and_that_it_has_no_legal_effect(people, told) -> None:
    listed = page(people.wangli, "/judge/signals/")
    assert "东城街道" in listed and "一周 9 起，往年同期 2～5 起" in listed and "3月9日—15日" in listed
    one = page(people.wangli, f"/judge/signals/{told['990100001'].pk}/")
    for text in (listed, one):
        assert "异常提示只用于核查，没有法律效力" in text
    assert "统计依据" in one and "Farrington flexible" in one and "数据版本第 7 号" in one
    assert "only_town=990100001&amp;only_division=C33" in one and 'data-chart="line"' in one and "<td>2026-03-09</td>" in one


def test_the_page_names_the_units_behind_it_and_how_they_stand_by_the_rules(people, told, town) -> None:
    """Of 东城街道, metal, 9 to 15 March: two accidents of 恒岳杯业, one of which hurt two, and it is red by 高台; not one of the week before."""
    version = town.adopt(GAOTAI, date(2026, 3, 1))
    old = EnterpriseVersion.objects.current().get(enterprise=town.cup)
    town.land(EnterpriseVersion, [town.unit(town.cup, "恒岳杯业", "990100001", industry="C3382")], replaces=(old.pk,))
    town.injure(date(2026, 3, 2), date(2026, 3, 10), status="accepted")
    town.injure(date(2026, 3, 12), date(2026, 3, 12), status="accepted", event="e7")
    snapshot.build(town.now)
    run(version, TODAY, town.now)
    one = told["990100001"]
    [found] = behind(one, people.wangli.actor.scope, TODAY)
    assert (found.name, found.accidents, [by.title for by in found.stands]) == ("恒岳杯业", 2, ["红色预警"])
    shown = page(people.wangli, f"/judge/signals/{one.pk}/")
    assert "涉及的单位" in shown and "恒岳杯业" in shown and f"/judge/findings/{found.stands[0].finding}/" in shown
    assert behind(told["990100002"], people.wangli.actor.scope, TODAY) == []


def test_a_township_sees_only_its_own_and_another_county_nothing(people, told) -> None:
    own = page(people.zhanghaiyan, "/judge/signals/")
    assert "东城街道" in own and "石塘镇" not in own and "道路运输业" not in own
    assert page(people.zhanghaiyan, f"/judge/signals/{told['990100002'].pk}/") == "404"
    assert page(people.zhanghaiyan, f"/judge/signals/{told['990100'].pk}/") == "404"
    assert 'name="note"' not in page(people.zhanghaiyan, f"/judge/signals/{told['990100001'].pk}/")
    assert page(people.linwai, f"/judge/signals/{told['990100001'].pk}/") == "404"
    assert "东城街道" not in page(people.linwai, "/judge/signals/") and page(people.auditor, "/judge/signals/") == "403"


def test_one_who_may_not_triage_is_refused_by_page_and_deed(people, told, client, now) -> None:
    one = told["990100001"]
    for person, answer in ((people.zhanghaiyan, 403), (people.zhoumin, 403), (people.linwai, 404)):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert client.post(f"/judge/signals/{one.pk}/verify/", {"note": "到现场看过"}).status_code == answer
        with pytest.raises(NotAllowed):
            VerifySignal(person.actor, now, one, "到现场看过").do()
    assert Signal.objects.get(pk=one.pk).state == "new"


def test_verify_and_dismiss_need_words_and_stay(people, told, now) -> None:
    one, two = told["990100001"], told["990100002"]
    with pytest.raises(Refused, match="没有写明情况"):
        DismissSignal(people.wangli.actor, now, one, "无").do()
    assert "已排除" in send(people.wangli, f"/judge/signals/{one.pk}/dismiss/", {"note": "同一事故分三次申报"})
    VerifySignal(people.lijianguo.actor, now, two, "换了新模具，三人压伤手指").do()
    with pytest.raises(Refused, match="已经核查过"):
        VerifySignal(people.lijianguo.actor, now, one, "再看一次").do()
    assert [Signal.objects.get(pk=row.pk).state for row in (one, two)] == ["dismissed", "verified"]
    assert AuditEntry.objects.filter(subject=f"signal:{two.pk}", detail__state="verified").count() == 1
    assert "同一事故分三次申报" in page(people.wangli, f"/judge/signals/{one.pk}/")


def test_precision_counts_what_held_among_what_was_decided(people, told, now) -> None:
    DismissSignal(people.wangli.actor, now, told["990100002"], "同一事故分三次申报").do()
    VerifySignal(people.wangli.actor, now, told["990100001"], "三人压伤手指").do()
    assert [(row["decided"], row["held"], row["share"]) for row in words.precision(Signal.objects.all())] == [(2, 1, 50), (0, 0, None), (0, 0, None)]
    assert "已核查 2 条，属实 1 条，占 50%" in page(people.wangli, "/judge/signals/")


def test_handed_on_it_stands_on_the_townships_desk_until_answered(people, told, now) -> None:
    one, town = told["990100001"], Department.objects.get(code="990100001-town")
    assert [to.code for to in takers(one, TODAY)] == ["990100001-town", "990100-em"]
    assert [to.code for to in takers(told["990100"], TODAY)] == ["990100-em"]
    with pytest.raises(Refused, match="没有选转给谁"):
        RaiseSignal(people.wangli.actor, now, one, "请到三家冲压厂看看", Department.objects.get(code="990200-hrss")).do()
    said = send(people.wangli, f"/judge/signals/{one.pk}/raise/", {"note": "请到三家冲压厂看看", "to": town.code})
    assert "已转办，下一步：东城街道反馈" in said
    waits = [row for row in todos(people.zhanghaiyan.actor, TODAY) if "请到三家冲压厂看看" in row.what]
    assert [(row.stage, row.town, row.op_url) for row in waits] == [("待反馈", "东城街道", f"/judge/signals/{one.pk}/")]
    with pytest.raises(Refused, match="没有转给您的部门"):
        AnswerSignal(people.fangzhiqiang.actor, now, Signal.objects.get(pk=one.pk), "看过了没有问题").do()
    assert "已反馈" in send(people.zhanghaiyan, f"/judge/signals/{one.pk}/answer/", {"note": "两家没有防护罩，已装"})
    assert not [row for row in todos(people.zhanghaiyan.actor, TODAY) if "请到三家冲压厂看看" in row.what]
    assert "两家没有防护罩，已装" in page(people.wangli, f"/judge/signals/{one.pk}/")
    with pytest.raises(Refused, match="已经反馈过"):
        AnswerSignal(people.zhanghaiyan.actor, now + timedelta(days=1), Signal.objects.get(pk=one.pk), "再说一次").do()


def test_the_desk_of_who_may_triage_lists_what_is_new(people, told, now) -> None:
    def waiting(person) -> set[str]:
        return {row.town for row in todos(person.actor, TODAY) if "核查异常提示" in str(row.what)}

    assert waiting(people.wangli) == {"东城街道", "石塘镇", "云溪市"}
    assert waiting(people.zhanghaiyan) == waiting(people.linwai) == waiting(people.zhoumin) == set()
    DismissSignal(people.wangli.actor, now, told["990100"], "同一事故分三次申报").do()
    assert waiting(people.wangli) == {"东城街道", "石塘镇"}


def test_a_signal_is_due_five_working_days_after_it_could_be_seen(people, told, now, settings) -> None:
    one = told["990100001"]
    assert (one.shown, one.due) == (TODAY, date(2026, 3, 27)), "a Friday; the week after"
    waits = [row for row in todos(people.wangli.actor, TODAY) if "核查异常提示" in str(row.what)]
    assert {row.due for row in waits} == {date(2026, 3, 27)}
    settings.WUSHANG_SIGNAL_DAYS = 1
    assert Signal.objects.get(pk=one.pk).due == date(2026, 3, 23)
    listed = page(people.wangli, "/judge/signals/")
    assert "2026-03-23" in listed and "每个县（市、区）每周最多提示 5 条" in listed and "1 个工作日内核查" in listed


def test_one_that_waited_is_due_from_the_week_in_which_it_came_up(people, now, settings, db) -> None:
    settings.WUSHANG_SIGNALS_A_WEEK = 1
    looks = Looks("farrington", 60, 40, (alarm("990100001", p=0.0001), alarm("990100002")))
    RecordSignals(people.system.actor, now, date(2026, 3, 16), 7, date(2026, 3, 18), NEWEST, 200, looks).do()
    assert Signal.objects.get(state="waiting").region == "990100002"
    later = now + timedelta(days=7)
    RecordSignals(people.system.actor, later, date(2026, 3, 23), 8, date(2026, 3, 25), NEWEST, 201, Looks("farrington", 60, 40, ())).do()
    assert Signal.objects.get(region="990100002").shown == date(2026, 3, 27)


def test_machine_and_command_tell_the_same_in_the_scope(people, told, capsys) -> None:
    answer = _ask(people.wangli, "/api/signals?state=new")
    assert answer["count"] == 3 and {row["place"] for row in answer["items"]} == {"东城街道", "石塘镇", "云溪市"}
    assert answer["items"][0]["due"] == "2026-03-27" and answer["items"][0]["seen"].startswith("一周 9 起")
    assert [row["region"] for row in _ask(people.zhanghaiyan, "/api/signals")["items"]] == ["990100001"]
    assert _ask(people.linwai, "/api/signals")["count"] == 0
    call_command("signals", "--json")
    said = json.loads(capsys.readouterr().out)
    assert {row["signal"] for row in said["signals"]} == {row["signal"] for row in answer["items"]} and said["budget"] == 5


def _ask(person, address: str) -> dict:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address).json()


def test_what_waits_beyond_the_budget_is_counted_and_not_shown(people, told, settings) -> None:
    Signal.objects.filter(region="990100002").update(state="waiting")
    listed = page(people.wangli, "/judge/signals/")
    assert "石塘镇" not in listed and "另有 1 条超出每周条数" in listed
    assert page(people.wangli, f"/judge/signals/{told['990100002'].pk}/") == "404"
