"""会商一页 from a real server while files come in: twenty people, each a page every five seconds, beside the time allowed.

The units stand in the ledger and in the snapshot, and all months have come, so that the page shows its figures and not what is
missing; the files tell month after month of the headcounts anew, so every landing makes a new snapshot.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from time import perf_counter, sleep

import numpy as np
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections
from django.utils import timezone

from wushang.analyse.delivered import NEEDED
from wushang.collect.command import collect_file
from wushang.collect.inforce import in_force
from wushang.collect.models import Batch
from wushang.people import load
from wushang.people.actor import Actor
from wushang.people.models import Appointment, Department, Role, User
from wushang.terms.period import add_months, month_end
from wushang.web.bench import SCALES, Measured, made_snapshot
from wushang.web.bench.collect_insurance import known_firms, office, write
from wushang.web.meeting.asked import newest

IDS = {"analyse.cockpit_page": "postgres", "analyse.cockpit_page.sqlite": "sqlite"}
PEOPLE, EVERY, LASTS = 20, 5.0, 60.0  # seconds
PROCESSES, THREADS = 2, 4  # that `serve` starts
ALLOWED = 300.0  # milliseconds
PAGE, SHOWN = "/meeting/", b'id="trend"'  # what a leader opens; a page that shows figures draws the line of the months


@dataclass
class Looking:
    """What twenty people met: milliseconds of every page, and whatever was no page."""

    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def run(name: str, scale: str, folder: Path) -> Measured:
    office()
    units, months, injuries = SCALES[scale]
    firms, last = known_firms(units), newest(timezone.localdate())
    first = add_months(last, 1 - months)
    _all_came(first, last)
    made_snapshot.make(units, months, injuries, first=first)
    keys = [_signed_in(n) for n in range(PEOPLE)]
    connections.close_all()
    with _served(folder) as port, _people(port, keys) as looking:
        landed = _import(folder, firms, last)
    if len(looking.took) < PEOPLE:
        raise AssertionError(f"{len(looking.took)} pages in all; {looking.wrong[:3]}")
    most = float(np.percentile(looking.took, 95))
    note = (
        f"{units:,} units × {months} months, {injuries:,} injuries; {len(looking.took)} pages, the middle one {np.median(looking.took):.0f} ms, "
        f"the longest {max(looking.took):.0f} ms; meanwhile {landed:,} rows landed; baseline: the 300 ms allowed"
    )
    missed = (f"no error ({len(looking.wrong)}: {looking.wrong[0]}, {_last_words(folder)})",) if looking.wrong else ()
    return Measured(most, "ms", ALLOWED, 1.0, note, missed)


def _all_came(first: date, last: date) -> None:
    """The tables without which no figure is shown have come for all months."""
    at = timezone.make_aware(datetime.combine(first, time()))
    for name in NEEDED:
        Batch.objects.create(
            version=in_force(name, at), sender=Department.objects.get(), state=Batch.LANDED, historical=True, file_name=name, digest=name, size=1,
            received=at, received_by="bench", start=first, end=month_end(last),
        )  # fmt: skip


def _signed_in(number: int) -> str:
    """A leader who has signed in; returns the key of his session."""
    if not number:
        load.roles()
    user = User.objects.create_user(
        f"leader{number}",
        "Bench-2026-page",
        name=f"领导{number}",
        department=Department.objects.get(),
        password_set=timezone.now(),
    )
    Appointment.objects.create(user=user, role=Role.objects.get(code="leader"), regions=["990100"])
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    """`wushang serve` with its worker, on a free port, until it answers; gone with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "served.log").open("w") as log:
        command = [sys.executable, "-m", "wushang.web.command", "serve", "--address", f"127.0.0.1:{port}"]
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _until_it_answers(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(60)


def _last_words(folder: Path) -> str:
    """What the server complained of last."""
    return ([line for line in (folder / "served.log").read_text().splitlines() if "Error" in line] or ["no complaint of the server"])[-1][:300]


def _until_it_answers(port: int, server: subprocess.Popen) -> None:
    for _ in range(600):
        try:
            if _page(port, "", "/sign-in/") == 200:
                return
        except OSError:
            sleep(0.2)
        if server.poll() is not None:
            break
    raise AssertionError("the server does not answer")


def _page(port: int, key: str, address: str = PAGE) -> int:
    """The answer's status; 0 where it is the page without its figures."""
    asked = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        asked.request("GET", address, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}"} if key else {})
        answer = asked.getresponse()
        text = answer.read()
        return 0 if answer.status == 200 and address == PAGE and SHOWN not in text else answer.status
    finally:
        asked.close()


@contextmanager
def _people(port: int, keys: list[str]) -> Iterator[Looking]:
    """Everybody looks from his own moment of the five seconds on, until the block ends. The first pages of the server's processes,
    which load their modules, are nobody's."""
    found, end = Looking(), Event()
    with ThreadPoolExecutor(PROCESSES * THREADS) as hands:
        if {*hands.map(lambda key: _page(port, key), keys)} != {200}:
            raise AssertionError(f"{PAGE} is no page for a leader")
    everybody = [
        Thread(target=_looks, args=(port, key, n * EVERY / len(keys), end, found)) for n, key in enumerate(keys)
    ]
    for one in everybody:
        one.start()
    try:
        yield found
    finally:
        end.set()
        for one in everybody:
            one.join()


def _looks(port: int, key: str, first: float, end: Event, found: Looking) -> None:
    wait = first
    while not end.wait(wait):
        began = perf_counter()
        try:
            status = _page(port, key)
        except OSError as error:
            found.wrong.append(repr(error))
        else:
            found.took.append((perf_counter() - began) * 1000)
            if status != 200:
                found.wrong.append(f"answer {status}")
        wait = max(0.0, EVERY - (perf_counter() - began))


def _import(folder: Path, firms, last: date) -> int:
    """A month after the other, as long as people look; returns the rows that landed."""
    began, back, landed = perf_counter(), 0, 0
    while perf_counter() - began < LASTS:
        path = write(folder / f"参保缴费{back}.csv", firms, 1, add_months(last, -back))
        said = collect_file(
            path, "insurance_monthly", Actor.system("command"), timezone.now(), True, "990100-tax", "bench"
        )
        _until_landed(said["batch"])
        landed, back = landed + said["accepted"], back + 1
    return landed


def _until_landed(batch: int) -> None:
    for _ in range(6000):
        if Batch.objects.values_list("state", flat=True).get(pk=batch) == Batch.LANDED:
            return
        sleep(0.1)
    raise TimeoutError(f"batch {batch} did not land")
