from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from wushang.people import lease
from wushang.people.models import Lease
from wushang.people.scope import Grant, Scope
from wushang.pool import landing, reading, snapshot
from wushang.pool.models import Enterprise, EnterpriseVersion, Headcount, Injury, InjuryVersion, Worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(people, now):
    """A cup factory in 东城街道 and one in another county, two months of headcounts each, one injury at the first."""
    cup, away = (Enterprise.objects.create(created=now) for _ in range(2))
    commit = landing.start("landing", "一", people.system.actor, now)
    landing.load(commit, EnterpriseVersion, [version(cup, "恒岳杯业", "990100001"), version(away, "外县杯业", "990200001")])
    landing.load(commit, Headcount, [headcount(e, m, 50 + m) for e in (cup, away) for m in (1, 2)])
    landing.load(commit, InjuryVersion, [injury(now, cup, date(2026, 1, 12))])
    landing.publish(commit, now)
    return cup, away


def version(enterprise, name, region):
    return {"enterprise_id": enterprise.pk, "name": name, "plain_name": name, "region": region, "industry": "3382"}


def headcount(enterprise, month, insured):
    return {
        "source": "insurance_monthly", "sender": "a", "key": f"{enterprise.pk}|{month}", "digest": str(insured),
        "enterprise_id": enterprise.pk, "month": date(2026, month, 1), "insured": insured,
    }  # fmt: skip


def injury(now, employer, day, host=None):
    identity = Injury.objects.create(created=now)
    return {
        "injury_id": identity.pk, "employer_id": employer.pk, "host_id": host.pk if host else None,
        "event": f"e{identity.pk}", "occurred": day, "status": "reported", "situation": "14-1",
    }  # fmt: skip


def rows(pool, name):
    return pool.fetch(pool.table(name)).to_pylist()


def test_the_snapshot_says_what_the_ledger_says(two, now, system):
    snapshot.build(now)
    from_files, from_ledger = reading.open(system), reading.for_enterprises([e.pk for e in two])
    for name in ("enterprises", "headcounts", "injuries", "disease_hazards"):
        key = str
        assert sorted(rows(from_files, name), key=key) == sorted(rows(from_ledger, name), key=key)
    assert len(rows(from_files, "headcounts")) == 4


def test_only_changed_months_are_written_anew(two, people, now, system):
    first = snapshot.build(now)
    old = Headcount.objects.get(month=date(2026, 2, 1), enterprise=two[0])
    commit = landing.start("correction", "二月改正", people.system.actor, now)
    landing.load(commit, Headcount, [headcount(two[0], 2, 99)])
    landing.claim(commit, Headcount, [old.pk])
    landing.publish(commit, now)
    second = snapshot.build(now)
    assert first.parts["headcounts"]["2026-01"] == second.parts["headcounts"]["2026-01"]
    assert first.parts["headcounts"]["2026-02"] != second.parts["headcounts"]["2026-02"]
    assert first.parts["enterprises"] == second.parts["enterprises"]
    assert {r["insured"] for r in rows(reading.open(system), "headcounts")} == {51, 52, 99}
    assert {r["insured"] for r in rows(reading.open(system, known=1), "headcounts")} == {51, 52}


def test_a_reader_keeps_the_manifest_it_began_with(two, people, now, system):
    held = snapshot.build(now)
    commit = landing.start("landing", "又一起", people.system.actor, now)
    landing.load(commit, InjuryVersion, [injury(now, two[0], date(2026, 1, 20))])
    landing.publish(commit, now)
    snapshot.build(now)
    assert len(rows(reading.open(system, manifest=held), "injuries")) == 1
    assert len(rows(reading.open(system), "injuries")) == 2


def test_a_full_rebuild_says_the_same_as_the_increments(two, people, now, system):
    snapshot.build(now)
    commit = landing.start("landing", "又一起", people.system.actor, now)
    landing.load(commit, InjuryVersion, [injury(now, two[0], date(2026, 2, 20))])
    landing.publish(commit, now)
    snapshot.build(now)
    grown = rows(reading.open(system), "injuries")
    snapshot.build(now, full=True)
    assert sorted(rows(reading.open(system), "injuries"), key=str) == sorted(grown, key=str)


