"""The snapshot in a store that many machines share: by Arrow's local file system (written beside its place and renamed), and
by a real S3 server where `make test-spark` has installed one (WUSHANG_TEST_S3 names its program)."""

import os
import socket
import subprocess
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pyarrow.fs as fs
import pytest

from wushang.pool import landing, reading, snapshot, store
from wushang.pool.models import Enterprise, Headcount
from wushang.pool.place import near
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def s3_server(tmp_path_factory: pytest.TempPathFactory):
    program = os.environ.get("WUSHANG_TEST_S3")
    if not program:
        pytest.skip("no S3 server (make test-spark installs one)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = tmp_path_factory.mktemp("s3") / "server.log"
    with told.open("w") as log:
        server = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log)
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        time.sleep(0.1)
    yield f"127.0.0.1:{port}"
    server.terminate()
    server.wait(30)


@pytest.fixture(params=["file", pytest.param("s3", marks=pytest.mark.spark)])
def far(request, settings, tmp_path, monkeypatch) -> store.Store:
    """The store, named by the setting; the folder beside us is that of a first machine."""
    if request.param == "file":
        settings.WUSHANG_STORE = f"file://{tmp_path}/市 store"
    else:
        server = request.getfixturevalue("s3_server")
        for name, value in (("ACCESS_KEY_ID", "a"), ("SECRET_ACCESS_KEY", "b"), ("EC2_METADATA_DISABLED", "true")):
            monkeypatch.setenv(f"AWS_{name}", value)
        settings.WUSHANG_STORE = f"s3://wushang/{tmp_path.name}?endpoint_override={server}&scheme=http&region=us-east-1&allow_bucket_creation=true"
        store.opened(settings.WUSHANG_STORE).system.create_dir("wushang")
    settings.WUSHANG_SNAPSHOT = tmp_path / "first"
    return store.opened(settings.WUSHANG_STORE)


@pytest.fixture
def cup(people, now) -> Enterprise:
    return Enterprise.objects.create(created=now)


def publish(people, now, cup, month: int, insured: int) -> None:
    commit = landing.start("landing", f"{month}月", people.system.actor, now)
    old = Headcount.objects.current().filter(month=date(2026, month, 1)).values_list("pk", flat=True)
    landing.claim(commit, Headcount, list(old))
    said = {"source": "insurance_monthly", "sender": "a", "key": f"{month}", "digest": str(insured)}
    landing.load(commit, Headcount, [said | {"enterprise_id": cup.pk, "month": date(2026, month, 1), "insured": insured}])
    landing.publish(commit, now)


def heads(system, manifest=None) -> dict[int, int]:
    pool = reading.open(system, manifest=manifest)
    return {row["month"].month: row["insured"] for row in pool.fetch(pool.table("headcounts")).to_pylist()}


def test_another_machine_reads_what_was_published(far, cup, people, now, system, settings, tmp_path):
    publish(people, now, cup, 1, 50)
    publish(people, now, cup, 2, 51)
    snapshot.build(now)
    settings.WUSHANG_SNAPSHOT = tmp_path / "second"
    assert heads(system) == {1: 50, 2: 51}
    first = {path.name: path.stat().st_mtime_ns for path in settings.WUSHANG_SNAPSHOT.rglob("*.parquet")}
    settings.WUSHANG_SNAPSHOT = tmp_path / "first"
    publish(people, now, cup, 2, 60)
    snapshot.build(now)
    settings.WUSHANG_SNAPSHOT = tmp_path / "second"
    assert heads(system) == {1: 50, 2: 60} and snapshot.verify(snapshot.current()) == []
    again = {path.name: path.stat().st_mtime_ns for path in settings.WUSHANG_SNAPSHOT.rglob("*.parquet")}
    assert first.items() < again.items()  # only the changed month was fetched


