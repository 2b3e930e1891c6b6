"""A month of insurance rows (csv) collected, checked, integrated and published, beside the bare load of the same rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import connection
from django.utils import timezone

from wushang.collect.command import collect_file
from wushang.collect.models import Batch
from wushang.integrate.waiting import land_batch
from wushang.people import load
from wushang.people.actor import Actor
from wushang.pool.models import Headcount
from wushang.simulate import city
from wushang.web.bench import SCALES, Measured, seconds

IDS = {"collect.insurance_csv.sqlite": "sqlite", "collect.insurance_csv.postgres": "postgres"}
COLUMNS = ("source", "sender", "key", "digest", "period", "enterprise_id", "month", "insured", "wages", "due", "paid", "recorded_id")


def run(name: str, scale: str, folder: Path) -> Measured:
    enterprises, *_ = SCALES[scale]
    city.write(folder / "city", enterprises, 6, until=date(2026, 10, 31), dirt=0.0)
    load.roles()
    load.regions(load.read_csv(folder / "city" / "regions.csv"))
    load.departments(load.read_csv(folder / "city" / "departments.csv"))
    for register in sorted((folder / "city" / "市场监管局").iterdir(), key=lambda p: "全量" not in p.name):
        _land(register, "register", "990100-market")
    month = sorted((folder / "city" / "税务局").glob("*.csv"))[-1]
    ours = seconds(lambda: _land(month, "insurance_monthly", "990100-tax"))
    rows = list(Headcount.objects.values_list(*COLUMNS))
    bare = seconds(lambda: _bare(rows))
    note = f"{len(rows):,} rows; baseline: {'COPY' if connection.vendor == 'postgresql' else 'executemany'} into the same table shape"
    return Measured(ours, "s", bare, 3.0, note)


def _land(path: Path, source: str, sender: str) -> None:
    at = timezone.now()
    said = collect_file(path, source, Actor.system("command"), at, True, sender, "bench")
    land_batch(Batch.objects.get(pk=said["batch"]), at)


def _bare(rows: list[tuple]) -> None:
    """The same rows into a table with the same columns and its natural-key index, as fast as the driver goes."""
    names = ", ".join(f'"{c}"' for c in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TABLE bare AS SELECT {names} FROM pool_headcount WHERE 1 = 0')
        cursor.execute('CREATE INDEX bare_key ON bare ("source", "sender", "key")')
        cursor.execute('CREATE INDEX bare_month ON bare ("enterprise_id", "month")')
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY bare ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO bare ({names}) VALUES ({', '.join(['%s'] * len(COLUMNS))})", rows)
