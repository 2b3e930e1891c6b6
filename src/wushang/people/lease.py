"""Take turns: a named lease that one process holds for a while and that lapses when the process dies."""

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from wushang.people.models import Lease


@contextmanager
def held(name: str, at: datetime, seconds: int = 120) -> Iterator[bool]:
    """Yields True while this caller holds the lease, False when somebody else does."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    taken = _take(name, holder, at, at + timedelta(seconds=seconds))
    try:
        yield taken
    finally:
        if taken:
            Lease.objects.filter(name=name, holder=holder).delete()


def _take(name: str, holder: str, at: datetime, until: datetime) -> bool:
    if Lease.objects.filter(name=name, until__lt=at).update(holder=holder, until=until):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, until=until)
        return True
    except IntegrityError:
        return False
