"""A photo without what a telephone writes beside the picture: place, time, device. The picture itself is not touched, so
nothing is lost but how the camera was held, and that one word is kept."""

from __future__ import annotations

import struct
from collections.abc import Iterator

JPEG, PNG, RIFF = b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF"
TOLD = {0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEF, 0xFE}  # application and comment segments
PNG_TOLD = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
WEBP_TOLD = {b"EXIF", b"XMP "}
ORIENTATION = 0x0112


def plain(data: bytes) -> bytes:
    """JPEG, PNG or WebP without its notes; anything else, and a file that breaks off, is given back as it is."""
    try:
        if data.startswith(JPEG):
            return _jpeg(data)
        if data.startswith(PNG):
            return PNG + b"".join(part for kind, part in _chunks(data) if kind not in PNG_TOLD)
        if data.startswith(RIFF) and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError):
        return data
    return data


def _jpeg(data: bytes) -> bytes:
    kept, held = [JPEG], 1
    for mark, part in _segments(data):
        if mark == 0xE1 and part[4:10] == b"Exif\0\0":
            held = _orientation(part[10:]) or held
        if mark not in TOLD:
            kept.append(part)
    if held != 1:
        kept.insert(1, _only_orientation(held))
    return b"".join(kept)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Mark and whole segment; from the picture's own data on (SOS), all the rest."""
    at = 2
    while at < len(data):
        if data[at] != 0xFF or data[at + 1] == 0xDA:
            yield 0xDA, data[at:]
            return
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        yield data[at + 1], data[at : at + 2 + length]
        at += 2 + length


def _orientation(tiff: bytes) -> int:
    """How the camera was held, 1–8; 0 where it is not told."""
    order = "<" if tiff[:2] == b"II" else ">"
    first = struct.unpack(order + "I", tiff[4:8])[0]
    for n in range(struct.unpack(order + "H", tiff[first : first + 2])[0]):
        entry = tiff[first + 2 + 12 * n : first + 14 + 12 * n]
        if struct.unpack(order + "H", entry[:2])[0] == ORIENTATION:
            told = struct.unpack(order + "H", entry[8:10])[0]
            return told if 1 <= told <= 8 else 0
    return 0


def _only_orientation(held: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 1) + struct.pack(">HHIHH", ORIENTATION, 3, 1, held, 0) + b"\0\0\0\0"
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(data):
        length = struct.unpack(">I", data[at : at + 4])[0]
        yield data[at + 4 : at + 8], data[at : at + 12 + length]
        at += 12 + length


def _webp(data: bytes) -> bytes:
    kept, at = [], 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])[0]
        part = data[at : at + 8 + length + length % 2]
        if kind == b"VP8X":  # its flags say that notes follow: bits 3 (EXIF) and 2 (XMP)
            part = part[:8] + bytes([part[8] & 0b11110011]) + part[9:]
        if kind not in WEBP_TOLD:
            kept.append(part)
        at += 8 + length + length % 2
    body = b"WEBP" + b"".join(kept)
    return RIFF + struct.pack("<I", len(body)) + body
