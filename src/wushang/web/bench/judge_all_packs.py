"""All shipped packs judged over all units from the snapshot, beside hand-written SQL that gives the same findings."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from wushang.judge.file.reader import pack_of
from wushang.judge.judging import judge
from wushang.judge.shipped import files
from wushang.people.scope import Scope
from wushang.pool import reading
from wushang.terms.period import add_months, month_of
from wushang.web.bench import SCALES, Measured, made_snapshot, seconds

IDS = {"judge.all_packs": "sqlite"}
AS_OF = date(2026, 10, 31)
KEY = "yongkang/key_enterprises"
ENTERED = {"key_events_from": 5, "key_rate_from": 60, "key_grade_to": 6, "general_events_from": 1}  # of the place, invented
YEAR = "i.occurred BETWEEN DATE '2026-01-01' AND DATE '2026-10-31'"
COUNTS = "i.status IN ('reported', 'accepted', 'recognised', 'deemed') AND i.enterprise IS NOT NULL"
LIVE = "recorded <= {n} AND (superseded IS NULL OR superseded > {n})"


def run(name: str, scale: str, folder: Path) -> Measured:
    manifest = made_snapshot.make(*SCALES[scale], first=add_months(month_of(AS_OF), 1 - SCALES[scale][1]))
    packs = {file: pack_of(_entered(text)) for file, text in files()}
    pool = reading.open(Scope.system(), manifest=manifest)
    found = {}

    def ours(day: date = AS_OF) -> None:
        for file, pack in packs.items():
            found[file] = judge(pack, reading.open(Scope.system(), manifest=manifest), day, "990100")

    ours()
    fresh = min(seconds(lambda day=AS_OF - timedelta(days=n): ours(day)) for n in (1, 2, 3))  # a query nobody has asked yet
    mine = seconds(ours, 3)
    connection = pool.engine.connection.con.cursor()  # type: ignore[attr-defined]
    by_hand = seconds(lambda: _by_hand(connection, manifest), 3)
    same = _equal(found, _by_hand(connection, manifest))
    enterprises, months, injuries = SCALES[scale]
    note = f"{len(packs)} packs, {enterprises:,} units × {months} months, {injuries:,} injuries; findings {'equal' if same else 'DIFFER'}"
    note += f"; {_listed(found)} listed; with queries to be put together anew (another day) {fresh:.2f} s"
    return Measured(mine, "s", by_hand, 1.5 if same else 0.0, note)


def _entered(text: str) -> str:
    """The text with the thresholds that the document leaves empty, so that somebody is listed; its examples are about none."""
    for name, value in ENTERED.items():
        head, _dot, tail = text.partition(f"  {name}:\n")
        text = head + f"  {name}:\n" + tail.replace("value: null", f"value: {value}", 1) if tail else text
    return text


def _listed(found) -> dict[str, int]:
    """How many are on each list."""
    return dict(Counter(o for o in found[KEY].by_unit().values() if o))


def _by_hand(connection, manifest) -> dict[str, dict[int, str]]:
    """高台 levels, 永康 key and general enterprises by number, rate and grade, and serious injuries."""
    table = {t: f"(SELECT * FROM read_parquet({manifest.files(t)}) WHERE {LIVE.format(n=manifest.commit)})" for t in manifest.parts}
    units = f"(SELECT enterprise FROM {table['enterprises']} WHERE region LIKE '990100%' AND NOT provisional AND merged_into IS NULL)"
    levels = connection.execute(f"""
        WITH e AS (SELECT i.enterprise, count(DISTINCT i.event) n FROM {table['injuries']} i
                   WHERE {YEAR} AND {COUNTS} AND i.at_work GROUP BY 1),
             h AS (SELECT enterprise, count(*) n FROM {table['disease_hazards']}
                   WHERE opened <= DATE '2026-10-31' AND (closed IS NULL OR closed > DATE '2026-10-31') GROUP BY 1)
        SELECT u.enterprise, CASE WHEN coalesce(e.n, 0) >= 3 THEN 'red' WHEN coalesce(e.n, 0) >= 2 OR coalesce(h.n, 0) > 0
               THEN 'orange' WHEN coalesce(e.n, 0) >= 1 THEN 'yellow' END level
        FROM {units} u LEFT JOIN e USING (enterprise) LEFT JOIN h USING (enterprise)""").fetchnumpy()
    listed = connection.execute(f"""
        WITH c AS (SELECT i.enterprise, count(DISTINCT i.event) e, count(*) n, min(i.grade) FILTER (WHERE i.grade >= 1) g FROM {table['injuries']} i
                   WHERE {YEAR} AND {COUNTS} AND i.at_work GROUP BY 1),
             m AS (SELECT enterprise, sum(insured) heads, count(*) AS months FROM {table['headcounts']}
                   WHERE month BETWEEN DATE '2026-01-01' AND DATE '2026-10-31' GROUP BY 1)
        SELECT u.enterprise, CASE WHEN coalesce(c.e, 0) >= {ENTERED['key_events_from']} OR c.g <= {ENTERED['key_grade_to']}
               OR 1000.0 * coalesce(c.n, 0) * m.months / nullif(m.heads, 0) >= {ENTERED['key_rate_from']} THEN 'key'
               WHEN coalesce(c.e, 0) >= {ENTERED['general_events_from']} THEN 'general' END level
        FROM {units} u LEFT JOIN c USING (enterprise) LEFT JOIN m USING (enterprise)""").fetchnumpy()
    serious = connection.execute(f"""
        SELECT DISTINCT i.enterprise FROM {table['injuries']} i SEMI JOIN {units} u USING (enterprise)
        WHERE {YEAR} AND {COUNTS} AND i.at_work AND i.severity IN ('serious', 'fatal')""").fetchnumpy()
    return {"levels": _texts(levels), "listed": _texts(listed), "serious": dict.fromkeys(serious["enterprise"].tolist(), "serious")}


def _texts(found) -> dict[int, str]:
    level = np.ma.filled(np.ma.asarray(found["level"], dtype=object), "")
    return {unit: said for unit, said in zip(found["enterprise"].tolist(), level.tolist(), strict=True) if said}


def _equal(found, by_hand) -> bool:
    gaotai = {e: o for e, o in found["gaotai/graded_warning"].by_unit().items() if o}
    serious = {e for e, o in found["yongkang/serious_injury"].by_unit().items() if o}
    listed = {e: o for e, o in found[KEY].by_unit().items() if o}
    return gaotai == by_hand["levels"] and serious == set(by_hand["serious"]) and listed == by_hand["listed"] and bool(listed)
