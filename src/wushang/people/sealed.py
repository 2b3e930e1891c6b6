"""Sealed files of any size: pieces of a megabyte, each sealed by itself, so that a file is never in memory whole.

    wushang1 aes1 (line end)  seven random bytes  piece  piece  …  piece

A piece's nonce is the random bytes, its number, and whether it is the last: pieces that are missing, doubled, moved or cut
off do not open.
"""

from __future__ import annotations

import io
import os
from typing import BinaryIO

from wushang.people import crypto

MARK = b"wushang1 "
PIECE = 1 << 20  # bytes of plain text
TAG = 16
RANDOM = 7


def write(source: BinaryIO, target: BinaryIO) -> None:
    """Seal what `source` holds into `target`."""
    name, random = crypto.in_use(), os.urandom(RANDOM)
    target.write(MARK + name.encode() + b"\n" + random)
    piece, number = source.read(PIECE), 0
    while True:
        after = source.read(PIECE) if len(piece) == PIECE else b""
        target.write(crypto.seal(name, _nonce(random, number, not after), piece))
        if not after:
            return
        piece, number = after, number + 1


def opened(source: BinaryIO) -> BinaryIO:
    """A sealed file as the plain bytes that went into it, read as they are asked for."""
    return io.BufferedReader(_Pieces(source), PIECE)


class _Pieces(io.RawIOBase):
    def __init__(self, source: BinaryIO) -> None:
        mark, _, name = source.readline(40).rstrip(b"\n").rpartition(b" ")
        if mark + b" " != MARK:
            raise ValueError("this is no sealed file")
        self._source, self._name, self._random = source, name.decode(), source.read(RANDOM)
        self._next, self._number, self._plain = source.read(PIECE + TAG), 0, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if not self._plain and self._next:
            self._plain = memoryview(self._piece())
        some = self._plain[: len(buffer)]
        buffer[: len(some)] = some
        self._plain = self._plain[len(some) :]
        return len(some)

    def _piece(self) -> bytes:
        sealed, self._next = self._next, self._source.read(PIECE + TAG)
        nonce = _nonce(self._random, self._number, not self._next)
        self._number += 1
        return crypto.unseal(self._name, nonce, sealed)

    def close(self) -> None:
        self._source.close()
        super().close()


def _nonce(random: bytes, number: int, last: bool) -> bytes:
    return random + number.to_bytes(4, "big") + bytes([last])
