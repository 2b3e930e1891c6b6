"""The snapshot: a derived columnar copy of the facts, by month, that an engine reads. Files never change.

    <table>/<month>/<commit>-<hash>.parquet    all versions of the rows of that month, as of that commit
    manifests/<commit>.json                    which files make the snapshot of that commit, with hashes
    current                                    the newest manifest's name, replaced as a whole

Where they lie, beside us or in a store for many machines: place.py.
"""

from __future__ import annotations

import functools
import hashlib
import json
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from wushang.people.lease import held, renew
from wushang.pool import columnar
from wushang.pool.folder import folder
from wushang.pool.models import Commit
from wushang.pool.models.clock import latest
from wushang.pool.place import near, place, tidy
from wushang.pool.published import Publication
from wushang.pool.publishers import preparers, publications
from wushang.pool.store import DRAFT
from wushang.pool.tables import Table, declared
from wushang.pool.writing import Hand, Sheet, digest_of

WHOLE = "all"  # the part of a table that has no month
FORMAT = 4  # counts up when the tables' columns change: what was written before is written anew


@dataclass(frozen=True)
class Manifest:
    """What a reader holds on to: the commit and, per table and part, the file with its hash and rows."""

    commit: int
    parts: dict[str, dict[str, dict]]  # table → part → {file, sha256, rows}

    def names(self, table: str) -> list[str]:
        return [part["file"] for part in self.parts.get(table, {}).values()]

    def files(self, table: str) -> list[str]:
        """Paths on this machine."""
        return near(self.names(table))

    def addresses(self, table: str) -> list[str]:
        """Where other machines find the same files."""
        return place().addresses(self.names(table))


def root() -> Path:
    """The folder beside us."""
    return folder()


def current() -> Manifest | None:
    """The newest manifest, or None before the first build and after a change of the columns."""
    pointer = place().text("current") or _newest()
    if not pointer:
        return None
    manifest, form = _known(pointer) if " " in pointer else _told(pointer)
    return manifest if form == FORMAT else None


def _newest() -> str:
    """A store that cannot replace a file has no pointer for an instant: the newest manifest by its name."""
    there = place().names() if settings.WUSHANG_STORE else ()
    return max((name.removeprefix("manifests/") for name, _ in there if name.endswith(".json")), default="")


@functools.lru_cache(maxsize=8)
def _known(pointer: str) -> tuple[Manifest, int]:
    """By a pointer that tells name and digest: the same words always mean the same text."""
    return _told(pointer.split()[0])


def _told(name: str) -> tuple[Manifest, int]:
    """A manifest by its name, and its format."""
    text = place().text(f"manifests/{name.strip()}")
    if text is None:
        raise FileNotFoundError(f"The snapshot has no manifest {name}: run wushang snapshot --full.")
    said = json.loads(text)
    return Manifest(said["commit"], said["parts"]), said["format"]


def kept(commit: int) -> Manifest | None:
    """The manifest that was current at a commit, where it has been kept."""
    name = f"{commit:010d}.json"
    return _told(name)[0] if place().has(f"manifests/{name}") else None


def read(name: str) -> Manifest:
    return _told(name)[0]


def build(at: datetime, full: bool = False) -> Manifest | None:
    """Bring the snapshot to the latest commit; rewrites only the months that changed. None: somebody else builds. Rooms that make
    something ready of it do so before readers see it."""
    with held("snapshot", at) as mine:
        if not mine:
            return None
        before, commit = None if full else current(), latest()
        if before and before.commit > commit:
            before = None  # of another ledger, or of one that was restored since
        if before and before.commit == commit and not _lacks(before):
            return before
        manifest = Manifest(commit, _parts(before, commit))
        for prepare in preparers():
            prepare(manifest, at)
        mine.renew()  # one who was overtaken must not put an older manifest over a newer one
        _write_manifest(manifest)
        return manifest


def _parts(before: Manifest | None, commit: int) -> dict[str, dict[str, dict]]:
    parts: dict[str, dict[str, Any]] = {}
    with Hand() as hand:
        for name, table in declared().items():
            parts[name] = dict(before.parts.get(name, {})) if before else {}
            if not (publication := publications().get(name)):
                continue
            for part in sorted(_stale(publication, before, commit)):
                parts[name][part] = _write_part(hand, table, publication, part, commit)
                renew()
    return {name: {part: _done(said) for part, said in of.items()} for name, of in parts.items()}


def _done(said: dict | Future) -> dict:
    return said.result() if isinstance(said, Future) else said


