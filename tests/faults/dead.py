"""What a dead worker leaves behind, and time that passes until others may take it over."""

from __future__ import annotations

from datetime import UTC, datetime

from wushang.collect.models import Batch
from wushang.people.models import Lease
from wushang.pool.models import Commit
from wushang.warn.models import Delivery

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def left_behind() -> list[str]:
    """By name: an open landing, a file being read, a claimed message, a lease."""
    found = [f"lease {name.split(':')[0]}" for name in Lease.objects.values_list("name", flat=True)]
    found += ["landing open"] if Commit.objects.filter(number=None).exists() else []
    found += ["file being read"] if Batch.objects.filter(state=Batch.READ).exists() else []
    return found + (["message claimed"] if Delivery.objects.filter(state="claimed").exists() else [])


def time_passes() -> None:
    """Every lease runs out."""
    Lease.objects.update(until=LONG_AGO)
    for rows in (Commit.objects.filter(number=None), Batch.objects.filter(state=Batch.READ), Delivery.objects.filter(state="claimed")):
        rows.update(lease_until=LONG_AGO)
