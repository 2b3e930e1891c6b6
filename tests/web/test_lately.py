"""No reader of 会商一页 waits for figures: the worker counts a new version for those who looked, before it is shown."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Thread

import pytest

from wushang.engine.duckdb import DuckDB
from wushang.people.models import Appointment, Role
from wushang.pool import reckoned, snapshot
from wushang.web import worker
from wushang.web.meeting import figures, lately
from wushang.web.meeting.asked import asked
from wushang.web.meeting.reading import pool_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


def another_process() -> None:
    """What this process has in memory is gone; what lies in the home folder stays."""
    reckoned._held.clear()
    figures._KEPT.clear()


@pytest.fixture
def deaf(monkeypatch):
    """From now on no question to the snapshot is answered."""

    def deafen() -> None:
        def fetch(_self, _rows):
            raise AssertionError("a reader asked the snapshot")

        monkeypatch.setattr(DuckDB, "fetch", fetch)

    return deafen


def test_the_page_of_a_new_version_is_counted_before_anybody_sees_it(town, visit, now, deaf):
    assert "3 起" in visit("shenzhiyuan", "/meeting/").content.decode() if town.spring() else ""
    town.injure(date(2026, 2, 26))
    assert "3 起" in visit("shenzhiyuan", "/meeting/").content.decode(), "the version in the snapshot"
    snapshot.build(now)  # whoever builds: the snapshot's own duty, or judging a whole city
    another_process(), deaf()
    told = visit("shenzhiyuan", "/meeting/").content.decode()
    assert "<b>" in told and "4 起" in told
    assert "4 起" in visit("shenzhiyuan", "/wall/").content.decode(), "the wall draws the same figures"


def test_another_area_is_counted_for_itself_and_a_page_that_fails_does_not_hold_up_the_version(town, visit, now, monkeypatch):
    """张海燕 as a leader of 东城街道, where two of the three accidents were."""
    town.spring()
    Appointment.objects.filter(user=town.people.zhanghaiyan).update(role=Role.objects.get(code="leader"))
    visit("zhanghaiyan", "/meeting/?end=2026-02")
    assert [path.name.partition("_")[2] for path in lately._looked(now)] == ["2026-02_year"]
    monkeypatch.setattr(lately, "content_for", lambda *_a, **_k: 1 / 0)
    town.injure(date(2026, 2, 26), town.door)
    assert worker.build_snapshot(now) == 1 and not snapshot.behind()
    assert "2 起" in visit("zhanghaiyan", "/meeting/").content.decode() and "4 起" in visit("shenzhiyuan", "/meeting/").content.decode()


def test_several_threads_share_the_figures_of_a_page(town, people):
    """The first thread has counted the events; the second one asks for what is late, of the same pool."""
    town.spring()
    scope, towns = people.shenzhiyuan.actor.scope, {"990100001": "东城街道", "990100002": "石塘镇"}
    shared = figures.figures_of(pool_of(scope), asked({}, TODAY), towns)
    assert shared.total.now == 3
    found: list[dict[str, int]] = []
    other = Thread(target=lambda: found.append(figures.figures_of(pool_of(scope), asked({}, TODAY), towns).late(TODAY)))
    other.start(), other.join()
    assert found == [{}]


def test_who_has_not_looked_for_half_an_hour_is_not_counted_for(town, visit, now):
    town.spring()
    visit("shenzhiyuan", "/meeting/")
    assert lately.prepare(snapshot.current(), now + timedelta(minutes=29)) == 1
    assert lately.prepare(snapshot.current(), now + timedelta(minutes=31)) == 0
    assert lately.prepare(snapshot.current(), now) == 0, "and is forgotten"


def test_what_was_reckoned_is_found_by_the_next_process_and_goes_after_two_days(settings, now):
    asked: list[str] = []

    def count(name: str) -> dict[str, str]:
        asked.append(name)
        return {"n": name}

    assert reckoned.once("x", (1, "a"), lambda: count("first")) == reckoned.once("x", (1, "a"), lambda: count("again")) == {"n": "first"}
    another_process()
    assert reckoned.once("x", (1, "a"), lambda: count("third")) == {"n": "first"} and asked == ["first"]
    another_process()
    only = next((settings.WUSHANG_HOME / "reckoned").iterdir())
    only.write_text("", encoding="utf-8")
    assert reckoned.once("x", (1, "a"), lambda: count("whole")) == {"n": "whole"}, "a power cut left it empty"
    assert reckoned.once("x", (2, "a"), lambda: count("other")) == {"n": "other"}, "another name, another value"
    written = next((settings.WUSHANG_HOME / "reckoned").iterdir()).stat().st_mtime
    later = now.fromtimestamp(written, now.tzinfo)
    reckoned.sweep(later + timedelta(days=1))
    assert len(list((settings.WUSHANG_HOME / "reckoned").iterdir())) == 2
    reckoned.sweep(later + timedelta(days=2, minutes=1))
    another_process()
    assert reckoned.once("x", (1, "a"), lambda: count("anew")) == {"n": "anew"}


def test_a_full_disk_keeps_nothing_and_shows_the_page_all_the_same(settings):
    (settings.WUSHANG_HOME / "reckoned").write_text("a file where the folder should be")
    assert reckoned.once("x", (1,), lambda: {"n": 1}) == {"n": 1}
