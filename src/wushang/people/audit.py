"""The audit chain: every deed, export and read of plain personal values writes a row in its own transaction;
the worker seals committed rows into a hash chain; `verify` proves that none was changed, removed or inserted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from wushang.people.actor import Actor

GENESIS = "0" * 64


def write(actor: Actor, at: datetime, verb: str, subject: str, detail: dict | None = None) -> None:
    from wushang.people.models import AuditEntry

    AuditEntry.objects.create(
        at=at, user=actor.user, name=actor.name, via=actor.via, verb=verb, subject=subject, detail=detail or {}
    )


def digest(previous: str, entry) -> str:
    """SHA-256 over the previous digest and the entry's own values, in a fixed order."""
    said = [
        previous, entry.sequence, entry.at.isoformat(), entry.user_id, entry.name, entry.via,
        entry.verb, entry.subject, json.dumps(entry.detail, sort_keys=True, ensure_ascii=False),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def seal(limit: int = 1000) -> int:
    """Chain the committed rows that are not sealed yet; returns how many. One sealer at a time."""
    from wushang.people.models import AuditEntry, one_at_a_time

    with transaction.atomic():
        one_at_a_time("audit")
        last = AuditEntry.objects.exclude(sequence=None).order_by("-sequence").first()
        sequence, previous = (last.sequence, last.digest) if last else (0, GENESIS)
        waiting = list(AuditEntry.objects.filter(sequence=None).order_by("pk")[:limit])
        for entry in waiting:
            sequence += 1
            entry.sequence = sequence
            entry.digest = previous = digest(previous, entry)
        AuditEntry.objects.bulk_update(waiting, ["sequence", "digest"])
    return len(waiting)


@dataclass(frozen=True)
class Verdict:
    ok: bool
    rows: int
    head: str
    broken_at: int | None
    unsealed: int
    why: str = ""


def verify() -> Verdict:
    """Walk the whole chain and compare it with the heads written outside the database."""
    from wushang.people.models import AuditEntry

    previous, expected = GENESIS, 1
    heads = dict(read_heads())
    unsealed = AuditEntry.objects.filter(sequence=None).count()
    for entry in AuditEntry.objects.exclude(sequence=None).order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            return Verdict(False, expected - 1, previous, expected, unsealed, f"row {expected} is missing")
        previous = digest(previous, entry)
        if previous != entry.digest:
            return Verdict(False, expected, previous, expected, unsealed, f"row {expected} was changed")
        if heads.get(expected, previous) != previous:
            return Verdict(False, expected, previous, expected, unsealed, f"row {expected} differs from the written head")
        expected += 1
    if heads and max(heads) >= expected:
        return Verdict(False, expected - 1, previous, expected, unsealed, "rows at the end are missing")
    return Verdict(True, expected - 1, previous, None, unsealed)


def heads_file() -> Path:
    return Path(settings.WUSHANG_HOME) / "audit-heads.txt"


def write_head(today) -> None:
    """Append today's head to a file outside the database, once a day."""
    from wushang.people.models import AuditEntry

    last = AuditEntry.objects.exclude(sequence=None).order_by("-sequence").first()
    path = heads_file()
    if last is None or (path.exists() and path.read_text().rstrip().rsplit("\n", 1)[-1].startswith(str(today))):
        return
    with path.open("a") as out:
        out.write(f"{today} {last.sequence} {last.digest}\n")


def read_heads() -> Iterator[tuple[int, str]]:
    path = heads_file()
    for line in path.read_text().splitlines() if path.exists() else ():
        _, sequence, head = line.split()
        yield int(sequence), head
