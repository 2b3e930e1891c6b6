"""What a cluster may do: equal hashes and days, on every engine alike, and no name or number among its columns."""

import importlib.util
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from deliveries import claim

from wushang.integrate.linkage import exact, run
from wushang.integrate.linkage.deciding import decide
from wushang.integrate.linkage.waiting import waiting
from wushang.integrate.models import Link, LinkModel, LinkRun
from wushang.people import crypto
from wushang.people.models import AuditEntry
from wushang.pool import reading
from wushang.pool.models import InjuryVersion, Visit
from wushang.web.bench import integrate_million as bench

_spec = importlib.util.spec_from_file_location("linkage_rows", Path(__file__).with_name("conftest.py"))
rows = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rows)
LI = "110105194912310038"


def _hashes(*said):
    return pa.table({name: [row[place] for row in said] for place, name in enumerate(("unique_id", "worker_key", "day"))})


@pytest.fixture
def cluster(settings, engine, monkeypatch):
    """A place whose engine is not this process: DuckDB stands in for it, and Spark where it is."""
    settings.WUSHANG_ENGINE = "spark"
    monkeypatch.setattr(exact, "engine", lambda: engine)
    return engine


@pytest.fixture
def nothing_opened(monkeypatch):
    def refuse(sealed):
        raise AssertionError("a sealed value was opened")

    return lambda: monkeypatch.setattr(crypto, "decrypt", refuse)


def test_the_nearest_injury_of_the_same_number_within_a_week(engine):
    injuries = _hashes(("1", "A", 100), ("2", "A", 104), ("3", "B", 100), ("4", None, 100), ("5", "C", 100), ("6", "C", 102))
    visits = _hashes(("v1", "A", 105), ("v2", "C", 101), ("v3", "B", 120), ("v4", None, 100), ("v5", "B", 100), ("v6", "B", 170))
    said = sorted((link.key, link.injury_id, link.state) for link in decide(exact.pairs(injuries, visits, engine), bench.told(visits), set(), exact.is_clear))
    assert said == [("v1", 2, "linked"), ("v2", 5, "open"), ("v2", 6, "open"), ("v3", 3, "open"), ("v5", 3, "linked")], (
        "v2 lies between two and v3 is late: for a person; v4 has no number; v6 is out of reach"
    )


@pytest.mark.django_db(transaction=True)
def test_the_worker_links_by_hashes_alone_and_opens_nothing(cups, tell, now, cluster, nothing_opened):
    tell(
        Visit, rows.visit("M1", firm=cups), rows.visit("M2", number="", firm=cups),
        rows.visit("M3", visited=date(2026, 4, 15), firm=cups), rows.visit("M4", worker="李四光", number=LI, firm=cups),
    )  # fmt: skip
    nothing_opened()
    assert run.link_waiting(now) == 2
    assert sorted(Link.objects.values_list("key", "state", "how")) == [("M1", "linked", "exact"), ("M3", "open", "exact")], (
        "M2 says only the name, which weighs on one machine and not here"
    )
    assert not LinkModel.objects.exists() and LinkRun.objects.first().road == "hashes"
    assert AuditEntry.objects.filter(verb="integrate.link").count() == 1


@pytest.mark.django_db(transaction=True)
def test_only_hashes_and_days_leave(cups, tell, nothing_opened):
    tell(Visit, rows.visit("M1", firm=cups), rows.visit("M2", number="", firm=cups))
    key = Visit.objects.get(key="M1").worker_key
    nothing_opened()
    work = waiting(0, 9)
    left, right = exact.injured(work), exact.told(work)
    assert left.column_names == right.column_names == ["unique_id", "worker_key", "day"]
    assert left["worker_key"].to_pylist() == [key] and set(right["worker_key"].to_pylist()) == {key, None}
    assert rows.ZHANG not in str(left.to_pydict()) + str(right.to_pydict())


@pytest.mark.django_db(transaction=True)
def test_a_pair_that_was_refused_is_not_linked_by_hashes_either(cups, tell, send, now, cluster, people):
    tell(Visit, rows.visit("M1", firm=cups))
    run.link_waiting(now)
    Link.objects.update(state="refused", decided=now, decided_by=people.wangli)
    send("Report", claim("2号", "b1", LI, date(2026, 3, 6)))
    run.link_waiting(now)
    assert [link.state for link in Link.objects.all()] == ["refused"]


@pytest.mark.django_db(transaction=True)
def test_on_duckdb_the_worker_weighs_and_on_another_engine_it_asks_the_one_that_is_set(cups, tell, now, settings, monkeypatch):
    asked = []
    monkeypatch.setattr(exact, "engine", lambda: asked.append(1) or reading.engine_named("duckdb"))
    tell(Visit, rows.visit("M1", firm=cups))
    run.link_waiting(now)
    assert not asked and Link.objects.get().model and LinkRun.objects.first().road == "weights"
    settings.WUSHANG_ENGINE = "spark"
    tell(Visit, rows.visit("M2", firm=cups))
    run.link_waiting(now)
    assert asked and Link.objects.get(key="M2").model is None
    assert InjuryVersion.objects.current().count() == 1


def test_its_recall_is_lower_than_the_models_and_is_measured(engine):
    left, right, truth = bench.made(2000)
    precision, recall = bench.judged(bench.by_hashes(left, right, bench.told(right), engine.id), truth)
    assert precision >= 0.999 and recall == pytest.approx(0.62, abs=0.05)
