"""The archive to take along: one zip with the contents first, every piece under its plain name, and the list of digests."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from datetime import datetime
from typing import IO

from django.utils.translation import gettext as _

from wushang.evaluate.volume import contents
from wushang.evaluate.volume.contents import Packed
from wushang.evaluate.volume.order import Volume
from wushang.evaluate.volume.piece import Piece

IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger archive lies in an unnamed file, which is gone when it was sent
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a zip: no machine's clock in it


def pack(volume: Volume, by: str, at: datetime) -> tuple[IO[bytes], list[Packed]]:
    """The archive, ready to be read from its start, and what is in it."""
    held = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the answer reads and closes it
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as box:
        packed = [_put(box, place, piece) for place, piece in volume.numbered()]
        _write(box, _("00 卷内目录.pdf"), contents.pdf(volume, packed, by, at))
        _write(box, _("00 校验码.sha256"), _sums(packed))
    held.seek(0)
    return held, packed


def _put(box: zipfile.ZipFile, place: int, piece: Piece) -> Packed:
    """A file that is gone from the disk is told in its place and does not hold up the others."""
    name = piece.name(place)
    try:
        data = piece.make()
    except OSError:
        return Packed(place, piece, name, "", 0)
    _write(box, name, data)
    return Packed(place, piece, name, hashlib.sha256(data).hexdigest(), len(data))


def _write(box: zipfile.ZipFile, name: str, data: bytes) -> None:
    box.writestr(zipfile.ZipInfo(name, FIRST_DAY), data, zipfile.ZIP_DEFLATED)


def _sums(packed: list[Packed]) -> bytes:
    """As `sha256sum -c` reads it."""
    return "".join(f"{one.digest}  {one.name}\n" for one in packed if one.digest).encode()


def name(volume: Volume) -> str:
    """案卷 云溪市恒岳杯业有限公司 第12件.zip"""
    return _("案卷 %(unit)s 第%(n)d件.zip") % {"unit": volume.unit, "n": volume.warning}
