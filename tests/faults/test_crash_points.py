"""Each duty of the worker killed at its statements and file operations: done again, the outcome is there exactly once."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from crash import Killed, deaths, dies_at_call, killed
from faults.dead import time_passes
from judge.conftest import PACK
from judge.town import Town
from warn.conftest import World

from wushang.collect.deeds.check_batch import check_waiting
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.models import Batch
from wushang.integrate.waiting import land_waiting
from wushang.judge.models import Finding, Run
from wushang.judge.run import judge_commits
from wushang.people import audit
from wushang.people.models import AuditEntry, Department
from wushang.people.scope import Scope
from wushang.pool import landing, reading, snapshot
from wushang.pool.models import Commit, Enterprise, EnterpriseVersion, InjuryVersion, Report
from wushang.rectify.models import Case, CaseVersion
from wushang.rectify.work import open_waiting
from wushang.warn import tell
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.drafting import draft_findings
from wushang.warn.models import Delivery, InboxItem, Letter, Push, StartDay, Warning, WarningFinding
from wushang.warn.outbox import deliver_some
from wushang.warn.pushing import push_commits
from wushang.web.worker import judge_daily

pytestmark = pytest.mark.django_db(transaction=True)
CLAIMS = "受理编号,单位名称,统一社会信用代码,姓名,证件号码,事故时间,申请日期"


def received(people, now, piece: int) -> Batch:
    """A file of two rows: one can count, one waits to be mended."""
    lines = [CLAIMS, f"好{piece}号,甲公司,,张三,,2026-03-05,2026-03-09", f"坏{piece}号,乙公司,,李四,,2026-13-02,2026-03-09"]
    sender = Department.objects.get(code="990100-hrss")
    return ReceiveFile(people.wangli.actor, now, "\n".join(lines).encode(), f"{piece}.csv", sender).do()


def test_reading_a_file(people, now):
    def prepare(piece):
        received(people, now, piece)
        return lambda: check_waiting(now)

    for piece in deaths(prepare):
        time_passes()
        check_waiting(now)
        batch = Batch.objects.first()
        assert (batch.state, batch.rows, batch.taken, batch.quarantined.count()) == ("checked", 2, 1, 1), piece
        assert AuditEntry.objects.filter(subject=f"batch:{batch.pk}", verb="collect.upload").count() == 1


def test_confirming_and_landing(people, now):
    def confirm_and_land():
        for batch in Batch.objects.filter(state=Batch.CHECKED):
            ConfirmBatch(people.wangli.actor, now, batch).do()
        land_waiting(now)

    def prepare(piece):
        received(people, now, piece)
        check_waiting(now)
        return confirm_and_land

    for piece in deaths(prepare, most=30):
        time_passes()
        landing.clear_dead(now)
        confirm_and_land()
        assert set(Batch.objects.values_list("state", flat=True)) == {"landed"}, piece
        assert sorted(Report.objects.current().values_list("key", flat=True)) == sorted(f"好{n}号" for n in range(piece + 1))
        assert InjuryVersion.objects.current().count() == piece + 1
        assert list(Commit.objects.values_list("number", flat=True)) == list(range(1, piece + 2))


@pytest.fixture
def town(people, now) -> Town:
    town = Town(people, now)
    town.adopt(PACK, date(2026, 1, 1))
    return town


def struck(town: Town, now, piece: int) -> int:
    """A new unit with two accidents: orange."""
    unit = Enterprise.objects.create(created=now).pk
    town.land(EnterpriseVersion, [town.unit(unit, f"第{piece}厂", "990100001")])
    town.injure(date(2026, 3, 2), date(2026, 3, 3), at=unit)
    return unit


def found(unit: int) -> list[str]:
    return list(Finding.objects.filter(enterprise=unit).values_list("outcome", flat=True))


def test_judging_new_commits(town, now):
    units = {}

    def prepare(piece):
        units[piece] = struck(town, now, piece)
        return lambda: judge_commits(now)

    for piece in deaths(prepare, most=12):
        assert found(units[piece]) in ([], ["orange"])
        time_passes()
        judge_commits(now)
        assert found(units[piece]) == ["orange"], piece


def test_judging_everybody_once_a_day(town, now):
    units = {}

    def prepare(piece):
        units[piece] = struck(town, now, piece)
        return lambda: judge_daily(now + timedelta(days=piece))

    for piece in deaths(prepare, most=10):
        time_passes()
        judge_daily(now + timedelta(days=piece))
        assert judge_daily(now + timedelta(days=piece)) == 0
        assert found(units[piece]) == ["orange"], piece
        assert Run.objects.filter(road="snapshot", as_of=date(2026, 3, 20) + timedelta(days=piece)).count() == 1


@pytest.fixture
def world(people, now) -> World:
    world = World(people, now)
    StartDay.objects.create(name="push", day=date(2026, 3, 1), set_by="李建国", at=now)
    return world


def test_drafting_a_warning(world, now):
    units = {}

    def prepare(piece):
        units[piece] = world.enterprise(f"第{piece}厂")
        world.injury(date(2026, 3, 6), at=units[piece])
        world.finding("yellow", enterprise=units[piece])
        return lambda: draft_findings(now)

    for piece in deaths(prepare, most=25):
        draft_findings(now)
        (warning,) = Warning.objects.filter(enterprise=units[piece])
        assert (Letter.objects.filter(warning=warning).count(), warning.entries.count()) == (1, 1), piece
        assert WarningFinding.objects.filter(warning=warning).count() == 1


def test_pushing_an_injury(world, now):
    def prepare(piece):
        world.injury(date(2026, 3, 1 + piece % 19))
        return lambda: push_commits(now)

    for piece in deaths(prepare):
        push_commits(now)
        assert Push.objects.count() == piece + 1
        assert Delivery.objects.filter(recipient_kind="township").count() == piece + 1


def test_delivering_a_message(people, now):
    def prepare(piece):
        tell.department(now, people.zhanghaiyan.department, purpose="notice", title=f"第{piece}条", text="文")
        return lambda: deliver_some(now)

    for piece in deaths(prepare):
        time_passes()
        deliver_some(now)
        assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}
        assert sorted(InboxItem.objects.values_list("title", flat=True)) == sorted(f"第{n}条" for n in range(piece + 1))


def test_opening_a_case(world, people, now):
    def prepare(piece):
        unit = world.enterprise(f"第{piece}厂")
        world.injury(date(2026, 3, 6), at=unit)
        warning = DraftWarning(people.system.actor, now, world.finding("yellow", enterprise=unit)).do()
        Warning.objects.filter(pk=warning.pk).update(state="delivered", delivered=date(2026, 3, 20), issued=now)
        return lambda: open_waiting(now)

    for piece in deaths(prepare):
        open_waiting(now)
        assert Case.objects.count() == CaseVersion.objects.current().count() == piece + 1
        assert Case.objects.order_by("-pk")[0].lines.filter(text__startswith="立案").count() == 1
        numbers = list(Commit.objects.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def rows(pool: reading.Pool, name: str) -> list[str]:
    return sorted(str(row) for row in pool.fetch(pool.table(name)).to_pylist())


def snapshot_says_what_the_ledger_says() -> None:
    held = snapshot.current()
    assert held and snapshot.verify(held) == [] and snapshot.behind() == 0
    every = Enterprise.objects.values_list("pk", flat=True)
    for name in ("enterprises", "injuries"):
        assert rows(reading.open(Scope.system()), name) == rows(reading.for_enterprises(every), name)


def test_building_the_snapshot_in_the_ledger(world, now):
    def prepare(piece):
        world.injury(date(2026, 1, 1) + timedelta(days=piece))
        return lambda: snapshot.build(now)

    for _piece in deaths(prepare, most=20):
        time_passes()
        snapshot.build(now)
        snapshot_says_what_the_ledger_says()


FILE_DEATHS = [
    (owner, name, at, after)
    for owner, name, calls in ((os, "fsync", 4), (Path, "replace", 4), (snapshot, "_write_manifest", 1))
    for at in range(calls)
    for after in (False, True)
]


def test_building_the_snapshot_in_its_files(world, now):
    """Each build syncs and renames two tables, the manifest and the pointer: four times each."""
    world.injury(date(2026, 1, 1))
    snapshot.build(now)
    for day, (owner, name, at, after) in enumerate(FILE_DEATHS):
        before = snapshot.current()
        world.enterprise(f"第{day}厂")
        world.injury(date(2026, 2, 1) + timedelta(days=day))
        with pytest.raises(Killed), dies_at_call(owner, name, at, after):
            snapshot.build(now)
        seen = snapshot.current()
        assert seen and snapshot.verify(seen) == [] and seen.commit >= before.commit, (name, at, after)
        time_passes()
        snapshot.build(now)
        snapshot_says_what_the_ledger_says()
    (snapshot.root() / "injuries" / "2026-01" / "7.1234.draft").touch()  # of a builder with another process id
    snapshot.sweep(now + timedelta(days=4000))
    assert not list(snapshot.root().rglob("*.draft")) and snapshot.verify(snapshot.current()) == []


def test_sealing_the_audit_rows(people, now):
    def seal():
        audit.seal()
        audit.write_head(date(2026, 3, 20))

    def prepare(piece):
        for n in range(5):
            audit.write(people.system.actor, now, "collect.upload", f"batch:{piece}-{n}")
        return seal

    for _piece in deaths(prepare):
        seal()
        verdict = audit.verify()
        assert verdict.ok and verdict.unsealed == 0, verdict
    assert verdict.rows == AuditEntry.objects.count()


def test_receiving_a_file_keeps_it_whole_or_not_at_all(people, now, settings):
    """The same upload again works, whatever the killed one left."""
    kept = Path(settings.WUSHANG_FILES) / "collect" / "files"
    for statement in range(200):
        files = len(list(kept.rglob("*.sealed")))
        if not killed(lambda s=statement: received(people, now, s), statement):
            break
        assert Batch.objects.count() == 0 and len(list(kept.rglob("*.sealed"))) - files in (0, 1)
        assert received(people, now, statement).state == "received"
        check_waiting(now)
        assert Batch.objects.get().state == "checked"
        Batch.objects.all().delete()
    assert statement > 5


@pytest.mark.parametrize(("name", "after"), [("fsync", False), ("fsync", True), ("replace", False), ("replace", True)])
def test_a_server_killed_while_it_writes_the_upload(people, now, settings, name, after):
    with pytest.raises(Killed), dies_at_call(os if name == "fsync" else Path, name, 0, after):
        received(people, now, 1)
    assert not Batch.objects.exists()
    whole = list(Path(settings.WUSHANG_FILES).rglob("*.sealed"))
    assert len(whole) == (name == "replace" and after)
    received(people, now, 1)
    check_waiting(now)
    assert Batch.objects.get().state == "checked"
