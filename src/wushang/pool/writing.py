"""A part of the snapshot written as Parquet while the next rows are being read: one thread writes, the caller's reads."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wushang.pool import columnar
from wushang.pool.folder import folder, sync
from wushang.pool.place import place
from wushang.terms.disk import draft_of

AHEAD = 2  # pieces of work that may wait for the hand: so much more is in memory


class Hand:
    """One thread that does what it is given, in order; who gives too much waits. Its troubles are those of the giver."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._waiting: deque[Future] = deque()

    def do(self, what: Callable[..., Any], *args: Any) -> Future:
        while len(self._waiting) > AHEAD:
            self._waiting.popleft().result()
        self._waiting.append(self._thread.submit(what, *args))
        return self._waiting[-1]

    def __enter__(self) -> Hand:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._thread.shutdown(cancel_futures=kind is not None)
        for done in self._waiting if kind is None else ():
            done.result()


class Sheet:
    """One Parquet file in the making: beside its place until it is whole, named by its commit and its content."""

    def __init__(self, folder_name: str, schema: pa.Schema, commit: int) -> None:
        self._name, self._commit, self.rows = folder_name, commit, 0
        path = folder() / folder_name / f"{commit}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._draft = draft_of(path, "draft")
        # texts repeat (places, trades, states) and earn a dictionary; numbers and days only lose time by one
        texts = [field.name for field in schema if pa.types.is_string(field.type)]
        self._writer = pq.ParquetWriter(self._draft, schema, compression="zstd", use_dictionary=texts)

    def add(self, parcel: columnar.Parcel) -> None:
        for part in parcel():
            self._writer.write_table(columnar.as_of(part, self._commit))
            self.rows += part.num_rows

    def finish(self) -> dict[str, Any]:
        """Under its name and, where there is a store, there too: {file, sha256, rows}."""
        self._writer.close()
        sync(self._draft)
        digest = digest_of(self._draft)
        name = f"{self._name}/{self._commit}-{digest[:12]}.parquet"
        self._draft.replace(folder() / name)
        place().put(name)
        return {"file": name, "sha256": digest, "rows": self.rows}


def digest_of(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
