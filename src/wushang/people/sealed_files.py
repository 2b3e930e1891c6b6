"""Files at rest are sealed: what lies on the disk tells nothing without the key. What was kept before stays readable."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from wushang.people import sealed


def seal(content: bytes) -> bytes:
    """Bytes as they lie on the disk."""
    out = io.BytesIO()
    sealed.write(io.BytesIO(content), out)
    return out.getvalue()


def unseal(kept: bytes) -> bytes:
    """The bytes again; a file from before files were sealed is given as it is."""
    return sealed.opened(io.BytesIO(kept)).read() if kept.startswith(sealed.MARK) else kept


@deconstructible
class SealedStorage(FileSystemStorage):
    """Django's folder of files, each sealed when it is written and opened as it was."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        with super()._open(name, "rb") as kept:
            opened = ContentFile(unseal(kept.read()))
        opened.name = name
        return opened

    def _save(self, name: str, content: Any) -> str:
        content.seek(0)
        return super()._save(name, File(ContentFile(seal(content.read())), name=name))
