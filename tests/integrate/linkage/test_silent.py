"""Names and numbers stay in memory: no spilling to a disk, no line of a log, nothing in what is kept; one audit entry a run."""

import importlib.util
import json
import logging
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from django.core import serializers

from wushang.integrate.linkage import linker, weighed
from wushang.integrate.linkage.injury import shape
from wushang.integrate.linkage.run import link_waiting
from wushang.integrate.models import Link, LinkModel, LinkRun
from wushang.people.models import AuditEntry
from wushang.pool.models import Disease, Visit
from wushang.web.bench import integrate_million as bench

_spec = importlib.util.spec_from_file_location("linkage_rows", Path(__file__).with_name("conftest.py"))
rows = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rows)

LI, PERSONAL = "110105194912310038", ("张三丰", "李四光", rows.ZHANG, "110105194912310038", "13912345678")


def _some():
    one = linker.table(shape(), [{"unique_id": "1", "name": "张三丰"}])
    return one, one


def test_the_database_lives_in_memory_and_has_nowhere_to_spill_to():
    with linker._linker(shape().settings(), *_some()) as (_splink, connection):
        said = dict(connection.execute("SELECT name, value FROM duckdb_settings()").fetchall())
        files = connection.execute("SELECT path FROM duckdb_databases() WHERE NOT internal").fetchall()
        assert said["temp_directory"] == "" and files == [(None,)]
        connection.execute("SET memory_limit = '30MB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            connection.execute("CREATE TABLE t AS SELECT range AS n, repeat('x', 200) AS s FROM range(1000000)")
        assert connection.execute("SELECT count(*) FROM duckdb_temporary_files()").fetchone() == (0,)


def test_what_the_engine_says_when_it_fails_is_told_without_a_value():
    bad = pa.table({"unique_id": ["1"], "name": ["张三丰"]})
    with pytest.raises(linker.LinkageFailed) as failed:
        list(linker.score(shape(), linker.by_judgement(shape(), 1, 1), bad, bad, 0.5))
    assert "张三丰" not in str(failed.value) and failed.value.__cause__ is None and failed.value.__suppress_context__


@pytest.fixture
def everything_said(caplog, capfd):
    """All that any logger says, down to DEBUG, and all that is printed."""
    caplog.set_level(logging.DEBUG)
    for name in ("splink", "duckdb", "wushang", "django.db.backends"):
        caplog.set_level(logging.DEBUG, logger=name)

    def said():
        printed = capfd.readouterr()
        return caplog.text + "".join(str(record.__dict__) for record in caplog.records) + printed.out + printed.err

    return said


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("learn_from", [1, 1000])
def test_no_personal_value_is_said_or_kept_and_a_run_writes_one_audit_entry(cups, tell, now, settings, everything_said, learn_from):
    settings.WUSHANG_LINK_LEARN_FROM = learn_from
    tell(
        Visit, rows.visit("M1", firm=cups), rows.visit("M2", worker="李四光", number=LI, firm=cups),
        rows.visit("M3", number="", text="", sex="", personal=json.dumps({"worker": "张三丰", "phone": "13912345678"})),
    )  # fmt: skip
    tell(Disease, rows.card("Z1", firm=cups))
    before = AuditEntry.objects.count()
    everything_said()
    link_waiting(now)
    said = everything_said()
    kept = serializers.serialize("json", [*Link.objects.all(), *LinkModel.objects.all(), *LinkRun.objects.all()], ensure_ascii=False)
    assert LinkModel.objects.get().how == ("learnt" if learn_from == 1 else "judged")
    assert learn_from == 1 or Link.objects.filter(state="linked").count() == 2, "four rows teach nothing"
    entry = AuditEntry.objects.all()[before:]
    assert [one.verb for one in entry] == ["integrate.link"]
    for value in PERSONAL:
        assert value not in said and value not in kept and value not in json.dumps(entry[0].detail, ensure_ascii=False)


@pytest.mark.django_db(transaction=True)
def test_a_run_that_fails_says_no_value_in_the_workers_log(cups, tell, now, everything_said, monkeypatch):
    from wushang.web.worker import Duty, one_round

    monkeypatch.setattr(weighed, "shape", lambda: shape().__class__(**{**shape().__dict__, "looked_for": ("l.name = r.nothing",)}))
    tell(Visit, rows.visit("M1", firm=cups))
    everything_said()
    assert one_round(now, (Duty("link", link_waiting),)) == 0
    said = everything_said()
    assert "LinkageFailed" in said and not Link.objects.exists()
    assert not any(value in said for value in PERSONAL)


def test_a_learnt_model_holds_no_name_and_no_number():
    left, right, _truth = bench.made(1000)
    model = json.dumps(linker.learn(shape(), left, right), ensure_ascii=False)
    names = {name for name in left["name"].to_pylist() if name} | {n for n in left["id_number"].to_pylist() if n}
    assert len(names) > 1000 and not any(name in model for name in names)