def _stale(publication: Publication, before: Manifest | None, commit: int) -> set[str]:
    """The parts of a table whose rows changed after the earlier manifest: all of them when there is none."""
    if not publication.month:
        changed = before is None or publication.table not in before.parts or _changed(publication, before.commit, commit)
        return {WHOLE} if changed else set()
    rows = publication.numbered().filter(recorded__number__lte=commit)
    if before is None or publication.table not in before.parts:
        return _all_months(publication)
    new = rows.filter(recorded__number__gt=before.commit)
    gone = rows.filter(superseded__number__gt=before.commit)
    return _months(publication, new) | _months(publication, gone)


def _all_months(publication: Publication) -> set[str]:
    """Every month that has rows, from one to the next by the index: nobody counts through twelve million rows."""
    months, month = set(), publication.month
    rows = publication.rows().filter(**{f"{month}__isnull": False}).order_by(month).values_list(month, flat=True)
    day = rows.first()
    while day:
        months.add(f"{day:%Y-%m}")
        day = rows.filter(**{f"{month}__gte": _after(day)}).first()
    return months


def _after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(publication: Publication, rows: QuerySet) -> set[str]:
    """The months of the rows, by their different days: to cut every row's day to its month costs more."""
    days = rows.order_by().values_list(publication.month, flat=True).distinct()
    return {f"{day:%Y-%m}" for day in days if day}


def _changed(publication: Publication, since: int, until: int) -> bool:
    rows = publication.numbered().filter(recorded__number__lte=until)
    return rows.filter(recorded__number__gt=since).exists() or rows.filter(superseded__number__gt=since).exists()


def _write_part(hand: Hand, table: Table, publication: Publication, part: str, commit: int) -> Future:
    """The rows of a part are read here and written by the hand; told in the end: {file, sha256, rows}."""
    rows = publication.numbered().filter(recorded__number__lte=commit)
    if part != WHOLE:
        first = date.fromisoformat(f"{part}-01")
        rows = rows.filter(**{f"{publication.month}__gte": first, f"{publication.month}__lt": _after(first)})
    sheet = Sheet(f"{table.name}/{part}", table.schema, commit)
    for parcel in columnar.parcels(publication.select(rows.order_by()), table.schema):
        hand.do(sheet.add, parcel)
        renew()
    return hand.do(sheet.finish)


def _write_manifest(manifest: Manifest) -> None:
    name = f"{manifest.commit:010d}.json"
    said = json.dumps({"format": FORMAT, "commit": manifest.commit, "parts": manifest.parts}, sort_keys=True, indent=1)
    place().say(f"manifests/{name}", said)
    place().say("current", f"{name} {hashlib.sha256(said.encode()).hexdigest()}")


def verify(manifest: Manifest) -> list[str]:
    """Files of a manifest that are missing or differ from their hash; of a store, its copies beside us."""
    parts = [part for parts in manifest.parts.values() for part in parts.values()]
    lost = {part["file"] for part in parts if not place().has(part["file"])}
    near([part["file"] for part in parts if part["file"] not in lost])
    return [p["file"] for p in parts if p["file"] in lost or digest_of(root() / p["file"]) != p["sha256"]]


def seal(manifest: Manifest) -> None:
    """Keep the files of this manifest for ever (a bulletin or letter was printed from it)."""
    place().say(f"manifests/{manifest.commit:010d}.sealed", "")


def sweep(at: datetime, keep: timedelta = timedelta(days=1)) -> int:
    """Delete files that no sealed, recent or current manifest names; returns how many."""
    there, held_by = dict(place().names()), (place().text("current") or _newest()).split()[:1]
    wanted, old = set(), []
    for name, written in there.items():
        if name.startswith("manifests/") and name.endswith(".json"):
            told = name.removeprefix("manifests/")
            young = at.timestamp() - written < keep.total_seconds()
            if young or name.removesuffix("json") + "sealed" in there or told in held_by:
                wanted |= {part["file"] for parts in read(told).parts.values() for part in parts.values()}
            else:
                old.append(name)
    old += [name for name in there if name.endswith(DRAFT) or (name.endswith(".parquet") and name not in wanted)]
    gone = [name for name in old if at.timestamp() - there[name] >= keep.total_seconds()]
    for name in gone:  # drafts are of a builder that died
        place().remove(name)
    if settings.WUSHANG_STORE:
        tidy()
    return len(gone)


def behind() -> int:
    """How many published commits the snapshot does not hold yet."""
    manifest = current()
    return Commit.objects.filter(number__gt=manifest.commit if manifest and not _lacks(manifest) else 0).count()


def _lacks(manifest: Manifest) -> bool:
    """Whether a table is published by now that was none when this was written: its rows would count as nought."""
    return not publications().keys() <= manifest.parts.keys()
