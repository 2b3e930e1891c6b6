"""An earlier correction when the data change again: it tells what was told and what holds now, and closes itself where that is
the same. 恒岳杯业 was told 3 accidents in an orange letter."""

from __future__ import annotations

import pytest
from web.test_corrections import city, correct, third, told  # noqa: F401

from wushang.people.todo import todos
from wushang.warn.deeds.explain_correction import DraftNote, ReviewNote
from wushang.warn.deeds.settle_correction import NeedsNoNote
from wushang.warn.models import CorrectedUse, Correction, Cursor
from wushang.web.corrections.work import RECKONED, find_corrections

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending(city, told, visit) -> Correction:  # noqa: F811
    """6 March was found not to be recognised: 3 → 2."""
    correct(visit, third(), conclusion="不予认定")
    city.work()
    return Correction.objects.get(cause="mended")


def events(correction) -> tuple[str, str]:
    use = correction.uses.get(kind="letter", figure="工伤事故起数")
    return use.old, use.new


def again(correction) -> Correction:
    return Correction.objects.get(pk=correction.pk)


def test_a_later_commit_that_undoes_it_closes_the_older_correction_with_the_sentence_why(city, pending, visit):  # noqa: F811
    assert (pending.state, events(pending)) == ("pending", ("3 起", "2 起"))
    correct(visit, third(), conclusion="办理中")
    city.work()
    held = again(pending)
    number = Correction.objects.latest("commit").commit
    assert (held.state, held.by, events(held)) == ("not_needed", "平台", ("3 起", "3 起"))
    assert held.reason == f"后来的数据（版本第 {number} 号）和写出去的又一样了，不用更正。"
    assert not Correction.objects.filter(state="pending").exists()
    assert held.reason in visit("wangli", f"/corrections/{held.pk}/").content.decode()
    rows = [str(row.what) for row in todos(city.people.wangli.actor, city.now.date())]
    assert not any("更正说明" in what for what in rows)


def test_of_two_corrections_of_one_figure_the_newer_one_waits(city, pending, visit):  # noqa: F811
    correct(visit, third("工〔2026〕2号"), conclusion="不予认定")
    city.work()
    held, newer = again(pending), Correction.objects.latest("commit")
    assert (newer.state, events(newer)) == ("pending", ("3 起", "1 起"))
    assert (held.state, events(held)) == ("not_needed", ("3 起", "1 起"))
    assert held.reason == f"同一处的数后来又变了，并入较新的一件更正（数据版本第 {newer.commit} 号）。"


def test_a_note_on_its_way_is_drafted_anew_when_its_figures_change(city, pending, visit):  # noqa: F811
    clerk, head = city.people.wangli.actor, city.people.lijianguo.actor
    DraftNote(clerk, city.now, pending, {"cause": "不予认定"}).do()
    ReviewNote(head, city.now, pending).do()
    correct(visit, third("工〔2026〕2号"), conclusion="不予认定")
    city.work()
    held = again(pending)
    assert (held.state, events(held)) == ("pending", ("3 起", "1 起"))
    assert not held.steps.filter(live=True).exists() and held.steps.last().remark == "数据又变了，请按新数重新起草"


def test_what_a_person_settled_stays_settled(city, pending, visit):  # noqa: F811
    NeedsNoNote(city.people.lijianguo.actor, city.now, pending, "电话里已经说明").do()
    correct(visit, third(), conclusion="办理中")
    city.work()
    assert (again(pending).by, again(pending).reason) == ("李建国", "电话里已经说明")


def test_wrong_old_figures_that_an_earlier_version_stored_are_reckoned_anew_once(city, pending):  # noqa: F811
    CorrectedUse.objects.filter(correction=pending, figure="工伤事故起数", kind="letter").update(old="4 起")
    find_corrections(city.now)
    assert events(again(pending)) == ("4 起", "2 起")
    Cursor.objects.filter(name=RECKONED).update(number=0)
    find_corrections(city.now)
    assert (again(pending).state, events(again(pending))) == ("pending", ("3 起", "2 起"))
