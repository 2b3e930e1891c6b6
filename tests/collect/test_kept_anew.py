"""A ledger that was begun before files were sealed in pieces opens its deliveries still."""

from __future__ import annotations

import base64
import io
from importlib import import_module

import polars as pl

from wushang.collect import shelf
from wushang.people.crypto import encrypt

keep_anew = import_module("wushang.collect.migrations.0007_kept_anew").keep_anew
CONTENT = "受理编号,姓名\n1,张三\n".encode()


def as_before(content: bytes) -> str:
    return encrypt(base64.b64encode(content).decode())


def parquet(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def test_old_files_and_tables_are_read_as_new_ones(settings, tmp_path) -> None:
    settings.WUSHANG_FILES = tmp_path
    digest = shelf.digest_of(CONTENT)
    old = tmp_path / "collect/files" / digest[:2] / f"{digest}.sealed"
    old.parent.mkdir(parents=True)
    old.write_text(as_before(CONTENT), "ascii")
    table, personal = pl.DataFrame({"row": [2], "key": ["1"]}), pl.DataFrame({"row": [2], "worker": ["张三"]})
    (tmp_path / "collect/7").mkdir()
    (tmp_path / "collect/7/accepted.parquet").write_bytes(parquet(table))
    (tmp_path / "collect/7/personal.sealed").write_text(as_before(parquet(personal)), "ascii")
    new = shelf.keep_file(b"x,y\n1,2\n")
    for _again in range(2):
        keep_anew(None, None)
    assert shelf.kept_file(digest) == CONTENT and shelf.kept_file(new) == b"x,y\n1,2\n"
    assert shelf.kept_table("collect/7").equals(table) and shelf.kept_personal("collect/7").equals(personal)
