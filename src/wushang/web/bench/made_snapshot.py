"""A snapshot of any size made directly as Parquet (the ledger's part is measured elsewhere), and a ledger that knows
that its tables are filled."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from django.utils import timezone

from wushang.people.actor import Actor
from wushang.pool import columnar, landing, snapshot
from wushang.pool.models import DiseaseHazard, Enterprise, EnterpriseVersion, Headcount, Injury, InjuryVersion
from wushang.pool.tables import declared
from wushang.terms.period import add_months

FIRST = date(2021, 11, 1)


def make(enterprises: int, months: int, injuries: int, seed: int = 1, first: date = FIRST, historical: bool = False) -> snapshot.Manifest:
    """Tables with a seeded draw: sizes lognormal, injuries by size; 1 % of units with an open hazard."""
    commit = _one_row_each(historical)
    draw = np.random.default_rng(seed)
    size = np.maximum(1, draw.lognormal(3, 1.2, enterprises)).astype(int)
    parts = {
        "enterprises": {"all": _write("enterprises", "all", commit, _enterprises(enterprises))},
        "disease_hazards": {"all": _write("disease_hazards", "all", commit, _hazards(enterprises, draw))},
        "headcounts": {}, "injuries": {},
    }  # fmt: skip
    who = draw.choice(enterprises, injuries, p=size / size.sum()) + 1
    when = draw.integers(0, months, injuries)
    for m in range(months):
        month = add_months(first, m)
        parts["headcounts"][f"{month:%Y-%m}"] = _write("headcounts", f"{month:%Y-%m}", commit, _headcounts(size, month))
        parts["injuries"][f"{month:%Y-%m}"] = _write(
            "injuries", f"{month:%Y-%m}", commit, _injuries(who[when == m], np.flatnonzero(when == m) + 1, month, draw)
        )
    manifest = snapshot.Manifest(commit, parts)
    snapshot._write_manifest(manifest)
    return manifest


def _write(table: str, part: str, commit: int, columns: dict) -> dict:
    schema = declared()[table].schema
    rows = len(next(iter(columns.values())))
    given = columns | {"recorded": np.ones(rows, int)}
    arrays = [pa.array(given[f.name], f.type) if f.name in given else pa.nulls(rows, f.type) for f in schema]
    path = snapshot.root() / table / part / f"{commit}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, compression="zstd", row_group_size=columnar.ROWS)
    return {"file": str(path.relative_to(snapshot.root())), "sha256": "", "rows": rows}


def _enterprises(n: int) -> dict:
    ids = np.arange(1, n + 1)
    return {
        "enterprise": ids, "name": [f"单位{i}" for i in ids], "uscc": [""] * n,
        "region": [f"990100{i % 16 + 1:03d}" for i in ids], "industry": [f"C33{i % 60 + 10}" for i in ids],
        "size": ["small"] * n, "tag": [""] * n, "regulator": [""] * n, "state": ["active"] * n,
        "provisional": np.zeros(n, bool),
    }  # fmt: skip


def _hazards(n: int, draw) -> dict:
    ids = draw.choice(n, max(1, n // 100), replace=False) + 1
    return {"enterprise": ids, "kind": ["over_limit"] * len(ids), "factor": ["噪声"] * len(ids),
            "opened": [date(2026, 3, 1)] * len(ids)}  # fmt: skip


def _headcounts(size, month: date) -> dict:
    n = len(size)
    return {"enterprise": np.arange(1, n + 1), "month": [month] * n, "insured": size, "mode": ["unit"] * n}


def _injuries(who, ids, month: date, draw) -> dict:
    n = len(who)
    day = np.array([np.datetime64(month) + int(d) for d in draw.integers(0, 28, n)]) if n else np.array([], "M8[D]")
    severity = draw.choice(["minor", "serious", "fatal"], n, p=[0.95, 0.045, 0.005])
    return {
        "injury": ids, "event": [f"e{i}" for i in ids], "enterprise": who, "employer": who, "occurred": day,
        "reported": day, "status": draw.choice(["reported", "recognised", "refused"], n, p=[0.3, 0.65, 0.05]),
        "situation": ["14-1"] * n, "at_work": draw.random(n) > 0.1, "kind": ["machinery"] * n, "severity": severity,
    }  # fmt: skip


def _one_row_each(historical: bool) -> int:
    at = timezone.now()
    firm, hurt = Enterprise.objects.create(created=at), Injury.objects.create(created=at)
    commit = landing.start("landing", "bench", Actor.system("command"), at, historical)
    said = {"source": "bench", "sender": "bench", "key": str(firm.pk), "digest": "1", "enterprise_id": firm.pk}
    landing.load(commit, EnterpriseVersion, [{"enterprise_id": firm.pk, "name": "x", "plain_name": "x"}])
    landing.load(commit, Headcount, [said | {"month": FIRST, "insured": 1}])
    landing.load(commit, DiseaseHazard, [said | {"kind": "x", "opened": FIRST}])
    landing.load(commit, InjuryVersion, [{"injury_id": hurt.pk, "employer_id": firm.pk, "event": "e", "occurred": FIRST, "status": "reported"}])
    return landing.publish(commit, at)
