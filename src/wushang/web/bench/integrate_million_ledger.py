"""The worker's own run on a ledger of first visits and injuries, a million each at scale l: everything between the commit and
the links is inside: reading, opening names and numbers, learning, weighing, deciding, writing the links, the run and its audit entry.

The persons are those of `integrate.million`. Filling the ledger is outside.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pyarrow as pa
from django.db import connection, transaction
from django.utils import timezone

from wushang.integrate.linkage import records
from wushang.integrate.linkage import run as linking
from wushang.integrate.models import Link
from wushang.people.actor import Actor
from wushang.people.crypto import blind_index
from wushang.pool import bulk, landing
from wushang.pool.models import Enterprise, EnterpriseVersion, Injury, InjuryVersion, Report, Visit, Worker
from wushang.web.bench import Measured
from wushang.web.bench.integrate_million import RECORDS, SECONDS, judged, made

IDS = {"integrate.million_ledger": "sqlite"}
REGION = "990100"


def run(name: str, scale: str, folder: Path) -> Measured:
    size = RECORDS[scale]
    left, right, truth = made(size)
    fill(left, right)
    del left, right
    began, busy = perf_counter(), process_time()
    linking.link_waiting(timezone.now())
    spent, busy = perf_counter() - began, process_time() - busy
    said = Link.objects.filter(state=Link.LINKED).values_list("key", "injury_id")
    precision, recall = judged(((key, injury - 1) for key, injury in said), truth)
    note = (
        f"{size:,} visits against {size:,} injuries, from the commit in the ledger to the written links; precision {precision:.5f}, "
        f"recall {recall:.4f}; {Link.objects.filter(state=Link.OPEN).count():,} proposals for a person; {busy:.0f} s of processor time; "
        f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GB; baseline: the seconds allowed"
    )
    return Measured(spent, "s", SECONDS[scale], 1.0, note)


def fill(left: pa.Table, right: pa.Table) -> None:
    """One commit with the units, the injuries with their claims, and the visits, as landing writes them."""
    at, size = timezone.now(), left.num_rows
    commit = landing.start("landing", "工伤认定、医院首诊", Actor.system(), at)
    firms = sorted(set(left["firm"].to_pylist()) - {None})
    _bare(Enterprise, ({"id": firm, "created": at} for firm in firms))
    landing.load(commit, EnterpriseVersion, ({"enterprise_id": n, "name": f"恒岳{n}", "plain_name": f"恒岳{n}", "region": REGION} for n in firms))
    _bare(Injury, ({"id": n, "created": at} for n in range(1, size + 1)))
    _bare(Worker, ({"id": n, "key": f"{n}"} for n in range(1, size + 1)))
    landing.load(commit, InjuryVersion, map(_injury, _rows(left)))
    landing.load(commit, Report, map(_claim, _rows(left)))
    landing.load(commit, Visit, map(_visit, _rows(right)))
    landing.publish(commit, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def _bare(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, landing.CHUNK)):
        with transaction.atomic():
            bulk.insert(model, some)


def _injury(row: dict[str, Any]) -> dict[str, Any]:
    number = int(row["unique_id"]) + 1  # of an identity; the first is 1
    return {
        "injury_id": number, "worker_id": number, "employer_id": row["firm"], "event": f"e{number}", "occurred": _day(row),
        "status": "recognised", "part": row["part"] or "", "region": REGION,
    }  # fmt: skip


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    number = int(row["unique_id"]) + 1
    return {
        "source": records.CLAIMS, "sender": "990100-hrss", "key": f"c{number}", "digest": "1", "injury_id": number, "employer_id": row["firm"],
        "worker_key": blind_index(row["id_number"] or ""), "values": {"sex": row["sex"], "age": _age(row)}, "personal": _person(row),
    }  # fmt: skip


def _visit(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": "hospital_visits", "sender": "990100-health", "key": row["unique_id"], "digest": "1", "number": row["unique_id"],
        "visited": _day(row), "enterprise_id": row["firm"], "employer_text": row["firm_name"] or "", "region": REGION, "part": row["part"] or "",
        "sex": row["sex"] or "", "age": _age(row), "at_work": True, "worker_key": blind_index(row["id_number"] or ""), "personal": _person(row),
    }  # fmt: skip


def _person(row: dict[str, Any]) -> str:
    return json.dumps({"worker": row["name"], "id_number": row["id_number"], "phone": "13900000000"}, ensure_ascii=False)


def _day(row: dict[str, Any]) -> Any:
    return records.EPOCH + timedelta(row["day"])


def _age(row: dict[str, Any]) -> int | None:
    return _day(row).year - row["born"] if row["born"] else None
