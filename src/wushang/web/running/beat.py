"""The worker's sign of life: a small file in the home folder with who came last and when. A page tells from it whether the
worker still comes, because a worker that died says nothing."""

from __future__ import annotations

import json
import logging
import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings

from wushang.people.lease import by_now

EVERY = 20.0  # seconds between two signs
GRACE = timedelta(minutes=3)  # as long as a lease: after that somebody else may take the dead one's work

log = logging.getLogger(__name__)
_last = [-EVERY]  # of this process


@dataclass(frozen=True)
class Beat:
    at: datetime
    who: str  # host:process

    def late(self, now: datetime) -> bool:
        return now - self.at > GRACE


def file() -> Path:
    return Path(settings.WUSHANG_HOME) / "worker.beat"


def beat(at: datetime) -> None:
    """Leave the sign, seldom. A disk without room does not stop the work."""
    if monotonic() - _last[0] < EVERY:
        return
    _last[0] = monotonic()
    said = {"at": by_now(at).isoformat(), "who": f"{socket.gethostname()}:{os.getpid()}"}
    draft = file().with_suffix(f".{os.getpid()}")
    try:
        draft.write_text(json.dumps(said), encoding="utf-8")
        draft.replace(file())
    except OSError:
        log.warning("the worker could not leave its sign in %s", file(), exc_info=True)


def last() -> Beat | None:
    """Who came last; None where nobody ever did."""
    try:
        said = json.loads(file().read_text(encoding="utf-8"))
        return Beat(datetime.fromisoformat(said["at"]), str(said["who"]))
    except (OSError, ValueError, KeyError):
        return None
