"""Kept files and checked tables of ledgers before 0002 are sealed in pieces and parted, as `collect.shelf` reads them now.

Whole or not at all, file by file: begun again it goes on where it was.
"""

import base64
import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations

from wushang.collect import shelf
from wushang.people import sealed
from wushang.people.crypto import decrypt


def keep_anew(apps: Any, schema_editor: Any) -> None:
    root = Path(settings.WUSHANG_FILES) / "collect"
    for path in sorted((root / "files").glob("*/*.sealed")):
        if is_old(path):
            rewrite(path, path, plain(path))
    for path in sorted(root.glob("*/accepted.parquet")):
        path.rename(path.with_name(shelf.ACCEPTED.replace("*", "00000")))
    for path in sorted(root.glob("*/personal.sealed")):
        rewrite(path, path.with_name(shelf.PERSONAL.replace("*", "00000")), plain(path))
        path.unlink()


def is_old(path: Path) -> bool:
    with path.open("rb") as file:
        return not file.read(len(sealed.MARK)) == sealed.MARK


def plain(path: Path) -> bytes:
    return base64.b64decode(decrypt(path.read_text("ascii")))


def rewrite(old: Path, new: Path, content: bytes) -> None:
    part = new.with_name(f"{new.name}.part")
    with part.open("wb") as out:
        sealed.write(io.BytesIO(content), out)
    part.replace(new)


class Migration(migrations.Migration):
    dependencies = [("collect", "0006_drop_pieces")]
    operations = [migrations.RunPython(keep_anew, migrations.RunPython.noop)]
