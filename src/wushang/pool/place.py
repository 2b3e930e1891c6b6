"""Where the snapshot is published and read from: the folder beside us or, where WUSHANG_SNAPSHOT is an address, a store.

With a store the folder beside us holds copies, which never grow old because files never change.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from django.conf import settings

from wushang.pool.folder import Folder, folder
from wushang.pool.store import opened

AT_ONCE = 8  # files that are fetched side by side
OFTEN, UNUSED = 3600, 24 * 3600  # seconds: how often a copy's use is noted; after which it is not in use any more


class Place(Protocol):
    def text(self, name: str) -> str | None: ...
    def say(self, name: str, text: str) -> None: ...
    def put(self, name: str) -> None: ...
    def has(self, name: str) -> bool: ...
    def names(self) -> Iterator[tuple[str, float]]: ...
    def remove(self, name: str) -> None: ...
    def addresses(self, names: list[str]) -> list[str]: ...


def place() -> Place:
    return opened(settings.WUSHANG_STORE) if settings.WUSHANG_STORE else Folder()


def near(names: list[str]) -> list[str]:
    """The files as paths on this machine; what a store holds and we do not is fetched first."""
    here = [folder() / name for name in names]
    if settings.WUSHANG_STORE:
        lacking = [name for name, path in zip(names, here, strict=True) if not _used(path)]
        if lacking:
            with ThreadPoolExecutor(AT_ONCE) as hands:
                list(hands.map(opened(settings.WUSHANG_STORE).fetch, lacking))
            tidy()
    return [str(path) for path in here]


def _used(path: Path) -> bool:
    """Whether a copy is here; its time says when it was last asked for."""
    try:
        if time.time() - path.stat().st_mtime > OFTEN:
            os.utime(path)
    except FileNotFoundError:
        return False
    return True


def tidy() -> None:
    """Copies that nobody asked for in a day go; they can be fetched again."""
    for path in folder().rglob("*.parquet"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > UNUSED:
                path.unlink()
