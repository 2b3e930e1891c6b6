"""Files of a 整改方案: PDF, Word or photos. What a file is is told by its bytes, not by its name; kept sealed as photos are."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from django.utils.translation import gettext as _

from wushang.people.deed import refuse
from wushang.rectify import photos

LARGEST = 20 * 1024 * 1024
MOST = 10
LONGEST_NAME = 80
WORD = {
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MIME = photos.MIME | {"pdf": "application/pdf"} | WORD
ACCEPT = ".pdf,.doc,.docx,image/jpeg,image/png,image/webp"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the box of Word before 2007, and of any locked Word file


def check(data: bytes, name: str) -> str:
    """The kind of a file that may be kept; refuses others with what to do. `name` is only spoken of."""
    column = _("整改方案")
    if not data:
        raise refuse("empty_file", _("“%(name)s”是空文件。") % {"name": name}, _("请重新选择，或重新拍照。"), column=column)
    if len(data) > LARGEST:
        raise refuse("large_file", _("“%(name)s”超过 20 MB。") % {"name": name}, _("请分成几个文件，或降低清晰度再上传。"), column=column)
    if data.startswith(b"%PDF-"):
        return "pdf"
    if kind := photos.kind_of(data) or _word(data, name):
        return kind
    raise refuse(
        "file_kind", _("“%(name)s”不是 PDF、Word 或照片。") % {"name": name}, _("请另存为 PDF，或直接拍照上传。"), column=column
    )


def _word(data: bytes, name: str) -> str:
    """docx or doc; '' for anything else. A locked file and one with macros are refused in words of their own."""
    streams = _parts(data) if data.startswith(b"PK") else _streams(data) if data.startswith(OLE) else set()
    if "EncryptedPackage" in streams:
        raise refuse("locked_file", _("“%(name)s”设了打开密码，审阅人打不开。") % {"name": name}, _("请去掉密码，或另存为 PDF 再上传。"))
    if streams & {"word/vbaProject.bin", "_VBA_PROJECT"}:
        raise refuse("macros", _("“%(name)s”带有宏，不能收。") % {"name": name}, _("请另存为 PDF 再上传。"))
    return "docx" if "word/document.xml" in streams else "doc" if "WordDocument" in streams else ""


def _parts(data: bytes) -> set[str]:
    """Names in a zip; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            return set(box.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return set()


def _streams(data: bytes) -> set[str]:
    """Which of the telling streams an OLE file has; its directory writes names as UTF-16."""
    return {name for name in ("WordDocument", "EncryptedPackage", "_VBA_PROJECT") if name.encode("utf-16-le") in data}


def shown_name(name: str, kind: str) -> str:
    """The name without folders and with the ending of what the file is: 方案.exe that is a PDF becomes 方案.pdf."""
    stem = PurePath(name.replace("\\", "/")).stem.strip() or _("整改方案")
    return f"{''.join(c for c in stem if c.isprintable())[:LONGEST_NAME]}.{kind}"
