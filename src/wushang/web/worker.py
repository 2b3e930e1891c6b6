"""The worker: in one round every duty does what waits for it. A duty that fails is logged and tried again next round;
killed at any instant the worker loses and doubles nothing, because every piece of work is a row with a state."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from wushang.collect.deeds.check_batch import check_waiting
from wushang.integrate.waiting import land_waiting, undo_waiting
from wushang.people import audit
from wushang.pool import landing, snapshot

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Duty:
    """A name, and what to do: returns how many pieces were done."""

    name: str
    do: Callable[[datetime], int]


def build_snapshot(at: datetime) -> int:
    return 1 if snapshot.behind() and snapshot.build(at) else 0


def seal_audit(at: datetime) -> int:
    sealed = audit.seal()
    audit.write_head(timezone.localdate(at))
    return sealed


DUTIES: tuple[Duty, ...] = (
    Duty("clear landings whose process died", landing.clear_dead),
    Duty("check files that were received", check_waiting),
    Duty("land deliveries that were confirmed", land_waiting),
    Duty("take back deliveries that were withdrawn", undo_waiting),
    Duty("bring the snapshot to the latest commit", build_snapshot),
    Duty("seal the audit rows", seal_audit),
)


def one_round(at: datetime, duties: tuple[Duty, ...] | None = None) -> int:
    """Do every duty once; returns how many pieces of work were done."""
    done = 0
    for duty in duties or DUTIES:
        close_old_connections()
        try:
            done += duty.do(at)
        except Exception:
            log.exception("duty failed: %s", duty.name)
    return done
