"""限制评先评优 is in force only with the place's own document; then the circular, the case and the dossier say the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from wushang.judge.check import check_text
from wushang.judge.edit import Edit, edited
from wushang.rectify.work import open_now
from wushang.warn import awards, papers
from wushang.warn.deeds.close import Close
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.models import Warning

pytestmark = pytest.mark.django_db
BASIS = "《云溪市评先评优管理办法》（云委办〔2025〕8号）第十二条：红色预警期内不得参评"


def entered(world) -> None:
    """The place switches it on at adoption, with its document and clause."""
    pack, _remarks = check_text(world.version.text)
    asked = Edit({"parameters.award_restriction": True}, "《云溪市评先评优管理办法》（云委办〔2025〕8号）", "第十二条：红色预警期内不得参评")
    world.version.text = edited(world.version.text, pack, asked)
    world.version.save()


def red(world, people, now):
    for n in range(3):
        world.injury(date(2026, 3, 6) + timedelta(days=n), region="990100001")
    return DraftWarning(people.system.actor, now, world.finding("red")).do()


def delivered(warning: Warning) -> Warning:
    Warning.objects.filter(pk=warning.pk).update(state="delivered", delivered=date(2026, 3, 20))
    warning.refresh_from_db()
    return warning


def test_without_a_document_nothing_is_restricted(world, people, now):
    warning = delivered(red(world, people, now))
    assert "评先评优" not in papers.piece(warning.letter).text()
    assert list(awards.of([warning])) == []
    assert open_now(warning, now).lines.filter(text__contains="未启用").exists()


def test_with_the_places_document_it_runs_from_the_delivery_until_the_warning_ends(world, people, now):
    entered(world)
    warning = delivered(red(world, people, now))
    assert f"预警期内评先评优按{BASIS}执行" in papers.piece(warning.letter).text()
    assert [(r.since, r.until, r.basis) for r in awards.of([warning])] == [(date(2026, 3, 20), None, BASIS)]
    assert open_now(warning, now).lines.filter(text__contains=f"自 2026-03-20 起，依据{BASIS}").exists()
    Close(people.system.actor, now + timedelta(days=60), warning, "整改完成，经复核").do()
    assert [r.until for r in awards.of([warning])] == [date(2026, 5, 19)]


def test_a_yellow_one_is_not_restricted_by_the_switch(world, people, now, drafted):
    entered(world)
    drafted.refresh_from_db()
    assert awards.basis(drafted.finding) == "" and list(awards.of([delivered(drafted)])) == []


def test_the_dossier_shows_the_restriction_with_its_day(world, people, now, signed_in):
    entered(world)
    delivered(red(world, people, now))
    said = signed_in("wangli").get(f"/enterprises/{world.cup.pk}/").content.decode()
    assert f"2026-03-20起限制评先评优（{BASIS}）" in said
