"""A store that many machines share, by an address that Arrow's file systems know: s3://bucket/way, hdfs://name:8020/way, file:///way.

What is published there is whole or not there: an object appears when its last byte has arrived; on other stores a file
is written beside its place and renamed.
"""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyarrow.fs as fs

from wushang.pool.folder import folder
from wushang.terms.disk import draft_of
from wushang.terms.problem import Refused

OBJECTS = ("s3", "gcs", "abfs")  # where writing anew is one act
DRAFT = ".draft"
GAP = (0.02, 0.1, 0.5)  # seconds to look again: HDFS cannot replace a file, so it is taken away first


@dataclass(frozen=True)
class Store:
    """A store by its address. `system` is Arrow's, `way` where in it we are, `address` the same without its settings."""

    system: fs.FileSystem
    way: str
    address: str

    def text(self, name: str) -> str | None:
        for pause in (*GAP, None):
            with suppress(FileNotFoundError), self.system.open_input_stream(f"{self.way}/{name}") as said:
                return said.read().decode()
            if pause is None or self._objects:
                return None
            time.sleep(pause)
        return None

    def say(self, name: str, text: str) -> None:
        self._write(name, text.encode())

    def put(self, name: str) -> None:
        self._write(name, folder() / name)

    def has(self, name: str) -> bool:
        return self.system.get_file_info(f"{self.way}/{name}").type == fs.FileType.File

    def names(self) -> Iterator[tuple[str, float]]:
        wanted = fs.FileSelector(self.way, recursive=True, allow_not_found=True)
        for info in self.system.get_file_info(wanted):
            if info.is_file:
                yield info.path.removeprefix(self.way).lstrip("/"), info.mtime.timestamp()

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self.system.delete_file(f"{self.way}/{name}")

    def addresses(self, names: list[str]) -> list[str]:
        return [f"{self.address}/{name}" for name in names]

    def fetch(self, name: str) -> None:
        """A copy beside us, whole or not there."""
        path = folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = draft_of(path, "draft")
        with self.system.open_input_stream(f"{self.way}/{name}") as source, draft.open("wb") as target:
            while block := source.read(1 << 20):
                target.write(block)
        draft.replace(path)

    @property
    def _objects(self) -> bool:
        return self.system.type_name in OBJECTS

    def _write(self, name: str, what: bytes | Path) -> None:
        final = f"{self.way}/{name}"
        target = final if self._objects else f"{final}.{os.getpid()}{DRAFT}"
        if not self._objects:
            self.system.create_dir(final.rpartition("/")[0], recursive=True)
        with self.system.open_output_stream(target) as out:
            if isinstance(what, bytes):
                out.write(what)
            else:
                with what.open("rb") as source:
                    out.upload(source)
        if target != final:
            self._rename(target, final)

    def _rename(self, draft: str, final: str) -> None:
        try:
            self.system.move(draft, final)
        except OSError:  # HDFS renames onto nothing that is there
            with suppress(FileNotFoundError):
                self.system.delete_file(final)
            self.system.move(draft, final)


@functools.cache
def opened(address: str) -> Store:
    try:
        system, way = fs.FileSystem.from_uri(quote(address, safe="%:/?#[]@!$&'()*+,;="))  # Chinese and blanks
    except Exception as error:
        raise Refused(
            f"统计数据的存放位置打不开：{error}", "请检查 WUSHANG_SNAPSHOT 的写法、权限和网络。", "WUSHANG_SNAPSHOT", address
        ) from error
    return Store(system, way.rstrip("/"), address.partition("?")[0].rstrip("/"))
