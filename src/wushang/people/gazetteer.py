"""GB/T 2260: the divisions down to counties as they stand, and the changes of codes since 1980, by year.

Divisions: Ministry of Civil Affairs (民政部) list of 2025–2026. Changes: yearly comparison of the code books with the
ministry's yearly notices since 1999; known to be noisy before 1984. Both compared on 2026-11-22. Only the year of a change
is known, so a code counts as changed from the 1st of January of that year on.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from wushang.people.models import RegionChange

# The place stays and its code changes; 码位改派 gives an old code to another place, 新设 and 撤销 have no other side.
SUCCESSION = {
    "同名改码", "更名", "撤县设市", "撤县设区", "撤地设市", "撤市设区", "撤区设区", "撤旗设区", "区划调整", "划转",
}  # fmt: skip
def divisions() -> list[dict[str, str]]:
    """Rows code, name, kind, parent, valid_from of the national list, ready for people.load.regions."""
    began = since()
    return [row | {"valid_from": str(began.get(row["code"], ""))} for row in _table("divisions")]


@functools.cache
def changes() -> tuple[tuple[int, str, str, str], ...]:
    """(year, kind, old code, new code) of every change in which a place kept on under another code, oldest first."""
    rows = (row for row in _table("changes") if row["kind"] in SUCCESSION and row["old"] != row["new"])
    return tuple((int(row["year"]), row["kind"], row["old"], row["new"]) for row in rows if row["old"] and row["new"])


def since() -> dict[str, date]:
    """The day from which a code stands for the place that has it today; a code older than the list has none."""
    rows = (row for row in _table("changes") if row["new"] and _born(row))
    return {row["new"]: date(int(row["year"]), 1, 1) for row in sorted(rows, key=lambda row: int(row["year"]))}


def _born(row: dict[str, str]) -> bool:
    """Whether from this change on the new code stands for another place than before (更名 alone keeps its code)."""
    return row["kind"] in {"新设", "码位改派"} or row["kind"] in SUCCESSION and row["old"] != row["new"]


@functools.cache
def names() -> dict[str, str]:
    """Code → name of every place of the list, those that had it since 1980 and have it no more among them."""
    rows = _table("changes")
    once = {row[side]: row[f"{side}_name"] for row in rows for side in ("old", "new") if row[side]}
    return once | {row["code"]: row["name"] for row in _table("divisions")}


def load_changes() -> int:
    """The changes as rows, for pages and for joins in the ledger; returns how many there are."""
    RegionChange.objects.bulk_create(_rows(), batch_size=1000, ignore_conflicts=True)
    return RegionChange.objects.count()


def _rows() -> Iterator[RegionChange]:
    for year, kind, old, new in changes():
        yield RegionChange(on=date(year, 1, 1), kind=kind, old=old, new=new, source="GB/T 2260 逐年比对；民政部年度变更")


def _table(name: str) -> list[dict[str, str]]:
    with (files("wushang.people") / "regions" / f"{name}.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))
