"""A person who enters injuries by hand while something large goes on, and how long she waits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Event, Thread
from time import perf_counter, sleep

from django.db import connection
from django.utils import timezone

from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.enter_injury import EnterInjury
from wushang.collect.models import Batch
from wushang.collect.ways.arriving import confirm_one
from wushang.collect.ways.hand import Entry
from wushang.people.actor import Actor
from wushang.people.models import Department, Region
from wushang.pool.models import EnterpriseVersion
from wushang.web.bench import person
from wushang.web.worker import SMALL, TURN, one_round

PAUSE = 2.0  # seconds between two hand entries: as many as a dozen clerks make
SOON = 0.2  # seconds between two looks of the lane, as `wushang work` has them
DAY = date(2026, 9, 1)


@dataclass
class Waits:
    """How long a person's hand entries took, from submitting to landed, and where the longest spent its time."""

    waits: list[float] = field(default_factory=list)
    longest: str = ""
    failed: BaseException | None = None


@contextmanager
def hand_entries() -> Iterator[Waits]:
    """A person in a process of her own (as the web server is one) enters an injury by hand as the page does, waits till the
    worker's lane (a thread here, as in `wushang work`) has landed it, rests PAUSE seconds and begins the next, until the block
    ends. Every second one is at a unit that nobody knows. Raises where none landed."""
    found, end = Waits(), Event()
    lane = Thread(target=_lane, args=(end, found))
    sys.setswitchinterval(TURN)  # as `wushang work` does
    ours, hers = (spawning := get_context("spawn")).Pipe()
    her = spawning.Process(target=person.sits, args=(hers,))
    lane.start()
    her.start()
    hers.close()  # where she dies, what is awaited from her is an error and not for ever
    ours.recv()  # she sits at her desk
    try:
        yield found
    finally:
        ours.send("enough")
        found.waits, found.longest, found.failed = ours.recv() if not found.failed else ([], "", found.failed)
        end.set()
        lane.join()
        her.join()
    if found.failed or not found.waits:
        raise AssertionError(f"{len(found.waits)} hand entries landed meanwhile") from found.failed


def _lane(end: Event, found: Waits) -> None:
    """The worker's lane for small deliveries."""
    try:
        while not end.wait(SOON):
            one_round(timezone.now(), SMALL)
    except BaseException as failed:
        found.failed = failed
    finally:
        connection.close()


def entering(desk: Connection) -> None:
    """What she does at her desk: enters till she is told that it is enough; says how long each took."""
    found, enter = Waits(), _enters()
    enter()  # her server has been up for long
    desk.send("ready")
    try:
        while True:
            took = enter()
            if sum(took.values()) > max(found.waits, default=0):
                found.longest = ", ".join(f"{step} {seconds:.2f}" for step, seconds in took.items())
            found.waits.append(sum(took.values()))
            if desk.poll(PAUSE):
                break
    except BaseException as failed:
        found.failed = failed
    desk.send((found.waits, found.longest, found.failed))


def _enters() -> Callable[[], dict[str, float]]:
    """What the person does: submits an entry and waits; gives the seconds of each step."""
    place, numbers = Region.objects.get(code="990100"), count(1)
    said = {"code": "990100-hrss", "name": "人社局", "short_name": "人社局", "kind": "hrss", "region": place}
    office, unit = Department.objects.create(**said), EnterpriseVersion.objects.current().order_by("pk").first()

    def enter() -> dict[str, float]:
        number, clock = next(numbers), [perf_counter()]
        name = unit.name if unit and number % 2 else f"云溪市新办{number}号杯厂"
        entry = Entry(name, f"王{number}", DAY, 9, part="手指", severity="轻伤")
        batch = EnterInjury(Actor.system("page"), timezone.now(), entry, office, unit if number % 2 else None, str(number)).do()
        clock.append(perf_counter())
        check(batch, timezone.now())
        clock.append(perf_counter())
        confirm_one(batch, timezone.now())
        clock.append(perf_counter())
        while Batch.objects.values_list("state", flat=True).get(pk=batch.pk) != Batch.LANDED:
            if perf_counter() - clock[0] > 600:
                raise TimeoutError(f"hand entry {number} did not land")
            sleep(0.02)
        clock.append(perf_counter())
        return {step: b - a for step, a, b in zip(("entered", "checked", "confirmed", "landed"), clock, clock[1:], strict=False)}

    return enter