def test_one_builder_at_a_time(two, now):
    from wushang.people.lease import held

    with held("snapshot", now):
        assert snapshot.build(now) is None
    assert snapshot.build(now).commit == 1


def test_a_builder_killed_at_work_holds_up_the_next_for_minutes_only(two, now, monkeypatch):
    real = snapshot._write_part

    def killed(*args):
        assert snapshot.build(now + timedelta(minutes=2)) is None
        Lease.objects.update(holder="dead")  # the process is gone: nobody gives the lease back, nor renews it
        raise KeyboardInterrupt

    monkeypatch.setattr(snapshot, "_write_part", killed)
    with pytest.raises(KeyboardInterrupt):
        snapshot.build(now)
    monkeypatch.setattr(snapshot, "_write_part", real)
    assert snapshot.build(now + timedelta(minutes=2)) is None
    assert snapshot.build(now + timedelta(minutes=4)).commit == 1


def test_a_builder_who_was_overtaken_leaves_the_newer_manifest_alone(two, now, monkeypatch):
    write = snapshot._write_part
    monkeypatch.setattr(snapshot, "_write_part", lambda *args: Lease.objects.update(holder="another") and write(*args))
    with pytest.raises(lease.Lost):
        snapshot.build(now)
    assert snapshot.current() is None


def test_a_changed_file_is_found(two, now):
    manifest = snapshot.build(now)
    victim = snapshot.root() / manifest.parts["injuries"]["2026-01"]["file"]
    victim.write_bytes(victim.read_bytes()[:-1] + b"x")
    assert snapshot.verify(manifest) == [manifest.parts["injuries"]["2026-01"]["file"]]


def test_sweeping_keeps_sealed_and_current_files(two, people, now, system):
    sealed = snapshot.build(now)
    snapshot.seal(sealed)
    for day in (3, 4):
        commit = landing.start("landing", "又一起", people.system.actor, now)
        landing.load(commit, InjuryVersion, [injury(now, two[0], date(2026, 1, day))])
        landing.publish(commit, now)
        snapshot.build(now)
    snapshot.sweep(datetime.now(UTC) + timedelta(days=3))
    assert snapshot.verify(sealed) == []
    assert snapshot.verify(snapshot.current()) == []
    assert [path.name[0] for path in sorted((snapshot.root() / "injuries/2026-01").iterdir())] == ["1", "3"]


def test_a_scope_sees_its_own_enterprises_rows_only(two, now):
    snapshot.build(now)
    scope = Scope((Grant(frozenset({"analyse.see"}), ("990100",)),))
    pool = reading.open(scope)
    assert {r["enterprise"] for r in rows(pool, "headcounts")} == {two[0].pk}
    assert rows(reading.open(Scope.nothing()), "headcounts") == []


def test_an_injury_of_a_dispatched_worker_is_seen_by_employer_and_host(two, people, now):
    cup, away = two
    commit = landing.start("landing", "派遣", people.system.actor, now)
    landing.load(commit, InjuryVersion, [injury(now, away, date(2026, 2, 2), host=cup)])
    landing.publish(commit, now)
    snapshot.build(now)
    for prefix in ("990100", "990200"):
        scope = Scope((Grant(frozenset({"analyse.see"}), (prefix,)),))
        days = {r["occurred"] for r in rows(reading.open(scope), "injuries")}
        assert date(2026, 2, 2) in days


def test_a_table_that_nobody_fills_is_empty_not_an_error(two, now, system, monkeypatch):
    from wushang.pool import publishers

    given = {k: v for k, v in publishers.publications().items() if k != "disease_hazards"}
    monkeypatch.setattr("wushang.pool.snapshot.publications", lambda: given)
    snapshot.build(now)
    assert rows(reading.open(system), "disease_hazards") == []


