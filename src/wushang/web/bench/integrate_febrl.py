"""FEBRL 4 (5,000 against 5,000 invented persons with errors): what the linkage finds, without labels, and what it takes wrongly.

The set is not shipped: `WUSHANG_BENCH_DATA` names the folder that holds `linkage_febrl/`.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Any

from wushang.integrate.linkage import linker
from wushang.integrate.linkage.linker import Pair
from wushang.web.bench import Measured
from wushang.web.bench.febrl_people import PEOPLE

IDS = {"integrate.febrl4": "none"}
AT_LEAST = 0.9  # probability


def run(name: str, scale: str, folder: Path) -> Measured:
    found = link(records("dataset4a.csv"), records("dataset4b.csv"))
    note = (
        f"precision {found['precision']:.5f} (at least 0.999), recall {found['recall']:.5f} (at least 0.99), estimated from the lists alone; "
        f"{found['seconds']:.1f} s with learning; value: share missed, baseline: what may be missed"
    )
    return Measured(1 - found["recall"], "share", 0.01, 1.0 if found["precision"] >= 0.999 else 0.0, note)


def records(file: str) -> list[dict[str, Any]]:
    path = Path(os.environ.get("WUSHANG_BENCH_DATA", "../shared/data")) / "linkage_febrl" / file
    with path.open(encoding="utf-8") as lines:
        return [row | {"unique_id": row["rec_id"]} for row in csv.DictReader(lines, skipinitialspace=True)]


def link(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> dict[str, float]:
    """Learn, score, keep the best for each; judged by the number that both spellings of a person carry."""
    began = perf_counter()
    a, b = linker.table(PEOPLE, left), linker.table(PEOPLE, right)
    pairs = linker.score(PEOPLE, linker.learn(PEOPLE, a, b), a, b, AT_LEAST)
    links = best_for_each(pairs)
    right_ones = sum(_person(pair.left) == _person(pair.right) for pair in links)
    wanted = len({_person(r["unique_id"]) for r in left} & {_person(r["unique_id"]) for r in right})
    return {"precision": right_ones / len(links), "recall": right_ones / wanted, "seconds": perf_counter() - began}


def best_for_each(pairs: Iterable[Pair]) -> list[Pair]:
    """One left for each right: the heaviest; ties go to the lower id."""
    best: dict[str, Pair] = {}
    for pair in sorted(pairs, key=lambda one: (-one.weight, one.left)):
        best.setdefault(pair.right, pair)
    return list(best.values())


def _person(record: str) -> str:
    return record.split("-")[1]
