"""Which meeting pages people look at: the worker counts these of a new version of the data before anybody can see it, so that
no reader waits for figures."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.utils import timezone

from wushang.people.access import scope_of
from wushang.people.models import User
from wushang.pool.snapshot import Manifest
from wushang.web.meeting.reading import content_for

log = logging.getLogger(__name__)
LATELY = timedelta(minutes=30)
OFTEN = 60  # seconds: how often a look is noted
SECONDS = 15  # that a new version may wait for it
NEWEST = "newest"  # the address names no month


def note(user: User, end: str, span: str, at: datetime) -> None:
    """Somebody looks at a page; `end` as in the address (2026-03; '': the newest that is complete)."""
    path = _folder() / f"{user.pk}_{end or NEWEST}_{span}"
    with suppress(OSError):  # a full disk
        if not path.exists() or at.timestamp() - path.stat().st_mtime > OFTEN:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            os.utime(path, (at.timestamp(), at.timestamp()))


def prepare(manifest: Manifest, at: datetime) -> int:
    """Count the pages of those who looked lately, the last first; returns how many were looked through."""
    began, done = monotonic(), 0
    for path in _looked(at):
        if monotonic() - began > SECONDS:
            break
        try:
            done += _one(path.name, manifest, at)
        except Exception:  # the version is published all the same
            log.exception("a meeting page was not prepared: %s", path.name)
    return done


def _one(name: str, manifest: Manifest, at: datetime) -> int:
    user, end, span = name.split("_")
    known = User.objects.filter(pk=int(user)).first()
    if known is None:
        return 0
    today = timezone.localdate(at)
    content = content_for(scope_of(known, today), {"span": span} | ({} if end == NEWEST else {"end": end}), today, manifest=manifest)
    if not content.lacking:
        content.sentences(), content.headline(), content.data_to()
    return 1


def _looked(at: datetime) -> Iterator[Path]:
    """The newest look first; what is older goes."""
    found = []
    for path in _folder().glob("*_*_*"):
        with suppress(FileNotFoundError):  # another builder was faster to clear away
            found.append((path.stat().st_mtime, path))
    for looked, path in sorted(found, reverse=True):
        if at.timestamp() - looked <= LATELY.total_seconds():
            yield path
        else:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.WUSHANG_HOME) / "looked"