@pytest.mark.parametrize("name", ["headcounts", "injuries"])
def test_the_rows_of_a_month_are_found_by_an_index(two, name):
    """A city's five years are twelve million headcounts: writing one month must not read them all."""
    from django.db import connection

    from wushang.pool.publishers import publications

    publication = publications()[name]
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, publication.rows().model._meta.db_table)
    assert [publication.month] in [one["columns"] for one in found.values() if one["index"]]


SEE, NEAR = frozenset({"analyse.see"}), frozenset({"analyse.see", "pool.case_analysis"})
EMPTY = {"worker": None, "part": None, "nature": None, "grade": None, "sex": None, "age_band": None, "workshop_kind": None, "post_kind": None}

CODED = {"sex": "F", "age_band": "4", "workshop_kind": "polish", "post_kind": "polish"}


@pytest.fixture
def hurt(two, people, now):
    """One injury at each of the two units, with all that comes close to a person."""
    worker = Worker.objects.create(key="w").pk
    told = {"worker_id": worker, "part": "03", "nature": "10", "grade": 7, "workshop": "抛光车间", "post": "抛光工", **CODED}
    commit = landing.start("landing", "两起", people.system.actor, now)
    landing.load(commit, InjuryVersion, [injury(now, unit, date(2026, 3, 2)) | told for unit in two])
    landing.publish(commit, now)
    snapshot.build(now)
    return {"worker": worker, "part": "03", "nature": "10", "grade": 7, **CODED}


def close(pool) -> dict:
    """What is told of the injuries of 2 March, by unit."""
    some = [row for row in rows(pool, "injuries") if row["occurred"] == date(2026, 3, 2)]
    return {row["enterprise"]: {name: row[name] for name in EMPTY} for row in some}


def test_what_comes_close_to_a_person_is_read_for_case_analysis_only(two, hurt, system):
    cup, away = (unit.pk for unit in two)
    everywhere = Grant(SEE, ("",))
    analyst = Scope((Grant(NEAR, ("",)),), frozenset({"case_analysis"}))
    assert close(reading.open(Scope((everywhere,)))) == {cup: EMPTY, away: EMPTY}
    assert close(reading.open(analyst)) == close(reading.open(system)) == {cup: hurt, away: hurt}
    here = Scope((everywhere, Grant(NEAR, ("990100",))), frozenset({"case_analysis"}))  # a person of two appointments
    assert close(reading.open(here)) == {cup: hurt, away: EMPTY}


def test_a_region_is_judged_with_the_grades_of_its_own_units(two, hurt):
    from wushang.judge.run import regional

    assert close(regional("990100")) == {two[0].pk: hurt}


def test_free_text_is_not_in_the_files(hurt):
    files = snapshot.current().files("injuries")
    assert len(files) == 2
    for file in files:
        assert not {"workshop", "post"} & set(pq.read_schema(file).names)
        assert "抛光".encode() not in Path(file).read_bytes()


def test_a_snapshot_of_earlier_columns_is_written_anew(hurt, now, monkeypatch):
    assert snapshot.current() and not snapshot.behind()
    monkeypatch.setattr(snapshot, "FORMAT", snapshot.FORMAT + 1)
    assert snapshot.current() is None and snapshot.behind() == 2
    snapshot.build(now)
    assert snapshot.current().commit == 2 and not snapshot.behind()


def test_a_table_published_since_is_written_without_a_new_commit(two, now, monkeypatch):
    """An upgrade brings a table: until its rows are in the files, their measures would say 0."""
    from wushang.pool import publishers, tables

    with monkeypatch.context() as earlier:
        for name, known in (("publications", publishers.publications()), ("declared", tables.declared())):
            some = {table: one for table, one in known.items() if table != "diseases"}
            earlier.setattr(f"wushang.pool.snapshot.{name}", lambda some=some: some)
        assert "diseases" not in snapshot.build(now).parts and not snapshot.behind()
    assert snapshot.behind() == 1
    assert "diseases" in snapshot.build(now).parts and not snapshot.behind()
