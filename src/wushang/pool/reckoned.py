"""What was reckoned of one version of the pool: once for all processes of this machine, kept in the home folder.

A value is plain JSON and its name says all that it hangs on (the program, the pool's key, the question), so that what lies there is never
old. Nothing is lost with it: whoever finds nothing reckons anew.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings

import wushang
from wushang.terms.disk import draft_of

log = logging.getLogger(__name__)
HELD = 500  # values of one process; the oldest goes first
_held: OrderedDict[Path, Any] = OrderedDict()
_turn = threading.RLock()


def once(what: str, hangs_on: tuple[Any, ...], reckon: Callable[[], Any]) -> Any:
    """What `reckon` says, by whoever asks first; the others wait for him. Nobody may change a value that he got."""
    path = _folder() / f"{what}-{hashlib.blake2b(repr((_program(), *hangs_on)).encode(), digest_size=16).hexdigest()}.json"
    with suppress(KeyError):
        return _held[path]
    with _turn:
        return _held[path] if path in _held else _keep(path, _found(path, reckon))


@functools.cache
def _program() -> str:
    """The digest of our own modules: what an older program reckoned is not taken for what this one would say."""
    said = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(wushang.__file__).parent.rglob("*.py")):
        said.update(path.read_bytes())
    return said.hexdigest()


def _found(path: Path, reckon: Callable[[], Any]) -> Any:
    """The value that another process left here, else a new one."""
    with suppress(OSError, ValueError):  # none, or half of one after a power cut
        return json.loads(path.read_text(encoding="utf-8"))
    began = monotonic()
    text = json.dumps(reckon(), ensure_ascii=False)
    log.info("%s reckoned in %.2f s", path.name, monotonic() - began)
    _write(path, text)
    return json.loads(text)  # the same kind of value as the next process reads


def _write(path: Path, text: str) -> None:
    draft = draft_of(path, "draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError:  # a full disk: the page is shown all the same
        log.warning("what was reckoned is not kept: %s", path, exc_info=True)


def _keep(path: Path, value: Any) -> Any:
    _held[path] = value
    while len(_held) > HELD:
        _held.popitem(last=False)
    return value


def sweep(at: datetime, keep: timedelta = timedelta(days=2)) -> None:
    """Delete what was reckoned longer ago."""
    for path in _files():
        with suppress(FileNotFoundError):
            if at.timestamp() - path.stat().st_mtime > keep.total_seconds():
                path.unlink()


def forget() -> None:
    """As if nothing had been reckoned yet (a bench, a test)."""
    _held.clear()
    for path in _files():
        path.unlink(missing_ok=True)


def _files() -> Iterator[Path]:
    yield from list(_folder().glob("*")) if _folder().exists() else ()


def _folder() -> Path:
    return Path(settings.WUSHANG_HOME) / "reckoned"
