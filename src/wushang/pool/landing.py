"""Landing: rows go in by chunks under a Commit without a number, and become visible in one short transaction.

    commit = start("landing", "工伤认定 2026年3月", actor, at)
    load(commit, Report, rows)              # invisible; load_frames where they are many
    claim(commit, Report, replaced_ids)     # those rows count as current until the commit is numbered
    publish(commit, at)                     # checks, numbers; from now on everybody sees it

A process that dies in between leaves an unnumbered Commit whose lease runs out; `clear_dead` removes its rows and
claims. Nothing is seen before, nothing is lost after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice
from time import monotonic, sleep
from typing import Any

import polars as pl
from django.db import connection, models, transaction
from django.db.models import Count, Max

from wushang.people import lease
from wushang.people.actor import Actor
from wushang.people.models import one_at_a_time
from wushang.pool import bulk
from wushang.pool.models import FACTS, Commit, Fact, Reported
from wushang.terms.problem import Problem, Refused

LEASE = timedelta(minutes=5)
CHUNK = 10_000  # rows of one short transaction where a writer holds up the others (SQLite)
COPIED = 100_000  # where it does not
BREATH = 0.03  # seconds between two such transactions: a writer who waits on SQLite looks only now and then whether it may
CLAIMED = 10_000  # ids of one statement


class Overtaken(Refused):
    """Another landing changed the same rows meanwhile: compare anew and load again."""


def start(kind: str, title: str, actor: Actor, at: datetime, historical: bool = False) -> Commit:
    since = lease.by_now(at)  # late in a long round `at` is long ago: a lease must not be over before it begins
    commit = Commit.objects.create(
        kind=kind, title=title, actor=actor.name, created=at, lease_until=since + LEASE, historical=historical
    )
    commit.began, commit.since, commit.loaded = monotonic(), since, set()  # type: ignore[attr-defined]
    return commit


def renew(commit: Commit, at: datetime) -> None:
    """Keep the lease alive during a long load."""
    if not _open(commit).update(lease_until=at + LEASE):
        raise _overtaken(f"commit {commit.pk} was cleared or published by somebody else")


def _stay_alive(commit: Commit) -> None:
    """After each chunk of a long load: as much time as has passed since the start is added to the lease."""
    lease.renew()
    renew(commit, commit.since + timedelta(seconds=monotonic() - commit.began))  # type: ignore[attr-defined]


def load(commit: Commit, model: type[Fact], rows: Iterable[dict[str, Any]]) -> int:
    """Insert fact rows (dicts by attname, without recorded/superseded) in chunks; returns how many."""
    total, stream = 0, iter(rows)
    commit.loaded.add(model)  # type: ignore[attr-defined]
    while chunk := list(islice(stream, CHUNK)):
        with transaction.atomic():
            total += bulk.insert(model, [{**row, "recorded_id": commit.pk, "superseded_id": None} for row in chunk])
        if len(chunk) == CHUNK:
            _stay_alive(commit)
    return total


def load_frames(commit: Commit, model: type[Fact], frames: Iterable[pl.DataFrame]) -> int:
    """The same for millions: frames whose columns are attnames and stored values. No row becomes a Python object but what
    SQLite's driver binds; on PostgreSQL polars writes the text that COPY reads."""
    total, vast = 0, connection.vendor == "postgresql"
    commit.loaded.add(model)  # type: ignore[attr-defined]
    chunks = (chunk for frame in frames for chunk in frame.iter_slices(COPIED if vast else CHUNK))
    stamped = (chunk.with_columns(recorded_id=pl.lit(commit.pk)) for chunk in chunks)
    with closing(bulk.put_all(model, stamped)) as parts:  # whatever fails: nothing may still be under way when it is cleared away
        for rows in parts:
            total += rows
            _stay_alive(commit)
            if not vast:
                sleep(BREATH)
    if total > COPIED:
        bulk.count_anew(model)
    return total


def claim(commit: Commit, model: type[Fact], ids: Iterable[int]) -> None:
    """Mark the rows this commit replaces. A row already claimed makes this landing Overtaken."""
    stream = iter(ids)
    while chunk := list(islice(stream, 500 if connection.vendor == "sqlite" else CLAIMED)):
        with transaction.atomic():
            taken = model._default_manager.filter(pk__in=chunk, superseded=None).update(superseded=commit)
            if taken != len(set(chunk)):
                raise _overtaken(f"{len(set(chunk)) - taken} rows of {model.__name__} were claimed by another landing")


