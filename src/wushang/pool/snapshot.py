"""The snapshot: a derived columnar copy of the facts, by month, that an engine reads. Files never change.

    <table>/<month>/<commit>.parquet     all versions of the rows of that month, as of that commit
    manifests/<commit>.json              which files make the snapshot of that commit, with hashes
    current                              the newest manifest's name, replaced by rename after fsync
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.db.models import QuerySet

from wushang.people.lease import held, renew
from wushang.pool import columnar
from wushang.pool.models import Commit
from wushang.pool.models.clock import latest
from wushang.pool.published import Publication
from wushang.pool.publishers import publications
from wushang.pool.tables import Table, declared
from wushang.terms.disk import draft_of

WHOLE = "all"  # the part of a table that has no month
FORMAT = 2  # counts up when the tables' columns change: what was written before is written anew


@dataclass(frozen=True)
class Manifest:
    """What a reader holds on to: the commit and, per table and part, the file with its hash and rows."""

    commit: int
    parts: dict[str, dict[str, dict]]  # table → part → {file, sha256, rows}

    def files(self, table: str) -> list[str]:
        return [str(root() / part["file"]) for part in self.parts.get(table, {}).values()]


def root() -> Path:
    return Path(settings.WUSHANG_SNAPSHOT)


def current() -> Manifest | None:
    """The newest manifest, or None before the first build and after a change of the columns."""
    pointer = root() / "current"
    if not pointer.exists():
        return None
    said = json.loads((root() / "manifests" / pointer.read_text().strip()).read_text())
    return Manifest(said["commit"], said["parts"]) if said["format"] == FORMAT else None


def read(name: str) -> Manifest:
    said = json.loads((root() / "manifests" / name).read_text())
    return Manifest(said["commit"], said["parts"])


def build(at: datetime, full: bool = False) -> Manifest | None:
    """Bring the snapshot to the latest commit; rewrites only the months that changed. None: somebody else builds."""
    with held("snapshot", at) as mine:
        if not mine:
            return None
        before = None if full else current()
        commit = latest()
        if before and before.commit == commit and not _lacks(before):
            return before
        manifest = Manifest(commit, _parts(before, commit))
        mine.renew()  # one who was overtaken must not put an older manifest over a newer one
        _write_manifest(manifest)
        return manifest


def _parts(before: Manifest | None, commit: int) -> dict[str, dict[str, dict]]:
    parts: dict[str, dict[str, dict]] = {}
    for name, table in declared().items():
        publication = publications().get(name)
        kept = dict(before.parts.get(name, {})) if before else {}
        if publication:
            for part in sorted(_stale(publication, before, commit)):
                kept[part] = _write_part(table, publication, part, commit)
                renew()
        parts[name] = kept
    return parts


def _stale(publication: Publication, before: Manifest | None, commit: int) -> set[str]:
    """The parts of a table whose rows changed after the earlier manifest: all of them when there is none."""
    if not publication.month:
        changed = before is None or publication.table not in before.parts or _changed(publication, before.commit, commit)
        return {WHOLE} if changed else set()
    rows = publication.numbered().filter(recorded__number__lte=commit)
    if before is None or publication.table not in before.parts:
        return _months(publication, rows)
    new = rows.filter(recorded__number__gt=before.commit)
    gone = rows.filter(superseded__number__gt=before.commit)
    return _months(publication, new) | _months(publication, gone)


def _months(publication: Publication, rows: QuerySet) -> set[str]:
    """The months of the rows, by their different days: to cut every row's day to its month costs more."""
    days = rows.order_by().values_list(publication.month, flat=True).distinct()
    return {f"{day:%Y-%m}" for day in days if day}


def _changed(publication: Publication, since: int, until: int) -> bool:
    rows = publication.numbered().filter(recorded__number__lte=until)
    return rows.filter(recorded__number__gt=since).exists() or rows.filter(superseded__number__gt=since).exists()


