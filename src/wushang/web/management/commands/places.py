from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from wushang.people import load, outline
from wushang.people.actor import Actor
from wushang.people.deed import Deed
from wushang.people.deeds.change_region import ChangeRegion
from wushang.people.deeds.keep_department import KeepDepartment
from wushang.people.deeds.keep_map import KeepMap, parts_of
from wushang.people.deeds.keep_region import KeepRegion
from wushang.people.models import Region
from wushang.terms.problem import Refused
from wushang.web.said import SayingCommand

Row = dict[str, str]
Make = Callable[[Actor, datetime, Row], Deed]


def _region(me: Actor, at: datetime, row: Row) -> Deed:
    since = date.fromisoformat(row["valid_from"]) if row.get("valid_from") else None
    return KeepRegion(me, at, row["code"], row["name"], row["kind"], row["parent"], since)


def _department(me: Actor, at: datetime, row: Row) -> Deed:
    return KeepDepartment(me, at, row["code"], row["name"], row["short_name"], row["kind"], row["region"])


def _change(me: Actor, at: datetime, row: Row) -> Deed:
    return ChangeRegion(me, at, date.fromisoformat(row["on"]), row["kind"], row["old"], row["new"], row["source"])


TABLES: dict[str, tuple[tuple[str, ...], Make]] = {  # what a file holds is told by its columns
    "changes": (("on", "kind", "old", "new", "source"), _change),
    "departments": (("code", "name", "short_name", "kind", "region"), _department),
    "regions": (("code", "name", "kind", "parent"), _region),
}


class Command(SayingCommand):
    help = "Keep regions, departments, changes of codes (区划变更) and the map of a founded place by file; a page does the same."

    def options(self, parser):
        columns = "; ".join(f"{name}: {','.join(columns)}" for name, (columns, _make) in TABLES.items())
        parser.add_argument("file", type=Path, help=f"csv, told by its columns. {columns} (regions may add valid_from). GeoJSON or tiles (json): the map")
        parser.add_argument("--approval", default="", help="审图号 of a map")

    def run(self, file: Path, approval: str, **_):
        if file.suffix.lower() in (".json", ".geojson"):
            return _map(file, approval)
        rows = _read(file)
        name, make = _table(file, rows)
        with transaction.atomic():
            done = Counter(_do(file, line, make, row) for line, row in enumerate(rows, 2))
        return {"table": name, "rows": len(rows), **{word: done[word] for word in ("added", "changed", "same")}}


def _map(file: Path, approval: str) -> dict[str, object]:
    place = Region.objects.get(code=settings.WUSHANG_REGION)
    try:
        kept = KeepMap(Actor.system("command"), timezone.now(), place, file.name, file.read_bytes(), approval).do()
    except (OSError, Refused) as wrong:
        raise CommandError(f"{file}: {wrong}") from None
    lacking = outline.missing(kept.content, parts_of(place))
    return {"table": "map", "parts": len(kept.content[kept.content["kind"]]), "missing": lacking}


def _read(file: Path) -> list[Row]:
    try:
        return load.read_csv(file)
    except (OSError, ValueError) as wrong:
        raise CommandError(f"{file} cannot be read: {wrong}") from None


def _table(file: Path, rows: list[Row]) -> tuple[str, Make]:
    there = set(rows[0]) if rows else set()
    for name, (columns, make) in TABLES.items():
        if there.issuperset(columns):
            return name, make
    raise CommandError(f"{file} holds no rows whose columns are those of {', '.join(TABLES)}; see `wushang places --help`.")


def _do(file: Path, line: int, make: Make, row: Row) -> str:
    """One row by its deed: 'added', 'changed' or 'same'. One that is refused puts the whole file back."""
    try:
        said = make(Actor.system("command"), timezone.now(), row).do()
    except Refused as refused:
        raise CommandError(f"{file} line {line}: {refused}") from None
    except ValueError as wrong:
        raise CommandError(f"{file} line {line}: {wrong}") from None
    return said if isinstance(said, str) else "added"