def publish(
    commit: Commit,
    at: datetime,
    enterprises: Iterable[int] = (),
    months: dict[str, list[str]] | None = None,
    compared: int | None = None,
) -> int:
    """Number the commit under the lock; returns the number. Must be called where a deed's transaction is open or not.

    `compared`: the newest commit with whose facts this landing compared its keys, each of which it holds once. Then only
    what was published since can hold a twin; a landing of millions need not be looked through while everybody waits.
    """
    with transaction.atomic():
        one_at_a_time("publish")
        _refuse_twins(commit, compared)
        commit.number = (Commit.objects.aggregate(top=Max("number"))["top"] or 0) + 1
        commit.published, commit.lease_until = at, None
        commit.enterprises, commit.touched = sorted(set(enterprises)), {"months": months or {}}
        numbered = _open(commit).update(
            number=commit.number, published=at, lease_until=None, enterprises=commit.enterprises, touched=commit.touched
        )
        if not numbered:
            raise _overtaken(f"commit {commit.pk} was cleared or published by somebody else")
    return commit.number


def _open(commit: Commit):
    """The commit's row while it is neither numbered nor given up; updating it decides the race between the two."""
    return Commit.objects.filter(pk=commit.pk, number=None, dead=False)


def _refuse_twins(commit: Commit, compared: int | None) -> None:
    """No natural key may be current twice: two files landing side by side must not both add it. Only the tables that this
    commit loaded are asked: beside a landing of millions the planner knows nothing yet of the others' rows."""
    since = Commit.objects.filter(number__gt=compared or 0).values_list("pk", flat=True)
    newer = list(since) if compared is not None else None
    for model in FACTS:
        if issubclass(model, Reported) and model in commit.loaded:  # type: ignore[attr-defined]
            if newer is None:
                mine = model.objects.filter(recorded=commit).values("source", "sender", "key")
                if inside := mine.annotate(n=Count("pk")).filter(n__gt=1).order_by("key").first():
                    raise _overtaken(f"key {inside['key']} stands twice in one landing")
            if outside := _current_twin(model, commit, newer):
                raise _overtaken(f"key {outside} was landed by another file meanwhile")


def _current_twin(model: type[Reported], commit: Commit, newer: list[int] | None) -> str | None:
    """A key of this commit that another current row holds: a row of any commit, or of the newer ones alone. Raw SQL: it
    must start from the fewer rows, and find their twins by key (`+ 0` keeps it from reading all that was recorded)."""
    if newer is None:
        few, many, start = "mine", "other", "mine.recorded_id = %s AND other.recorded_id + 0 <> mine.recorded_id"
    elif newer:
        marks = ", ".join(str(int(pk)) for pk in newer)
        few, many, start = "other", "mine", f"mine.recorded_id + 0 = %s AND other.recorded_id IN ({marks})"
    else:
        return None
    facts, commits = (connection.ops.quote_name(m._meta.db_table) for m in (model, Commit))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT mine.key FROM {facts} {few}
                JOIN {facts} {many} ON {many}.source = {few}.source AND {many}.sender = {few}.sender AND {many}.key = {few}.key
                JOIN {commits} since ON since.id = other.recorded_id AND since.number IS NOT NULL
                LEFT JOIN {commits} until ON until.id = other.superseded_id
                WHERE {start} AND (other.superseded_id IS NULL OR (until.number IS NULL AND until.id <> %s)) LIMIT 1""",
            [commit.pk, commit.pk],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def abandon(commit: Commit) -> None:
    """Remove an unnumbered commit with its rows and claims, in small transactions. Killed half-way, it is done anew."""
    if not Commit.objects.filter(pk=commit.pk, number=None).update(dead=True):
        return
    for model in FACTS:
        _in_parts(model, {"superseded": commit}, lambda rows: rows.update(superseded=None))
        _in_parts(model, {"recorded": commit}, lambda rows: rows.delete())
    Commit.objects.filter(pk=commit.pk, number=None).delete()


def _in_parts(model: type[Fact], which: dict[str, Any], change: Callable[[models.QuerySet], object]) -> None:
    """Change the rows of a commit in short transactions, until none is left."""
    rows = model._default_manager.filter(**which)
    while ids := list(rows.values_list("pk", flat=True)[:CHUNK]):
        for start_at in range(0, len(ids), 500):
            change(model._default_manager.filter(pk__in=ids[start_at : start_at + 500]))


def clear_dead(at: datetime) -> int:
    """Remove the commits whose process died; returns how many."""
    dead = list(Commit.objects.filter(number=None, lease_until__lt=lease.by_now(at)))
    for commit in dead:
        abandon(commit)
    return len(dead)


def _overtaken(why: str) -> Overtaken:
    return Overtaken(Problem("overtaken", "", "", why, "请重新比对后再入库。"))
