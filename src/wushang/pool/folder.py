"""The folder beside us in which the snapshot lies, or its copies where a store holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from wushang.terms.disk import draft_of


def folder() -> Path:
    return Path(settings.WUSHANG_SNAPSHOT)


def sync(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


class Folder:
    """The folder beside us."""

    def text(self, name: str) -> str | None:
        path = folder() / name
        return path.read_text() if path.exists() else None

    def say(self, name: str, text: str) -> None:
        """A small file, replaced as a whole."""
        path = folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = draft_of(path, "draft")
        draft.write_text(text)
        sync(draft)
        draft.replace(path)

    def put(self, name: str) -> None:
        """It lies here already."""

    def has(self, name: str) -> bool:
        return (folder() / name).exists()

    def names(self) -> Iterator[tuple[str, float]]:
        """All files with the second they were written in."""
        for path in [path for path in folder().rglob("*") if path.is_file()]:
            yield path.relative_to(folder()).as_posix(), path.stat().st_mtime

    def remove(self, name: str) -> None:
        (folder() / name).unlink(missing_ok=True)

    def addresses(self, names: list[str]) -> list[str]:
        return [str((folder() / name).resolve()) for name in names]
