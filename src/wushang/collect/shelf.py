"""What is kept on disk, sealed: the files as they came, and the checked tables. Names tell nothing, contents neither."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
from django.conf import settings

from wushang.collect.content import Content, opened
from wushang.people import sealed
from wushang.terms import disk
from wushang.terms.problem import Problem, Refused

CHANGED = Problem("changed", "文件", "", "文件在读取的时候又变了", "请等它存完再上传一次")
ACCEPTED, PERSONAL = "accepted-*.parquet", "personal-*.sealed"  # the parts of a checked table


def keep_file(content: Content, digest: str = "") -> str:
    """Keep a file; returns its SHA-256 (`digest`, where that was looked at already). The same file again writes nothing. Refused
    where it changes while it is read."""
    digest = digest or digest_of(content)
    if not _file(digest).exists():
        with opened(content) as source:
            _write(_file(digest), lambda out: _seal_as(digest, source, out))
    return digest


def _seal_as(digest: str, source: BinaryIO, out: BinaryIO) -> None:
    """Seal a file that must be the one of this digest: on the disk it may still have been written to."""
    read = _Counted(source)
    sealed.write(read, out)  # type: ignore[arg-type]
    if read.digest.hexdigest() != digest:
        raise Refused(CHANGED)


class _Counted:
    """What is read of a file, and its SHA-256 so far."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self.digest = source, hashlib.sha256()

    def read(self, length: int) -> bytes:
        piece = self._source.read(length)
        self.digest.update(piece)
        return piece


def digest_of(content: Content) -> str:
    """SHA-256 of a file, read as it goes."""
    with opened(content) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def open_file(digest: str) -> BinaryIO:
    """A kept file, to be read as it goes."""
    return sealed.opened(_file(digest).open("rb"))


def kept_file(digest: str) -> bytes:
    """The bytes of a kept file."""
    with open_file(digest) as file:
        return file.read()


def drop_file(digest: str) -> None:
    """Away with a kept file that no delivery holds any more."""
    _file(digest).unlink(missing_ok=True)


def drop_folder(folder: str) -> None:
    """Away with everything kept of a delivery that is no more."""
    clear_drafts(folder)
    shutil.rmtree(_folder(folder), ignore_errors=True)


def clear_drafts(folder: str) -> None:
    """Away with the tables of readings that died."""
    for draft in _folder(folder).parent.glob(f"{_folder(folder).name}.*"):
        shutil.rmtree(draft, ignore_errors=True)


def put_in_place(draft: str, folder: str) -> None:
    """The table of a reading becomes the delivery's. The old one goes aside, not away, so that a page which looks meanwhile
    finds the one or the other, whatever the size of the old one."""
    old = _folder(f"{folder}.old")
    shutil.rmtree(old, ignore_errors=True)
    if _folder(folder).exists():
        _folder(folder).replace(old)
    _folder(draft).replace(_folder(folder))
    shutil.rmtree(old, ignore_errors=True)


def keep_part(folder: str, number: int, accepted: pl.DataFrame, personal: list[str]) -> None:
    """Keep a part of a checked table: values as parquet, personal columns sealed apart."""
    mine = [name for name in personal if name in accepted.columns]
    _write(_path(folder, ACCEPTED, number), _parquet(accepted.drop(mine)))
    if mine:
        _seal(_path(folder, PERSONAL, number), accepted.select("row", *mine))


def drop_rows(folder: str, rows: pl.Series) -> None:
    """Away with some rows of all the parts kept so far: what came of them is told anew."""
    others = ~pl.col("row").is_in(rows.implode())
    for pattern in (ACCEPTED, "doubles-*.parquet", "found-*.parquet"):
        for path in _parts(folder, pattern):
            frame = pl.read_parquet(path)
            if (left := frame.filter(others)).height < frame.height:
                _write(path, _parquet(left))
    for path in _parts(folder, PERSONAL):
        _seal(path, _personal(path).filter(others))


