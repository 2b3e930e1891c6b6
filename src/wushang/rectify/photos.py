"""Photos: what they are is told by their first bytes, not by their name. Kept once under their SHA-256, sealed, without the
place and time that a telephone writes into them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wushang.people.deed import refuse
from wushang.people.sealed_files import seal, unseal
from wushang.warn.pictures import plain

LARGEST = 10 * 1024 * 1024
MOST = 20
MIME = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def kind_of(data: bytes) -> str:
    """jpg, png, webp; '' for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def check(data: bytes) -> str:
    """The kind of a photo that may be kept; refuses others with what to do."""
    column = _("照片")
    if not data:
        raise refuse("empty_file", _("照片是空文件。"), _("请重新拍照再上传。"), column=column)
    if len(data) > LARGEST:
        raise refuse("large_file", _("照片超过 10 MB。"), _("请在手机相册里选“小一点”的尺寸，或重新拍一张。"), column=column)
    if not (kind := kind_of(data)):
        raise refuse("file_kind", _("这不是照片（JPG、PNG 或 WebP）。"), _("请直接拍照，或从相册选照片。"), column=column)
    return kind


def keep(data: bytes, kind: str) -> str:
    """Store the picture; returns its SHA-256. The same photo twice is one file; a killed write leaves no half file."""
    data = plain(data)
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest, kind)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            draft.write(seal(data))
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(path)
    return digest


def path_of(digest: str, kind: str) -> Path:
    return Path(settings.WUSHANG_FILES) / "rectify" / digest[:2] / f"{digest}.{kind}"


def kept(digest: str, kind: str) -> BytesIO | None:
    """A kept photo, opened; None where it is not there."""
    path = path_of(digest, kind)
    return BytesIO(unseal(path.read_bytes())) if path.exists() else None
