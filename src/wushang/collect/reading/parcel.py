"""A zip of several files: what is in it, by readable names; nothing is written to disk, no name is a path."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field

from wushang.collect.reading import box
from wushang.collect.reading.sheet import refuse
from wushang.terms.problem import Problem, Refused

MOST = 200  # files
UNPACKED = 600_000_000  # bytes of all files together
OFFICE = ("[Content_Types].xml", "xl/workbook.xml", "mimetype", "content.xml")
NO_FILE = re.compile(r"^(?:~\$|\._|\.)|^(?:Thumbs\.db|desktop\.ini)$", re.I)  # what systems leave beside files


@dataclass(frozen=True)
class Parcel:
    """The files by name, each to be unpacked as it is read, and what could not be taken out, one sentence each."""

    files: list[tuple[str, box.Inside]] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)


def is_parcel(content: box.Packed, file_name: str) -> bool:
    """Whether it is a zip that is no workbook itself."""
    if not box.is_zip(content):
        return False
    names = box.parts(content, file_name)
    return bool(names) and not any(name in names for name in OFFICE)


def unpacked(content: box.Packed, file_name: str) -> Parcel:
    """Every file of the parcel; Refused where it is too large or locked as a whole. Each is looked through once."""
    parts = [part for part in box.parts(content, file_name).values() if _is_file(part)]
    if len(parts) > MOST:
        raise refuse("bomb", "文件", file_name, f"压缩包里有 {len(parts)} 个文件，超过 {MOST} 个", "请分几次上传")
    if sum(part.file_size for part in parts) > UNPACKED:
        why = f"压缩包解压后超过 {UNPACKED // 1_000_000} MB"
        raise refuse("large_file", "文件", file_name, why, "请把文件分开上传")
    found = Parcel()
    for part in parts:
        _take(content, part, found)
    return found


def _take(content: box.Packed, part: zipfile.ZipInfo, found: Parcel) -> None:
    inner = box.Inside(content, part, readable(part))
    try:
        if _holds_parcel(inner):
            why = "压缩包里又有压缩包，没有再打开"
            raise refuse("parcel", "文件", inner.name, why, "请解压后再上传")
        found.files.append((inner.name, inner))
    except Refused as refused:
        found.left.append(refused.problem)


def _holds_parcel(inner: box.Inside) -> bool:
    """Whether it is a zip of files itself. Only what begins as a zip is in memory for this; of all the rest no more than a
    piece at a time, to its end: what is torn, or larger than it says, is told here."""
    with inner.open() as file:
        start = file.read(4)
        if not box.is_zip(start):
            while file.read(box.CHUNK):
                pass
            return False
    return is_parcel(box.whole(inner.zip, inner.part, inner.name), inner.name)


def _is_file(part: zipfile.ZipInfo) -> bool:
    name = readable(part)
    return not part.is_dir() and not NO_FILE.search(name) and not part.filename.startswith("__MACOSX/")


def readable(part: zipfile.ZipInfo) -> str:
    """The last piece of a part's name, in the letters it was written in: UTF-8 where the zip says so, else GBK."""
    name = part.filename
    if not part.flag_bits & 0x800:
        name = _letters(name)
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f:*?\"<>|]", "", last).strip() or "file"


def _letters(name: str) -> str:
    """A name that zipfile read as code page 437, read as what it is."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
