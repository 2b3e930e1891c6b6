"""Files on a disk: the name of a half-written one; a full disk, how it is known among errors, and what is said."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

from wushang.terms.problem import Problem

NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
WORDS = ("database or disk is full", "no space left on device")  # SQLite's and PostgreSQL's
SQLSTATE = "53100"  # disk_full

FULL = Problem(
    "disk_full", "", "", "服务器磁盘已满，这一步没有保存。", "已有的数据都完好。请联系系统管理员清理磁盘后再试一次。"
)


def draft_of(path: Path, ending: str) -> Path:
    """Where a file is written before it takes its name: beside it, and no other process or thread writes there."""
    return path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.{ending}")


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what it came from, is that a disk has no room left."""
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, OSError) and error.errno in NUMBERS:
            return True
        if getattr(error, "sqlstate", "") == SQLSTATE or any(words in str(error).lower() for words in WORDS):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False
