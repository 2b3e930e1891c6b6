"""What is kept on disk, sealed: the files as they came, and the checked tables. Names tell nothing, contents neither."""

from __future__ import annotations

import base64
import hashlib
import io
import os
from pathlib import Path

import polars as pl
from django.conf import settings

from wushang.people.crypto import decrypt, encrypt


def keep_file(content: bytes) -> str:
    """Keep a file; returns its SHA-256. The same file again writes nothing."""
    digest = hashlib.sha256(content).hexdigest()
    if not _file(digest).exists():
        _write(_file(digest), content)
    return digest


def kept_file(digest: str) -> bytes:
    """The bytes of a kept file."""
    return _read(_file(digest))


def keep_table(folder: str, accepted: pl.DataFrame, personal: list[str]) -> None:
    """Keep a checked table: values as parquet, personal columns sealed apart."""
    mine = [name for name in personal if name in accepted.columns]
    _write_plain(_folder(folder) / "accepted.parquet", _parquet(accepted.drop(mine)))
    _write(_folder(folder) / "personal.sealed", _parquet(accepted.select("row", *mine)))


def kept_table(folder: str) -> pl.DataFrame:
    """The checked table without its personal columns."""
    return pl.read_parquet(_folder(folder) / "accepted.parquet")


def kept_personal(folder: str) -> pl.DataFrame:
    """The personal columns of a checked table, by `row`."""
    return pl.read_parquet(io.BytesIO(_read(_folder(folder) / "personal.sealed")))


def _file(digest: str) -> Path:
    return Path(settings.WUSHANG_FILES) / "collect" / "files" / digest[:2] / f"{digest}.sealed"


def _folder(folder: str) -> Path:
    return Path(settings.WUSHANG_FILES) / folder


def _parquet(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def _read(path: Path) -> bytes:
    return base64.b64decode(decrypt(path.read_text("ascii")))


def _write(path: Path, content: bytes) -> None:
    _write_plain(path, encrypt(base64.b64encode(content).decode()).encode("ascii"))


def _write_plain(path: Path, content: bytes) -> None:
    """Whole or not at all: a process killed meanwhile leaves the old file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with part.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
