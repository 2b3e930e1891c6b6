"""Small defects of the pages that were found after the main job ran, each with what is right now."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from web.filed import GAOTAI

from wushang.analyse.measures import Ask, measures
from wushang.people.scope import Scope
from wushang.people.todo import todos
from wushang.pool import reading
from wushang.rectify.deed import on_behalf
from wushang.rectify.deeds.record_interview import RecordInterview
from wushang.rectify.models import Interview
from wushang.rectify.views.door import help_of
from wushang.rectify.warning_stages import reached
from wushang.terms.problem import Refused
from wushang.warn.models import Letter, Warning
from wushang.web.meeting.asked import Asked
from wushang.web.meeting.content import Content

pytestmark = pytest.mark.django_db


def test_the_citys_rate_of_the_meeting_page_is_the_measure(town, visit):
    town.spring()
    content = Content(reading.open(Scope.system()), Asked(date(2026, 2, 1)), Scope.system(), date(2026, 3, 20))
    ask = Ask(date(2026, 2, 28), basis="reported", scope="all")
    value = measures()["pooled_incidence_rate"].value(content.pool, ask)
    assert {round(row["value"], 6) for row in content.pool.fetch(value).to_pylist()} == {
        round(content.towns()["total"]["rate"], 6)
    }


def test_a_closed_yellow_piece_ticks_no_report_and_no_review(town):
    case = town.case(town.cup, date(2026, 4, 1), state="closed_ok", level="yellow")
    case.report_due, case.due = None, None
    case.save()
    told = reached(case.warning)
    assert told["check"]["state"] == "none" and told["rectify"]["state"] == "none" and told["close"]["state"] == "done"
    case.needs_interview = True
    case.save()
    Interview.objects.create(
        case=case, planned=town.now, place="三楼", state="held", held_on=date(2026, 3, 18), name="王丽", at=town.now
    )
    told = reached(case.warning)
    assert (str(told["rectify"]["title"]), told["rectify"]["when"], told["check"]["state"]) == (
        "约谈",
        "已约谈 3月18日",
        "none",
    )


def test_an_interview_is_not_held_before_its_hour(town, people):
    case = town.case(town.cup, date(2026, 4, 1), state="interview", level="yellow")
    planned = Interview.objects.create(
        case=case, planned=town.now + timedelta(hours=3), place="三楼", name="王丽", at=town.now
    )
    with pytest.raises(Refused, match="还没有到"):
        RecordInterview(people.wangli.actor, town.now, case, planned, True, date(2026, 3, 20), "负责人到场，已谈").do()
    later = town.now + timedelta(hours=4)
    RecordInterview(people.wangli.actor, later, case, planned, True, date(2026, 3, 20), "负责人到场，已谈").do()


def test_a_circular_without_a_contact_still_tells_whom_to_call(town, settings):
    settings.WUSHANG_OFFICE_PHONE = "0999-6123456"
    case = town.case(town.cup, date(2026, 4, 1))
    Letter.objects.create(warning=case.warning, kind="circular", title="通报", issuer="云溪市人社局", created=town.now)
    told = help_of(Warning.objects.get(pk=case.warning_id))
    assert told == {"title": "王丽 0999-6123456", "url": "tel:0999-6123456"}


def test_the_units_name_on_a_piece_opens_its_dossier(town, visit):
    case = town.case(town.cup, date(2026, 4, 1))
    version = case.warning.version

    version.text = GAOTAI
    version.save()
    page = visit("wangli", f"/warn/{case.warning_id}/").content.decode()
    assert f'href="/enterprises/{town.cup}/"' in page


def test_what_was_not_signed_for_in_time_waits_to_be_urged(town, people):
    case = town.case(town.cup, date(2026, 4, 1))
    Warning.objects.filter(pk=case.warning_id).update(
        state="delivered", due=date(2026, 3, 10), issued=town.now - timedelta(days=20)
    )
    found = [todo for todo in todos(people.wangli.actor, date(2026, 3, 20)) if "催签收" in str(todo.what)]
    assert [(todo.due, todo.tab, str(todo.op)) for todo in found] == [(date(2026, 3, 10), "mine", "催办")]


def test_acting_for_another_room_gives_one_verb_over_one_unit(people):
    scope = on_behalf(people.lijianguo.actor, 7, "warn.draft").scope
    assert scope.covers("warn.draft", "990100001", "C33", 7)
    assert (
        not scope.covers("warn.draft", "990100001", "C33", 8) and not scope.may("warn.sign") and scope != Scope.system()
    )


def test_explain_takes_a_name_or_a_code(town, capsys):
    town.case(town.cup, date(2026, 4, 1))

    from wushang.judge.models import PolicyVersion

    PolicyVersion.objects.update(text=GAOTAI)
    call_command("policy", "explain", "--enterprise", "恒岳杯业", "--json")
    by_name = capsys.readouterr().out
    call_command("policy", "explain", "--enterprise", "91990100MA2CUP010X", "--json")
    assert capsys.readouterr().out == by_name and f'"enterprise": {town.cup}' in by_name
    with pytest.raises(Exception, match="没有这家单位"):
        call_command("policy", "explain", "--enterprise", "不存在的单位")


def test_the_last_meeting_tells_what_is_done_and_what_is_not(town, visit, monkeypatch):
    town.spring()
    case = town.case(town.cup, date(2026, 3, 1), state="overdue")
    from wushang.pool import snapshot

    snapshot.build(town.now + timedelta(minutes=1))
    visit("shenzhiyuan", "/meeting/print/?end=2026-02&span=year", {})
    later = timezone.make_aware(datetime(2026, 3, 24, 9))
    monkeypatch.setattr(timezone, "now", lambda: later)
    page = visit("shenzhiyuan", "/meeting/?end=2026-02&span=year").context["last_meeting"]
    assert page["given"] >= 1 and any("恒岳杯业" in one["title"] for one in page["open"])
    done = page["done"]
    type(case).objects.filter(pk=case.pk).update(state="closed_ok")
    assert visit("shenzhiyuan", "/meeting/?end=2026-02&span=year").context["last_meeting"]["done"] == done + 1
