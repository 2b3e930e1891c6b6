"""What a file holds, as it arrived: its bytes where it is small; its place on the disk, or in a zip, where it is not and is
read as it goes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from wushang.collect.reading.box import Inside
from wushang.people.deed import refuse

Content = bytes | Path | Inside


def sent(file: UploadedFile) -> Content:
    """A file that a browser or a machine sent; a large one lies on the disk until the request is over."""
    place = getattr(file, "temporary_file_path", None)
    return Path(place()) if place else file.read()


def opened(content: Content) -> BinaryIO:
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def size_of(content: Content) -> int:
    if isinstance(content, Inside):
        return content.part.file_size
    return content.stat().st_size if isinstance(content, Path) else len(content)


def refuse_empty(content: Content, file_name: str) -> None:
    """Refuse a file of no bytes before anybody asks which table it is."""
    if not size_of(content):
        raise refuse("empty_file", _("文件是空的。"), _("请打开文件看看是否存过盘，再上传。"), value=file_name)


def start_of(content: Content, length: int = 512) -> bytes:
    """The first bytes: they tell what sort of file it is."""
    with opened(content) as file:
        return file.read(length)


def whole(content: Content) -> bytes:
    """All of it, for those files that cannot be read as they go: workbooks."""
    with opened(content) as file:
        return file.read()
