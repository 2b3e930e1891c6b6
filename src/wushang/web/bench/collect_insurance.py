"""Months of insurance rows (one csv, GB18030) received, checked, compared, integrated and published, beside the bare load of
the same rows into the same table with its indexes. Meanwhile a person enters a row by hand, again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from os import getloadavg
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from wushang.collect.cells.usccs import CHECKS, OF_ORGANISATION, OF_WHOLE, ORGANISATION, WHOLE
from wushang.collect.command import collect_file
from wushang.collect.models import Batch
from wushang.integrate.waiting import land_batch
from wushang.people.actor import Actor
from wushang.people.models import Department, Region
from wushang.pool import bulk, landing
from wushang.pool.models import Enterprise, EnterpriseVersion, Headcount
from wushang.terms import codes
from wushang.terms.identifiers import USCC_ALPHABET
from wushang.terms.period import add_months
from wushang.web.bench import SCALES, Measured, seconds, spent
from wushang.web.bench.hand_entries import hand_entries

IDS = {"collect.insurance_csv.sqlite": "sqlite", "collect.insurance_csv.postgres": "postgres"}
ROWS = {"s": 3_600, "m": 576_000, "l": 5_000_000}
LAST = date(2026, 9, 1)
TOWNS = 16
TITLES = ("费款所属期", "单位编号", "统一社会信用代码", "单位名称", "镇街", "行业代码", "执行费率(%)", "参保人数", "其中农民工", "缴费基数",
          "应缴", "实缴", "参保方式")  # fmt: skip
COLUMNS = [f.column for f in Headcount._meta.concrete_fields if not f.primary_key]


def run(name: str, scale: str, folder: Path) -> Measured:
    units = SCALES[scale][0]
    rows = ROWS[scale] // units * units
    office()
    firms = known_firms(units)
    path = write(folder / "参保缴费.csv", firms, rows // units)
    spent.forget_peak()
    with hand_entries() as hand:
        began, cpu, of_server = perf_counter(), spent.process(), spent.server()
        said = collect_file(path, "insurance_monthly", Actor.system("command"), timezone.now(), True, "990100-tax", "bench")
        checked, memory_checked = perf_counter() - began, spent.peak()
        land_batch(Batch.objects.get(pk=said["batch"]), timezone.now())
        ours, cpu, of_server = perf_counter() - began, spent.process() - cpu, spent.server() - of_server
    memory = spent.peak()
    landed, waiting = Headcount.objects.filter(source="insurance_monthly").count(), said["quarantined_rows"]
    if landed + waiting != rows or waiting != _waiting(firms, rows // units):
        raise AssertionError(f"{landed} of {rows} rows landed, {waiting} wait: {said}")
    bare, bare_cpu = _bare(folder / "rows.csv")
    note = (
        f"{rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB; {rows / ours:,.0f} rows/s (bare {rows / bare:,.0f}); checked in "
        f"{checked:.1f} s, landed in {ours - checked:.1f} s; processor {cpu:.1f} s of this process, {of_server:.1f} s "
        f"of the server; peak memory {memory:,.0f} MB, till checked {memory_checked:,.0f} MB; {len(hand.waits)} hand entries meanwhile, the longest "
        f"{max(hand.waits):.2f} s ({hand.longest}), the middle one {median(hand.waits):.2f} s; baseline: {'COPY' if connection.vendor == 'postgresql' else 'executemany'} into "
        f"the same table with its indexes, processor {bare_cpu:.1f} s; load of the machine {getloadavg()[0]:.1f}"
    )
    return Measured(ours, "s", bare, 3.0, note, tuple(_missed(scale, rows / ours, memory, max(hand.waits))))


def _missed(scale: str, speed: float, memory: float, wait: float) -> Iterator[str]:
    """What is wanted beside the ratio: speed on PostgreSQL with its server on the same machine, memory, nobody kept waiting."""
    if scale == "l" and connection.vendor == "postgresql" and speed < 100_000:
        yield f"100,000 rows/s ({speed:,.0f})"
    if memory > 2_000:
        yield f"less than 2,000 MB ({memory:,.0f})"
    if wait > 1:
        yield f"hand entries within 1 s ({wait:.2f})"


def office() -> None:
    city = Region.objects.create(code="990100", name="云溪市", kind="city")
    for n in range(TOWNS):
        Region.objects.create(code=f"990100{n + 1:03d}", name=f"第{n + 1}镇", kind="township", parent=city)
    Department.objects.create(code="990100-tax", name="税务局", short_name="税务局", kind="tax", region=city)


def known_firms(units: int) -> pl.DataFrame:
    """Units that the register knows already: as many rows as units, with what the file writes of each."""
    at = timezone.now()
    bulk.insert(Enterprise, [{"created": at}] * units)
    ids = pl.Series("enterprise_id", list(Enterprise.objects.order_by("pk").values_list("pk", flat=True)))
    firms = firms_of(units).with_columns(ids)
    known = firms.select(
        "enterprise_id", "name", pl.col("name").str.strip_prefix("云溪市").alias("plain_name"), pl.lit("[]").alias("former_names"),
        "uscc", "insurance_number", pl.format("990100{}", pl.col("town").cast(pl.String).str.zfill(3)).alias("region"), "industry",
        *(pl.lit("").alias(name) for name in ("size", "tag", "regulator", "legal_person")), pl.lit("active").alias("state"),
        pl.lit(False).alias("provisional"),
    )  # fmt: skip
    commit = landing.start("landing", "bench", Actor.system("command"), at)
    landing.load_frames(commit, EnterpriseVersion, [known])
    landing.publish(commit, at, compared=0)
    return firms


def firms_of(units: int) -> pl.DataFrame:
    """Invented units: their number, code, name, township and industry."""
    n, classes = pl.col("n"), [entry.code for entry in codes.all("industry") if len(entry.code) == 5]
    return pl.DataFrame({"n": range(1, units + 1)}).with_columns(
        pl.format("00330{}", n.cast(pl.String).str.zfill(6)).alias("insurance_number"), usccs(units),
        pl.format("云溪市恒{}{}杯业有限公司", pl.lit("岳丰立合兴").str.slice(n % 5, 1), "n").alias("name"),
        (n % TOWNS + 1).alias("town"), pl.lit(pl.Series(classes)).gather(n % len(classes)).alias("industry"),
    )  # fmt: skip


def usccs(units: int) -> pl.Series:
    """As many different right codes, by their rule and all at once."""
    letters = np.frombuffer(USCC_ALPHABET.encode(), dtype=np.uint8)
    signs = np.tile(np.frombuffer(b"91990100MA0000000X", dtype=np.uint8), (units, 1))
    for place in range(6):
        signs[:, 10 + place] = letters[np.arange(units) // 31**place % 31]
    signs[:, 16] = CHECKS[11 - (OF_ORGANISATION[signs[:, 8:16]] @ ORGANISATION) % 11]
    signs[:, 17] = letters[-(OF_WHOLE[signs[:, :17]] @ WHOLE[:17]) % 31]
    return pl.Series("uscc", [code.decode() for code in signs.view("S18")[:, 0]])


def write(path: Path, firms: pl.DataFrame, months: int, last: date = LAST) -> Path:
    """The file as a department writes it: a title, a header, a month after the other, a footer with the totals."""
    with path.open("w", encoding="gb18030", newline="") as out:
        out.write("云溪市工伤保险参保缴费情况表\r\n" + ",".join(TITLES) + "\r\n")
        totals = [0, 0, 0, 0, 0]
        for back in range(months - 1, -1, -1):
            rows = month_of(firms, add_months(last, -back), back)
            heads = rows.filter(~WAITS)["insured"].sum()
            totals = [t + int(n) for t, n in zip(totals, (heads, *(rows[name].sum() for name in FIGURES[1:])), strict=True)]
            written = rows.select(*TEXTS).write_csv(include_header=False, line_terminator="\r\n")
            out.write(written)
        heads, rural, wages, due, paid = totals
        out.write(f"合计,,,,,,,{heads},{rural},{wages / 100:.2f},{due / 100:.2f},{paid / 100:.2f},\r\n")
    return path


def _waiting(firms: pl.DataFrame, months: int) -> int:
    """How many rows must wait."""
    written = (firms.with_columns(month=pl.lit(f"{add_months(LAST, -back):%Y%m}")) for back in range(months))
    return sum(rows.filter(WAITS).height for rows in written)


FIGURES = ("insured", "rural", "wages", "due", "paid")


def _yuan(name: str) -> pl.Expr:
    return pl.format("{}.{}", pl.col(name) // 100, (pl.col(name) % 100).cast(pl.String).str.zfill(2)).alias(name)


# One row of a thousand says its headcount in words and waits; as many again have an industry that no list knows.
_TURN = (pl.col("n") * 7 + pl.col("month").cast(pl.Int64)) % 1_000
WAITS = _TURN == 1
HEADS = pl.when(WAITS).then(pl.lit("约六十")).otherwise(pl.col("insured").cast(pl.String)).alias("insured")
TRADE = pl.when(_TURN == 2).then(pl.lit("C3300")).otherwise("industry").alias("industry")
TEXTS = ("month", "insurance_number", "uscc", "name", pl.format("第{}镇", "town").alias("town"), TRADE, pl.lit("0.9").alias("rate"),
         HEADS, "rural", _yuan("wages"), _yuan("due"), _yuan("paid"), pl.lit("按单位").alias("mode"))  # fmt: skip


def month_of(firms: pl.DataFrame, month: date, back: int) -> pl.DataFrame:
    n = pl.col("n")
    rows = firms.with_columns(
        pl.lit(f"{month:%Y%m}").alias("month"), ((n * 7919 + back) % 300 + 1).alias("insured"), ((n * 31) % 100).alias("part")
    )
    rows = rows.with_columns(
        (pl.col("insured") * pl.col("part") // 100).alias("rural"),
        (pl.col("insured") * (420_000 + (n * 104_729 + back * 13) % 600_000)).alias("wages"),
    )
    rows = rows.with_columns(((pl.col("wages") * 9_000 + 500_000) // 1_000_000).alias("due"))
    return rows.with_columns(pl.when(n % 40 == 0).then(0).otherwise("due").alias("paid"))


def _bare(path: Path) -> tuple[float, float]:
    """Seconds, and those of the processor, to load the same rows into an empty table of the same columns and indexes, as fast
    as the driver goes."""
    names = ", ".join(f'"{column}"' for column in COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CREATE TABLE bare (LIKE pool_headcount INCLUDING ALL)")
            with path.open("wb") as out, cursor.copy(f"COPY pool_headcount ({names}) TO STDOUT") as rows:
                for block in rows:
                    out.write(block)
            return _timed(lambda: _copied(path, names))
        for (made,) in _made_of(cursor):
            cursor.execute(made.replace("pool_headcount", "bare").replace("headcount_", "bare_"))
        cursor.execute(f"SELECT {names} FROM pool_headcount")
        held = cursor.fetchall()
    return _timed(lambda: _many(names, held))


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    before = spent.process() + spent.server()
    return seconds(work), spent.process() + spent.server() - before


def _copied(path: Path, names: str) -> None:
    with path.open("rb") as file, connection.cursor() as cursor, cursor.copy(f"COPY bare ({names}) FROM STDIN") as copy:
        while block := file.read(1 << 20):
            copy.write(block)


def _many(names: str, held: list[tuple]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO bare ({names}) VALUES ({', '.join(['%s'] * len(COLUMNS))})", held)


def _made_of(cursor) -> list[tuple[str]]:
    """The statements that made the table and its indexes, the table first."""
    cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'pool_headcount' AND sql IS NOT NULL ORDER BY type DESC")
    return cursor.fetchall()
