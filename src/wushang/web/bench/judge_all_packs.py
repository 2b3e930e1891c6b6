"""All shipped packs about units judged over all units from the snapshot, as the daily run does it, beside one SQL query that a
person wrote for the same packs, in which every count is made once."""

from __future__ import annotations

import resource
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from wushang.judge.file.reader import pack_of
from wushang.judge.judging import Judged, judge_together
from wushang.judge.shipped import files
from wushang.judge.subject import ENTERPRISE
from wushang.people.scope import Scope
from wushang.pool import reading
from wushang.pool.snapshot import Manifest
from wushang.terms.period import add_months, month_of
from wushang.web.bench import SCALES, Measured, made_snapshot, seconds

IDS = {"judge.all_packs": "sqlite"}
AS_OF = date(2026, 10, 31)
LIMIT = 2.0  # seconds
# of the place, invented: the documents leave these empty
ENTERED = {"key_events_from": 5, "key_rate_from": 60, "key_grade_to": 6, "general_events_from": 1, "priority_count": 500}
LIVE = "(SELECT * FROM read_parquet({files}) WHERE recorded <= {n} AND (superseded IS NULL OR superseded > {n}))"


def run(name: str, scale: str, folder: Path) -> Measured:
    manifest = made_snapshot.make(*SCALES[scale], first=add_months(month_of(AS_OF), 1 - SCALES[scale][1]))
    packs = {file.rpartition("/")[2]: pack for file, text in files() if (pack := pack_of(_entered(text))).subject == ENTERPRISE}
    found: dict[str, Judged] = {}

    def ours(day: date = AS_OF) -> None:
        pool = reading.open(Scope.system(), manifest=manifest)
        found.update(zip(packs, judge_together(list(packs.values()), pool, day, "990100"), strict=True))

    ours()
    days = iter(AS_OF - timedelta(days=n) for n in (1, 2, 3))
    anew, anew_used = _measured(lambda: ours(next(days)))  # a query nobody has asked yet, as on every morning
    mine, used = _measured(ours)
    connection = reading.engine().connection.con.cursor()  # type: ignore[attr-defined]
    sql = (Path(__file__).with_name("all_packs.sql")).read_text(encoding="utf-8").format(**_tables(manifest))
    by_hand, hand_used = _measured(lambda: connection.sql(sql).to_arrow_table())
    different = _different(found, connection.sql(sql).to_arrow_table())
    enterprises, months, injuries = SCALES[scale]
    note = f"{len(packs)} packs, {enterprises:,} units × {months} months, {injuries:,} injuries; findings {'DIFFER' if different else 'equal'}: "
    note += ", ".join(f"{pack} {int((one.outcomes != '').sum()):,}" for pack, one in found.items())
    note += f"; processor time {used:.2f} s, by hand {hand_used:.2f} s; of another day, its query put together anew, {anew:.2f} s ({anew_used:.2f} s)"
    slow = [f"{LIMIT:g} s"] if scale == "l" and max(mine, anew) > LIMIT else []
    return Measured(mine, "s", by_hand, 1.5, note, (*slow, *(f"equal findings of {pack}" for pack in different)))


def _measured(work: Callable[[], object]) -> tuple[float, float]:
    """The best seconds of three runs, and the mean processor time of one, all threads together."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    best, after = seconds(work, 3), resource.getrusage(resource.RUSAGE_SELF)
    return best, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / 3


def _entered(text: str) -> str:
    """The text with the numbers that the document leaves empty, so that somebody is listed; its examples are about none."""
    for name, value in ENTERED.items():
        head, _dot, tail = text.partition(f"  {name}:\n")
        text = head + f"  {name}:\n" + tail.replace("value: null", f"value: {value}", 1) if tail else text
    return text


def _tables(manifest: Manifest) -> dict[str, str]:
    return {name: LIVE.format(files=manifest.files(name), n=manifest.commit) for name in manifest.parts}


def _different(found: dict[str, Judged], by_hand: pa.Table) -> list[str]:
    """The packs of which a unit has another outcome by hand."""
    rows = by_hand.sort_by("enterprise")
    same_units = all(np.array_equal(one.enterprises, rows["enterprise"].to_numpy()) for one in found.values())
    return [pack for pack, one in found.items() if not same_units or one.outcomes.tolist() != rows[pack].to_pylist()]