def keep_list(folder: str, name: str, number: int, rows: pl.DataFrame) -> None:
    """Keep a part of a list beside the table (`doubles`, `found`); an empty one needs no file."""
    if rows.height:
        _write(_path(folder, f"{name}-*.parquet", number), _parquet(rows))


def scan_list(folder: str, name: str, schema: Mapping[str, Any]) -> pl.LazyFrame:
    """All parts of a list, in their order."""
    found = _parts(folder, f"{name}-*.parquet")
    return pl.scan_parquet(found) if found else pl.LazyFrame(schema=schema)


def table(folder: str) -> pl.LazyFrame:
    """The checked table without its personal columns, to be read as far as it is asked for."""
    return pl.scan_parquet(_parts(folder, ACCEPTED))


def table_parts(folder: str) -> list[pl.LazyFrame]:
    """The same, part by part."""
    return [pl.scan_parquet(path) for path in _parts(folder, ACCEPTED)]


def personal_part(folder: str, number: int) -> pl.DataFrame:
    """The personal columns of one part, by `row`."""
    path = _path(folder, PERSONAL, number)
    return _personal(path) if path.exists() else pl.DataFrame(schema={"row": pl.UInt32})


def kept_table(folder: str) -> pl.DataFrame:
    """The whole checked table without its personal columns."""
    return table(folder).collect()


def kept_personal(folder: str) -> pl.DataFrame:
    """The personal columns of a checked table, by `row`."""
    found = [_personal(path) for path in _parts(folder, PERSONAL)]
    return pl.concat(found) if found else pl.DataFrame(schema={"row": pl.UInt32})


def _personal(path: Path) -> pl.DataFrame:
    with sealed.opened(path.open("rb")) as file:
        return pl.read_parquet(file.read())


def _seal(path: Path, rows: pl.DataFrame) -> None:
    hidden = io.BytesIO()
    rows.write_parquet(hidden)
    hidden.seek(0)
    _write(path, lambda out: sealed.write(hidden, out))


def _path(folder: str, pattern: str, number: int) -> Path:
    return _folder(folder) / pattern.replace("*", f"{number:05}")


def _parts(folder: str, name: str) -> list[Path]:
    return sorted(_folder(folder).glob(name))


def clear_list(folder: str, name: str) -> None:
    """Away with a list."""
    for path in _parts(folder, f"{name}-*.parquet"):
        path.unlink(missing_ok=True)  # another page may have been quicker


def keep_difference(folder: str, lines: pl.DataFrame) -> None:
    """Keep what a delivery changes: `change`, `key`, `old`; one line a key."""
    _write(_path(folder, "difference-*.parquet", 0), _parquet(lines))


def kept_difference(folder: str) -> pl.LazyFrame | None:
    """What a delivery changes, to be read in parts; None where it was never compared."""
    found = _parts(folder, "difference-*.parquet")
    return pl.scan_parquet(found) if found else None


def _file(digest: str) -> Path:
    return Path(settings.WUSHANG_FILES) / "collect" / "files" / digest[:2] / f"{digest}.sealed"


def _folder(folder: str) -> Path:
    return Path(settings.WUSHANG_FILES) / folder


def _parquet(frame: pl.DataFrame) -> Callable[[BinaryIO], object]:
    content = io.BytesIO()
    frame.write_parquet(content, compression="lz4")  # read once or twice, soon: speed before size
    return lambda out: out.write(content.getbuffer())


def _write(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Whole or not at all: a process killed meanwhile leaves the old file or none. Refused where the disk is full."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = disk.draft_of(path, "part")
    try:
        with part.open("wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except Refused:
        part.unlink(missing_ok=True)
        raise
    except OSError as failed:
        part.unlink(missing_ok=True)  # on a full disk every byte counts
        raise (Refused(disk.FULL) if disk.is_full(failed) else failed) from failed
