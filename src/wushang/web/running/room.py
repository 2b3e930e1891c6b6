"""Room on the disk: of the file system that holds the home folder, and what the house itself takes of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

LEAST_FREE = 0.1  # of the disk; below that the page says so


def room() -> dict[str, Any]:
    """{free, total, scarce, parts: [(what, bytes)]}."""
    home = Path(settings.WUSHANG_HOME)
    disk = shutil.disk_usage(home)
    parts = [(_("原件附件"), folder(Path(settings.WUSHANG_FILES))), (_("统计数据"), folder(Path(settings.WUSHANG_SNAPSHOT)))]
    if connection.vendor == "sqlite":
        parts.insert(0, (_("数据库"), files(home.glob("ledger.sqlite3*"))))
    return {"free": disk.free, "total": disk.total, "scarce": disk.free < disk.total * LEAST_FREE, "parts": parts}


def files(paths: Any) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def folder(path: Path) -> int:
    """Bytes of all files below; a file that goes away meanwhile is not there any more."""
    size = 0
    for where, _folders, names in os.walk(path):
        for name in names:
            try:
                size += os.stat(os.path.join(where, name)).st_size
            except FileNotFoundError:
                continue
    return size
