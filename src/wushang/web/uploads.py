"""An upload beyond the largest file is not kept while it streams in: what is over goes nowhere, and its size tells."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class Limit(FileUploadHandler):
    """Stands before the handlers that keep: they get at most a little more than WUSHANG_FILE_MB, so the file is refused by
    size (collect) and a disk is not filled by it."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.WUSHANG_FILE_MB * 1_000_000 else None

    def file_complete(self, file_size: int) -> None:
        """Keeping is for the next handler."""
