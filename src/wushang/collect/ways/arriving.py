"""One delivery by another way than the upload page: the same deeds; how it came is written beside it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wushang.collect.content import Content
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.doubts import asks_why
from wushang.collect.models import Arrival, Batch
from wushang.people.actor import Actor
from wushang.people.models import Department, Machine
from wushang.people.scope import Grant, Scope
from wushang.terms.period import Period
from wushang.terms.problem import Refused

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Brought:
    """What arrived, as every way brings it."""

    content: Content
    file_name: str
    sender: Department
    source: str
    period: Period | None = None
    historical: bool = False
    told: bool = False  # rows told one by one, written as a file by us
    sheet: str = ""  # where several sheets of the file hold the table


@dataclass(frozen=True)
class Bringer:
    """Who brings it, by which way, and whether it may be taken in without a person."""

    actor: Actor
    way: str
    confirms: bool = False
    machine: Machine | None = None


def platform(name: str, way: str, sender: Department, confirms: bool) -> Bringer:
    """The platform itself, on behalf of a department and no other."""
    verbs = {"collect.upload", *(["collect.confirm"] if confirms else [])}
    scope = Scope((Grant(frozenset(verbs), regions=(sender.region.code,)),))
    return Bringer(Actor(None, name[:60], scope, way), way, confirms)


def receive(bringer: Bringer, at: datetime, what: Brought) -> tuple[Batch, bool]:
    """The delivery of a file; true where this very file came before and still counts. Raises Refused."""
    deed = ReceiveFile(
        bringer.actor, at, what.content, what.file_name, what.sender, what.source, what.period, what.historical,
        sheet=what.sheet,
    )  # fmt: skip
    try:
        with transaction.atomic():
            batch = deed.do()
            Arrival.objects.create(
                batch=batch, way=bringer.way, name=bringer.actor.name[:80], confirms=bringer.confirms,
                told=what.told, machine=bringer.machine,
            )  # fmt: skip
    except Refused as refused:
        if refused.problem.code != "same_file":
            raise
        return Batch.objects.get(pk=int(refused.problem.value)), True
    return batch, False


def confirm_clean(at: datetime) -> int:
    """Take in what a way may take in by itself and what raises no doubt; the rest waits for a person. For the worker."""
    waiting = Arrival.objects.filter(confirms=True, batch__state=Batch.CHECKED).select_related(
        "batch__version", "batch__sender__region", "machine"
    )
    return sum(_confirm(arrival, at) for arrival in waiting)


def confirm_one(batch: Batch, at: datetime) -> bool:
    """The same for one delivery, while its sender waits."""
    arrival = Arrival.objects.filter(batch=batch, confirms=True, batch__state=Batch.CHECKED).first()
    return bool(arrival) and _confirm(arrival, at)


def _confirm(arrival: Arrival, at: datetime) -> bool:
    batch = arrival.batch
    if not batch.taken or asks_why(batch, timezone.localdate(at)):
        return False
    bringer = platform(arrival.name, arrival.way, batch.sender, confirms=True)
    try:
        ConfirmBatch(bringer.actor, at, batch).do()
    except Refused as refused:  # a doubt that came up meanwhile: a person decides
        log.info("batch %s waits for a person: %s", batch.pk, refused.problem.code)
        return False
    return True