def test_what_is_half_published_is_not_seen(far, cup, people, now, system, monkeypatch):
    """The store dies at each of the three writings of a build: file, manifest, pointer."""
    publish(people, now, cup, 1, 50)
    snapshot.build(now)
    for dies_at in range(3):
        publish(people, now, cup, 1, 51 + dies_at)
        written = iter(range(9))
        real = store.Store._write

        def write(self, name, what, dies_at=dies_at, written=written, real=real):
            if next(written) == dies_at:
                raise OSError("the store is gone")
            real(self, name, what)

        with monkeypatch.context() as ill:
            ill.setattr(store.Store, "_write", write)
            with pytest.raises(OSError, match="gone"):
                snapshot.build(now)
        assert heads(system) == {1: 50} and snapshot.verify(snapshot.current()) == []
    snapshot.build(now)
    assert heads(system) == {1: 53}


def test_a_lost_file_is_told_and_a_full_build_mends_it(far, cup, people, now, system):
    publish(people, now, cup, 1, 50)
    manifest = snapshot.build(now)
    lost = manifest.names("headcounts")[0]
    far.remove(lost)
    assert snapshot.verify(manifest) == [lost]
    assert snapshot.verify(snapshot.build(now, full=True)) == [] and heads(system) == {1: 50}


def test_sweeping_keeps_what_is_sealed_or_current(far, cup, people, now, system, settings):
    publish(people, now, cup, 1, 50)
    sealed = snapshot.build(now)
    snapshot.seal(sealed)
    for insured in (51, 52):
        publish(people, now, cup, 1, insured)
        snapshot.build(now)
    far.say("headcounts/2026-01/9-x.parquet.77.draft", "of a builder that died")
    gone = snapshot.sweep(now + timedelta(days=4000))
    left = {name for name, _written in far.names()}
    assert gone == 3 and not [name for name in left if name.endswith(store.DRAFT)]
    assert snapshot.verify(sealed) == [] and heads(system) == {1: 52} and heads(system, sealed) == {1: 50}


def test_copies_that_nobody_asked_for_go_and_come_back(far, cup, people, now, system, settings):
    publish(people, now, cup, 1, 50)
    held = snapshot.build(now)
    [copy] = near(held.names("headcounts"))
    os.utime(copy, (1, 1))
    near(held.names("headcounts"))
    assert Path(copy).stat().st_mtime > 1  # asked for: it stays
    os.utime(copy, (1, 1))
    snapshot.sweep(now)
    assert not Path(copy).exists() and heads(system) == {1: 50} and Path(copy).exists()


def test_a_snapshot_of_a_ledger_that_was_restored_is_built_anew(far, cup, people, now, system):
    publish(people, now, cup, 1, 50)
    snapshot._write_manifest(snapshot.Manifest(99, {"headcounts": {}}))  # of a later state that is no more
    assert snapshot.build(now).commit == 1 and heads(system) == {1: 50}


def test_without_a_pointer_the_newest_manifest_counts(cup, people, now, system, settings, tmp_path):
    """HDFS takes a file away before the new one takes its name."""
    settings.WUSHANG_STORE, settings.WUSHANG_SNAPSHOT = f"file://{tmp_path}/store", tmp_path / "first"
    publish(people, now, cup, 1, 50)
    snapshot.build(now)
    (tmp_path / "store/current").unlink()
    assert heads(system) == {1: 50}



def test_a_store_that_renames_onto_nothing_is_written_all_the_same(tmp_path, monkeypatch):
    class Stubborn:
        type_name = "hdfs"
        real = fs.LocalFileSystem()

        def __getattr__(self, name):
            return getattr(self.real, name)

        def move(self, source, target):
            if Path(target).exists():
                raise OSError("rename: the target exists")
            self.real.move(source, target)

    far = store.Store(Stubborn(), str(tmp_path), "hdfs://name/way")
    far.say("current", "one")
    far.say("current", "two")
    assert far.text("current") == "two" and [name for name, _ in far.names()] == ["current"]
    assert far.addresses(["a/b.parquet"]) == ["hdfs://name/way/a/b.parquet"]


def test_an_address_that_cannot_be_opened_is_told():
    with pytest.raises(Refused, match="WUSHANG_SNAPSHOT"):
        store.opened("nowhere://x/y")
