"""The snapshot built whole from the ledger, beside the bare read of the same columns; and one changed month published."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import polars as pl
from django.db import connection
from django.utils import timezone

from wushang.people.actor import Actor
from wushang.people.models import Region
from wushang.pool import landing, snapshot
from wushang.pool.columnar import tables
from wushang.pool.models import Headcount
from wushang.pool.models.clock import latest
from wushang.pool.publishers import publications
from wushang.pool.tables import declared
from wushang.terms.period import add_months
from wushang.web.bench import SCALES, Measured, seconds
from wushang.web.bench.collect_insurance import known_firms, month_of

IDS = {
    "analyse.snapshot_full.sqlite": "sqlite", "analyse.snapshot_full.postgres": "postgres",
    "analyse.snapshot_month.sqlite": "sqlite", "analyse.snapshot_month.postgres": "postgres",
}  # fmt: skip
LAST = date(2026, 10, 1)
ROWS_A_SECOND, MONTH = 300_000, 2.0  # wanted of a whole build on PostgreSQL; seconds of one changed month
MONTHS = {"s": 24, "m": 36, "l": 25}


def run(name: str, scale: str, folder: Path) -> Measured:
    Region.objects.create(code="990100", name="云溪市", kind="city")
    firms, months = known_firms(SCALES[scale][0]), MONTHS[scale]
    for back in range(months - 1, -1, -1):
        _land(firms, add_months(LAST, -back), back)
    if "month" in name:
        return _one_month(firms)
    snapshot.build(timezone.now(), full=True)  # what a worker that stands has imported
    ours = seconds(lambda: snapshot.build(timezone.now(), full=True))
    bare, rows = seconds(_bare), sum(part["rows"] for parts in _built().values() for part in parts.values())
    speed, wanted = rows / ours, connection.vendor == "postgresql" and scale != "s"
    note = f"{rows:,} rows; {speed:,.0f} rows/s (bare {rows / bare:,.0f}); baseline: the same columns read bare"
    missed = (f"{ROWS_A_SECOND:,} rows/s ({speed:,.0f})",) if wanted and speed < ROWS_A_SECOND else ()
    return Measured(ours, "s", bare, 2.0, note, missed)


def _one_month(firms: pl.DataFrame) -> Measured:
    """One headcount of one month is mended; then the month is published."""
    snapshot.build(timezone.now())
    row = Headcount.objects.current().filter(month=LAST).values().order_by("pk")[0]
    commit = landing.start("correction", "bench", Actor.system("command"), timezone.now())
    landing.load(commit, Headcount, [{**{k: v for k, v in row.items() if k not in ("id", "recorded_id", "superseded_id")}, "insured": 1}])
    landing.claim(commit, Headcount, [row["id"]])
    landing.publish(commit, timezone.now())
    ours = seconds(lambda: snapshot.build(timezone.now()))
    note = f"{len(firms):,} units; baseline: what is wanted, {MONTH:.0f} s"
    return Measured(ours, "s", MONTH, 1.0, note)


def _land(firms: pl.DataFrame, month: date, back: int) -> None:
    said = month_of(firms, month, back).select(
        pl.lit("bench").alias("source"), pl.lit("tax").alias("sender"), pl.format("{}|{}", "insurance_number", pl.lit(f"{month:%Y-%m}")).alias("key"),
        pl.lit("d").alias("digest"), pl.lit(f"{month:%Y-%m}").alias("period"), pl.lit(1, pl.Int64).alias("row"), "enterprise_id",
        pl.lit(month).alias("month"), "insured", "rural", "wages", "due", "paid", pl.lit(9_000).alias("rate"), pl.lit("unit").alias("mode"),
        pl.format("990100{}", pl.col("town").cast(pl.String).str.zfill(3)).alias("region"), "industry", pl.lit(0).alias("found_by"),
    )  # fmt: skip
    commit, seen = landing.start("landing", f"{month:%Y-%m}", Actor.system("command"), timezone.now()), latest()
    landing.load_frames(commit, Headcount, [said])
    landing.publish(commit, timezone.now(), compared=seen)


def _built() -> dict[str, dict[str, dict]]:
    held = snapshot.current()
    assert held is not None
    return held.parts


def _bare() -> None:
    """The same columns of all tables, once through: COPY into Arrow; or the driver's own cursor, fetched."""
    for name, publication in publications().items():
        rows = publication.select(publication.numbered())
        if connection.vendor == "postgresql":
            for _part in tables(rows, declared()[name].schema):
                pass
        else:
            sql, params = rows.query.sql_with_params()
            plain = sqlite3.connect(connection.settings_dict["NAME"])
            plain.execute(sql.replace("%s", "?"), params).fetchall()
            plain.close()
