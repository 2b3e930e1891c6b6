"""Take turns: a named lease that one process holds while it works and that lapses soon after the process dies.

Leases are short; long work renews them as it goes on (`renew`). Their time is that of the round plus what has passed since
it began: a round's `at` stands still, and a lease taken late in a long round must not be over before it begins.
"""

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from django.db import IntegrityError, connection, transaction

from wushang.people.models import Lease

SECONDS = 180
SELDOM = 20.0  # seconds between two renewals, however often the work asks for one

_round: ContextVar[tuple[datetime, float] | None] = ContextVar("round", default=None)
_turns: ContextVar[tuple["Turn", ...]] = ContextVar("turns", default=())


class Lost(Exception):
    """The lease lapsed and somebody else took it: this caller must not go on."""


@dataclass
class Turn:
    """A caller's turn: true where the lease was taken."""

    name: str
    holder: str
    start: datetime
    seconds: int
    taken: bool = False
    began: float = field(default_factory=lambda: monotonic())
    renewed: float = 0.0  # seconds after the beginning

    def __bool__(self) -> bool:
        return self.taken

    def renew(self) -> None:
        """As much time again from now on; raises Lost."""
        passed = monotonic() - self.began
        until = self.start + timedelta(seconds=passed + self.seconds)
        if not Lease.objects.filter(name=self.name, holder=self.holder).update(until=until):
            raise Lost(f"lease {self.name} was taken by somebody else")
        self.renewed = passed

    def old(self) -> bool:
        return monotonic() - self.began - self.renewed > SELDOM


def renew() -> None:
    """The work goes on: renew what this caller holds, seldom. Not inside a transaction, where nobody would see it."""
    if not connection.in_atomic_block:
        for turn in _turns.get():
            if turn.old():
                turn.renew()


@contextmanager
def round_of(at: datetime) -> Iterator[None]:
    """A worker's round began now and calls this instant `at` from its first duty to its last."""
    token = _round.set((at, monotonic()))
    try:
        yield
    finally:
        _round.reset(token)


@contextmanager
def held(name: str, at: datetime, seconds: int = SECONDS) -> Iterator[Turn]:
    """Yields a turn that is true while this caller holds the lease, false when somebody else does."""
    turn = Turn(name, f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}", by_now(at), seconds)
    turn.taken = _take(name, turn.holder, turn.start, turn.start + timedelta(seconds=seconds))
    token = _turns.set((*_turns.get(), turn) if turn.taken else _turns.get())
    try:
        yield turn
    finally:
        _turns.reset(token)
        if turn.taken:
            Lease.objects.filter(name=name, holder=turn.holder).delete()


def by_now(at: datetime) -> datetime:
    """The instant that it is by now where `at` is the beginning of this worker's round; else `at` itself."""
    began = _round.get()
    return at + timedelta(seconds=monotonic() - began[1]) if began and began[0] == at else at


def _take(name: str, holder: str, at: datetime, until: datetime) -> bool:
    if Lease.objects.filter(name=name, until__lt=at).update(holder=holder, until=until):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, until=until)
        return True
    except IntegrityError:
        return False
