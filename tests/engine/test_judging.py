"""The 高台 policy over the snapshot of a small town: counted by hand, and the same on every engine to the last digit."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from engines import started
from judge.town import REGION, Town

import wushang
from wushang.engine import Engine
from wushang.judge.file.reader import pack_of
from wushang.judge.judging import Judged, judge
from wushang.judge.run import regional
from wushang.pool import reading, snapshot

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
POLICIES = Path(wushang.__file__).parent / "policies"
GAOTAI = POLICIES / "gaotai/graded_warning.yaml"


@pytest.fixture
def town(people, now: datetime) -> Town:
    """恒岳杯业: three accidents this year; 石塘门业: one, a hazard, and one last year; the other county: two."""
    town = Town(people, now)
    town.injure(date(2026, 1, 5), date(2026, 2, 6), date(2026, 3, 7))
    town.injure(date(2025, 12, 31), date(2026, 3, 20), at=town.door)
    town.injure(date(2026, 3, 1), date(2026, 3, 2), at=town.away)
    town.hazard(town.door, date(2026, 3, 1))
    town.staff(town.cup, {date(2026, 1, 1): 90, date(2026, 2, 1): 110})
    snapshot.build(datetime(2026, 3, 20, 2, tzinfo=UTC))
    return town


def judged(engine: Engine, monkeypatch: pytest.MonkeyPatch, file: Path = GAOTAI) -> Judged:
    monkeypatch.setattr(reading, "engine", lambda: engine)
    return judge(pack_of(file.read_text(encoding="utf-8")), regional(REGION), TODAY, REGION)


def test_the_snapshot_is_judged_alike(engine: Engine, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    found = judged(engine, monkeypatch)
    assert found.by_unit() == {town.cup: "red", town.door: "orange"}
    assert [found.of(0), found.of(1)] == [
        {"events": 3, "hazards": 0, "serious": 0, "fatal": 0},
        {"events": 1, "hazards": 1, "serious": 0, "fatal": 0},
    ]
    usual = judged(started("duckdb"), monkeypatch)
    assert found.digest == usual.digest
    for name, column in usual.values.items():
        np.testing.assert_allclose(found.values[name], column, rtol=0, atol=1e-9)


def test_every_shipped_rule_about_units_finds_the_same(engine: Engine, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Levels, the first N by two ranks, scores with vetoes, rates: whoever judges by another engine judges alike."""
    town.injure(date(2026, 3, 19), severity="serious")
    snapshot.build(datetime(2026, 3, 20, 3, tzinfo=UTC))
    files = [file for file in sorted(POLICIES.rglob("*.yaml")) if pack_of(file.read_text(encoding="utf-8")).of_units]
    said = {file.stem: (judged(engine, monkeypatch, file), judged(started("duckdb"), monkeypatch, file)) for file in files}
    assert all(found.by_unit() == usual.by_unit() and found.digest == usual.digest for found, usual in said.values())
    assert sum(any(found.by_unit().values()) for found, _usual in said.values()) >= 5