def _write_part(table: Table, publication: Publication, part: str, commit: int) -> dict:
    rows = publication.numbered().filter(recorded__number__lte=commit)
    if part != WHOLE:
        first = date.fromisoformat(f"{part}-01")
        after = (first + timedelta(days=32)).replace(day=1)
        rows = rows.filter(**{f"{publication.month}__gte": first, f"{publication.month}__lt": after})
    path = Path(table.name) / part / f"{commit}.parquet"
    (root() / path).parent.mkdir(parents=True, exist_ok=True)
    count = _write(root() / path, table.schema, publication.select(rows.order_by("pk")), commit)
    return {"file": str(path), "sha256": _sha256(root() / path), "rows": count}


def _write(path: Path, schema: pa.Schema, rows: QuerySet, commit: int) -> int:
    """Stream rows to Parquet beside the target, then rename: a file is whole or not there."""
    draft = draft_of(path, "draft")
    count = 0
    with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
        for part in columnar.tables(rows, schema):
            writer.write_table(_as_of(part, commit))
            count += part.num_rows
            renew()
    _sync(draft)
    draft.replace(path)
    return count


def _as_of(rows: pa.Table, commit: int) -> pa.Table:
    """A row superseded after `commit` is written as still current."""
    later = pc.fill_null(pc.greater(rows["superseded"], commit), False)
    place = rows.schema.get_field_index("superseded")
    return rows.set_column(place, rows.schema.field(place), pc.if_else(later, pa.scalar(None, pa.int64()), rows["superseded"]))


def to_arrow(schema: pa.Schema, rows: list[tuple], commit: int) -> pa.Table:
    """Tuples in schema order → Arrow, for a few rows."""
    columns: list[tuple] = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return _as_of(pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema), commit)


def _write_manifest(manifest: Manifest) -> None:
    folder = root() / "manifests"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{manifest.commit:010d}.json"
    said = {"format": FORMAT, "commit": manifest.commit, "parts": manifest.parts}
    _replace(folder / name, json.dumps(said, sort_keys=True, indent=1))
    _replace(root() / "current", name)


def _replace(path: Path, text: str) -> None:
    draft = draft_of(path, "draft")
    draft.write_text(text)
    _sync(draft)
    draft.replace(path)


def _sync(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def verify(manifest: Manifest) -> list[str]:
    """Files of a manifest that are missing or differ from their hash."""
    return [
        part["file"]
        for parts in manifest.parts.values()
        for part in parts.values()
        if not (root() / part["file"]).exists() or _sha256(root() / part["file"]) != part["sha256"]
    ]


def seal(manifest: Manifest) -> None:
    """Keep the files of this manifest for ever (a bulletin or letter was printed from it)."""
    _replace(root() / "manifests" / f"{manifest.commit:010d}.sealed", "")


def sweep(at: datetime, keep: timedelta = timedelta(days=1)) -> int:
    """Delete files that no sealed, recent or current manifest names; returns how many."""
    wanted, folder = set(), root() / "manifests"
    newest = (root() / "current").read_text().strip() if (root() / "current").exists() else ""
    for path in folder.glob("*.json"):
        young = at.timestamp() - path.stat().st_mtime < keep.total_seconds()
        if young or path.with_suffix(".sealed").exists() or path.name == newest:
            wanted |= {part["file"] for parts in read(path.name).parts.values() for part in parts.values()}
        else:
            path.unlink()
    old = [p for p in root().glob("*/*/*.parquet") if str(p.relative_to(root())) not in wanted]
    old += root().rglob("*.draft")  # of a builder that died
    for path in old:
        if at.timestamp() - path.stat().st_mtime >= keep.total_seconds():
            path.unlink()
    return len(old)


def throw_away() -> None:
    """Remove the whole snapshot; `build` makes it anew from the ledger."""
    shutil.rmtree(root(), ignore_errors=True)


def behind() -> int:
    """How many published commits the snapshot does not hold yet."""
    manifest = current()
    return Commit.objects.filter(number__gt=manifest.commit if manifest and not _lacks(manifest) else 0).count()


def _lacks(manifest: Manifest) -> bool:
    """Whether a table is published by now that was none when this was written: its rows would count as nought."""
    return not publications().keys() <= manifest.parts.keys()
