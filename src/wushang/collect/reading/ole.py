"""The old compound file (OLE) that an xls or et is: the names of its streams and the bytes of one."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST = 0xFFFFFFFA  # sector numbers from here on mean: no further sector
MINI = 64


class Torn(Exception):
    """The file ends before what it says it holds, or runs in a circle."""


@dataclass(frozen=True)
class Stream:
    name: str
    kind: int  # 1 folder, 2 stream, 5 root
    first: int
    size: int


class Compound:
    """A compound file; Torn where it is not whole."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512 or not content.startswith(MAGIC):
            raise Torn
        self.content, self.size = content, 1 << min(struct.unpack_from("<H", content, 30)[0], 12)
        self.fat: list[int] = []
        for sector in self._fat_sectors():
            self.fat += struct.unpack(f"<{self.size // 4}I", self._sector(sector))
        folder = self._chain(struct.unpack_from("<I", content, 48)[0])
        self.streams = [s for at in range(0, len(folder) - 127, 128) if (s := _stream(folder[at : at + 128]))]

    def names(self) -> set[str]:
        return {stream.name for stream in self.streams}

    def read(self, *names: str) -> bytes:
        """The first stream of these names; nothing where there is none."""
        found = next((s for name in names for s in self.streams if s.kind == 2 and s.name.lower() == name.lower()), None)
        if found is None:
            return b""
        if found.size >= struct.unpack_from("<I", self.content, 56)[0]:
            return self._chain(found.first)[: found.size]
        return self._small(found)

    def _small(self, stream: Stream) -> bytes:
        """A stream below the cutoff lies in the root's own stream, in pieces of 64 bytes."""
        root = next((s for s in self.streams if s.kind == 5), None)
        table = self._chain(struct.unpack_from("<I", self.content, 60)[0])
        numbers = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        pool = self._chain(root.first) if root else b""
        return b"".join(pool[n * MINI : (n + 1) * MINI] for n in _walk(stream.first, numbers))[: stream.size]

    def _fat_sectors(self) -> list[int]:
        content = self.content
        found = [n for n in struct.unpack_from("<109I", content, 76) if n < LAST]
        more, left = struct.unpack_from("<2I", content, 68)
        while more < LAST and left and len(found) <= len(content) // self.size:
            numbers = struct.unpack(f"<{self.size // 4}I", self._sector(more))
            found += [n for n in numbers[:-1] if n < LAST]
            more, left = numbers[-1], left - 1
        return found

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        piece = self.content[start : start + self.size]
        if len(piece) < self.size and start + self.size - len(self.content) >= self.size:
            raise Torn
        return piece.ljust(self.size, b"\0")

    def _chain(self, first: int) -> bytes:
        return b"".join(self._sector(n) for n in _walk(first, self.fat))


def _walk(first: int, table: list[int] | tuple[int, ...]) -> list[int]:
    """The chain of numbers from `first` on; Torn where it leaves the table or comes back to itself."""
    found: list[int] = []
    while first < LAST:
        if first >= len(table) or len(found) > len(table):
            raise Torn
        found.append(first)
        first = table[first]
    return found


def _stream(entry: bytes) -> Stream | None:
    length = struct.unpack_from("<H", entry, 64)[0]
    if not 2 <= length <= 64 or entry[66] not in (1, 2, 5):
        return None
    first, size = struct.unpack_from("<2I", entry, 116)
    return Stream(entry[: length - 2].decode("utf-16-le", "replace"), entry[66], first, size)
