"""Photos lose what a telephone writes into them and nothing else; files at rest are sealed."""

import hashlib
import struct
import zlib

import pytest

from wushang.people.sealed import MARK
from wushang.people.sealed_files import seal, unseal
from wushang.warn import papers, pictures

GPS = b"GPS 29.1N 120.0E"


def exif(orientation: int) -> bytes:
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) + b"\0\0\0\0" + GPS
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xdb\x00\x04\x01\x02" + b"\xff\xda\x00\x04\x09\x09picture data\xff\xd9"


def test_a_jpeg_loses_its_place_and_keeps_how_the_camera_was_held():
    plain = pictures.plain(jpeg(exif(6), b"\xff\xfe\x00\x07maker"))
    assert GPS not in plain and b"maker" not in plain and plain.endswith(b"picture data\xff\xd9")
    assert pictures._orientation(plain[plain.index(b"Exif\0\0") + 6 :]) == 6
    assert b"Exif" not in pictures.plain(jpeg(exif(1)))


def test_a_png_and_a_webp_lose_their_notes():
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    png = pictures.PNG + chunk(b"IHDR", b"1" * 13) + chunk(b"eXIf", GPS) + chunk(b"IDAT", b"picture") + chunk(b"IEND", b"")
    assert GPS not in pictures.plain(png) and b"picture" in pictures.plain(png)
    parts = b"VP8X" + struct.pack("<I", 10) + bytes([0b00001100]) + b"\0" * 9 + b"VP8 " + struct.pack("<I", 8) + b"picture!"
    parts += b"EXIF" + struct.pack("<I", len(GPS)) + GPS
    webp = b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts
    plain = pictures.plain(webp)
    assert GPS not in plain and b"picture!" in plain and plain[20] == 0 and struct.unpack("<I", plain[4:8])[0] == len(plain) - 8


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"%PDF-1.7", b"\xff\xd8\xff\xe1\xff"])
def test_what_cannot_be_read_is_kept_as_it_is(data):
    assert pictures.plain(data) == data


@pytest.mark.django_db
def test_a_receipt_photo_lies_sealed_on_the_disk_and_opens_as_it_was(drafted, advance, settings):
    warning = advance(drafted, "delivered")
    receipt = warning.receipts.get()
    lying = (settings.WUSHANG_FILES / receipt.photo.name).read_bytes()
    assert lying.startswith(MARK) and b"photo" not in lying and receipt.photo.open("rb").read() == b"\xff\xd8\xffphoto"
    pdf = warning.letter.files.get(kind="pdf")
    assert pdf.file.open("rb").read().startswith(b"%PDF") and (settings.WUSHANG_FILES / pdf.file.name).read_bytes().startswith(MARK)


@pytest.mark.django_db
def test_a_photographed_scan_loses_its_place_and_lies_sealed(drafted, people, now, settings):
    held = papers.keep(drafted.letter, "scan", "盖章件.jpg", jpeg(exif(1)), people.wangli, now)
    opened, lying = held.file.open("rb").read(), (settings.WUSHANG_FILES / held.file.name).read_bytes()
    assert b"picture data" in opened and GPS not in opened and lying.startswith(MARK) and b"picture data" not in lying
    assert (held.size, held.sha256) == (len(opened), hashlib.sha256(opened).hexdigest())


def test_a_file_from_before_is_still_read():
    assert unseal(b"%PDF old") == b"%PDF old" and unseal(seal(b"new")) == b"new"
