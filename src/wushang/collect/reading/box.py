"""The zip that a workbook or a parcel is: its parts, never more of them in memory than the limits allow."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from wushang.collect.reading.sheet import refuse
from wushang.terms.problem import Refused

PARTS = 10_000  # a workbook of a hundred sheets has some three hundred
RATIO = 300  # times the packed size; deflate reaches 1,032, a real table below 60
UNPACKED = 2_000_000_000  # bytes; a file of 300 MB that is a table stays below
SMALL = 100_000_000  # bytes; below this no ratio does harm
WHOLE = 600_000_000  # bytes of one part that a reader takes into memory at once
CHUNK = 1_000_000
LOCAL = struct.Struct("<4s5H3L2H")  # header before each part's bytes
TORN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

Packed = bytes | Path  # a zip in memory or on the disk


@dataclass(frozen=True)
class Inside:
    """A file inside a zip, unpacked as it is read."""

    zip: Packed
    part: zipfile.ZipInfo
    name: str

    def open(self, _mode: str = "rb") -> BinaryIO:
        return io.BufferedReader(_Unpacking(opened(self.zip, self.part, self.name)), CHUNK)


class _Unpacking(io.RawIOBase):
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        some = self._rest[: len(buffer)]
        buffer[: len(some)], self._rest = some, self._rest[len(some) :]
        return len(some)


def is_zip(content: Packed) -> bool:
    """Whether the bytes begin as a zip does."""
    with _file(content) as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _file(content: Packed) -> BinaryIO:
    return content.open("rb") if isinstance(content, Path) else io.BytesIO(content)


def _size(content: Packed) -> int:
    return content.stat().st_size if isinstance(content, Path) else len(content)


def parts(content: Packed, file_name: str) -> dict[str, zipfile.ZipInfo]:
    """The parts by name; Refused where there are too many, or where they would unpack to too much for their size."""
    try:
        with _file(content) as file, zipfile.ZipFile(file) as box:
            found = box.infolist()
    except TORN:
        raise torn(file_name) from None
    if len(found) > PARTS:
        raise _bomb(file_name, f"压缩包里有 {len(found)} 个部分，不像一张报送表")
    unpacked, size = sum(part.file_size for part in found), max(_size(content), 1)
    if unpacked > UNPACKED:
        raise _bomb(file_name, f"文件解压后超过 {UNPACKED // 1_000_000_000} GB，不像一张报送表")
    if unpacked > SMALL and unpacked > RATIO * size:
        raise _bomb(file_name, f"文件解压后是原来的 {unpacked // size} 倍，像是压缩炸弹")
    by_name = {part.filename: part for part in found}
    if len(by_name) < len(found):  # two parts of one name: which is read hangs on the reader
        raise torn(file_name)
    return by_name


def opened(content: Packed, part: zipfile.ZipInfo, file_name: str) -> Iterator[bytes]:
    """A part's bytes, piece by piece; Refused where there are more of them than the part declares, or other ones."""
    size = check = 0
    try:
        for piece in _inflated(content, part):
            size, check = size + len(piece), zlib.crc32(piece, check)
            if size > part.file_size:
                raise _bomb(file_name, "文件里有一部分解压后比它声明的大，像是压缩炸弹")
            yield piece
        if check != part.CRC:
            raise zipfile.BadZipFile("damaged on its way")
    except TORN:
        raise torn(file_name) from None


def whole(content: Packed, part: zipfile.ZipInfo, file_name: str) -> bytes:
    """All bytes of a part."""
    if part.file_size > WHOLE:
        raise _bomb(file_name, f"文件里有一部分解压后有 {part.file_size // 1_000_000} MB，读不了")
    return b"".join(opened(content, part, file_name))


def _inflated(content: Packed, part: zipfile.ZipInfo) -> Iterator[bytes]:
    if part.flag_bits & 1:
        raise ValueError("locked")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError(part.compress_type)
    with _file(content) as file:
        file.seek(part.header_offset)
        head = LOCAL.unpack(file.read(LOCAL.size))
        file.seek(head[9] + head[10], os.SEEK_CUR)
        packed = _packed(file, part.compress_size)
        yield from packed if part.compress_type == zipfile.ZIP_STORED else _deflated(packed)


def _packed(file: BinaryIO, left: int) -> Iterator[bytes]:
    """The bytes of a part as they are packed; fewer where the file ends."""
    while piece := file.read(min(CHUNK, left)):
        left -= len(piece)
        yield piece


def _deflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    stream = zlib.decompressobj(-15)
    for rest in packed:
        while rest and not stream.eof:
            yield stream.decompress(rest, CHUNK)
            rest = stream.unconsumed_tail
    if not stream.eof:
        raise EOFError("torn")


def torn(file_name: str) -> Refused:
    """What is said of a file that cannot be opened."""
    why = "文件打不开：可能没有传完、已损坏、加了密码或不是表格"
    return refuse("unreadable_file", "文件", file_name, why, "请去掉密码，用 WPS 或 Excel 另存为 xlsx 后重新上传")


def _bomb(file_name: str, why: str) -> Refused:
    remedy = "没有打开这份文件。请用 WPS 或 Excel 另存为新的 xlsx 后再上传；仍不行请联系系统管理员"
    return refuse("bomb", "文件", file_name, why, remedy)
