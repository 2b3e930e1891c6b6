"""The worker of a small city killed by SIGKILL wherever it stands: at rest the ledger says what it says undisturbed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from faults import ledger, office
from faults.conftest import Warm, begin_anew

from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.pool.models import Enterprise
from wushang.pool.tables import declared

pytestmark = pytest.mark.django_db(transaction=True)

IMPORT = {"check_waiting", "land_waiting", "undo_waiting", "clerk"}
EVERY_KIND = (IMPORT, {"judge_commits", "judge_daily"}, {"draft_findings"}, {"push_commits"}, {"deliver_some"})


def test_nothing_is_lost_and_nothing_doubled_by_50_kills(warm: Warm, tmp_path: Path) -> None:
    killed = undisturbed_and_killed(warm, tmp_path, enterprises=30, months=3, kills=50, seed=11)
    assert killed["kills"] == 50
    for phases in EVERY_KIND:  # in every other wave all are aimed at a statement, so this does not hang on the machine's pace
        assert any(killed["fell"].get(name) for name in phases), (sorted(phases), killed["fell"])
    left = set(killed["left"])  # some died in the middle of a file, and some with a lease in hand that others must outwait
    assert left & {"landing open", "file being read"}, left
    assert any(what.startswith("lease ") for what in left), left


def undisturbed_and_killed(
    warm: Warm, tmp_path: Path, enterprises: int, months: int, kills: int, seed: int, seconds: float = 10**6
) -> dict[str, Any]:
    """The same files twice, once undisturbed and once killed; compares all, returns the figures of the killed run."""
    city = tmp_path / "city"
    office.write_city(city, enterprises, months)
    order = {"city": city, "months": months, "seed": seed, "seconds": seconds}
    begin_anew(tmp_path / "undisturbed")
    calm = warm.run(home=tmp_path / "undisturbed", kills=0, **order)
    assert calm["failed"] == "" and ledger.unsound() == []
    wanted = ledger.told()
    for name in ("warnings", "pushes", "messages", "practice", "cases", "findings", "numbers"):
        assert wanted[name], f"the place has no {name}: nothing would be proved"
    begin_anew(tmp_path / "killed")
    killed = warm.run(home=tmp_path / "killed", kills=kills, times=calm["times"], **order)
    figures = {name: killed[name] for name in ("kills", "seconds", "fell", "missed", "left")}
    print("undisturbed", calm["seconds"], "s; killed", json.dumps(figures, ensure_ascii=False))
    assert killed["failed"] == "", killed["failed"]
    assert ledger.unsound() == []
    found = ledger.told()
    for name, rows in wanted.items():
        assert found[name] == rows, name
    snapshot_is_true()
    return killed


def snapshot_is_true() -> None:
    """The snapshot holds the latest commit, its files are whole, and it says what the ledger says."""
    held = snapshot.current()
    assert held is not None and snapshot.verify(held) == [] and snapshot.behind() == 0
    files, rows = reading.open(Scope.system()), reading.for_enterprises(Enterprise.objects.values_list("pk", flat=True))
    for name in declared():
        for one, other in zip(_rows(files, name), _rows(rows, name), strict=True):
            assert one == other, name


def _rows(pool: reading.Pool, name: str) -> list[str]:
    return sorted(str(row) for row in pool.fetch(pool.table(name)).to_pylist())
