"""Hashes of the rows of a vast file: which of them stand there more than once. The first million is in memory, more than that
in a file without a name, so that memory does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

IN_MEMORY = 32 << 20  # bytes
TOGETHER = 2_000_000  # rows looked through at once
PART = 200_000  # rows read at once
KINDS: dict[str, tuple[Any, str]] = {
    "row": (pl.UInt32, "<u4"),
    "said": (pl.Boolean, "?"),
    "key": (pl.UInt64, "<u8"),
    "digest": (pl.UInt64, "<u8"),
}


class Remembered:
    """Rows of these columns of KINDS, `key` among them."""

    def __init__(self, *names: str) -> None:
        self._names, self._kind = names, np.dtype([(name, KINDS[name][1]) for name in names])
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - it goes with this object
        self.rows = 0

    def add(self, rows: pl.DataFrame) -> None:
        """Some rows more."""
        array = np.empty(rows.height, self._kind)
        for name in self._names:
            array[name] = rows[name].to_numpy()
        self._file.seek(0, 2)
        self._file.write(array.tobytes())
        self.rows += rows.height

    def shared(self) -> NDArray[np.uint64]:
        """The keys that stand there more than once."""
        groups = self.rows // TOGETHER + 1
        return np.concatenate([self._twice(group, groups) for group in range(groups)])

    def _twice(self, group: int, groups: int) -> NDArray[np.uint64]:
        some = [part["key"][part["key"] % np.uint64(groups) == group] for part in self._parts()]
        keys = np.sort(np.concatenate([np.empty(0, np.uint64), *some]))
        return np.unique(keys[1:][keys[1:] == keys[:-1]])

    def alike(self) -> pl.DataFrame:
        """The rows that share their key with another row, in their order: few, so that what is asked of them costs little."""
        shared, found = self.shared(), [self._frame(np.empty(0, self._kind))]
        if shared.size:
            found += [self._frame(part[np.isin(part["key"], shared)]) for part in self._parts()]
        return pl.concat(found)

    def _frame(self, rows: NDArray[Any]) -> pl.DataFrame:
        return pl.DataFrame(
            {name: pl.Series(np.ascontiguousarray(rows[name]), dtype=KINDS[name][0]) for name in self._names}
        )

    def _parts(self) -> Iterator[NDArray[Any]]:
        self._file.seek(0)
        while block := self._file.read(PART * self._kind.itemsize):
            yield np.frombuffer(block, self._kind)
