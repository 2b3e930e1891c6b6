"""Landing: rows go in by chunks under a Commit without a number, and become visible in one short transaction.

    commit = start("landing", "工伤认定 2026年3月", actor, at)
    load(commit, Report, rows)              # invisible
    claim(commit, Report, replaced_ids)     # those rows count as current until the commit is numbered
    publish(commit, at)                     # checks, numbers; from now on everybody sees it

A process that dies in between leaves an unnumbered Commit whose lease runs out; `clear_dead` removes its rows and
claims. Nothing is seen before, nothing is lost after.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from time import monotonic
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Count, Max

from wushang.people import lease
from wushang.people.actor import Actor
from wushang.people.models import one_at_a_time
from wushang.pool.models import FACTS, Commit, Fact, Reported
from wushang.terms.problem import Problem, Refused

LEASE = timedelta(minutes=5)
CHUNK = 20_000


class Overtaken(Refused):
    """Another landing changed the same rows meanwhile: compare anew and load again."""


def start(kind: str, title: str, actor: Actor, at: datetime, historical: bool = False) -> Commit:
    commit = Commit.objects.create(
        kind=kind, title=title, actor=actor.name, created=at, lease_until=at + LEASE, historical=historical
    )
    commit.began = monotonic()  # type: ignore[attr-defined]
    return commit


def renew(commit: Commit, at: datetime) -> None:
    """Keep the lease alive during a long load."""
    if not _open(commit).update(lease_until=at + LEASE):
        raise _overtaken(f"commit {commit.pk} was cleared or published by somebody else")


def _stay_alive(commit: Commit) -> None:
    """After each chunk of a long load: as much time as has passed since the start is added to the lease."""
    lease.renew()
    renew(commit, commit.created + timedelta(seconds=monotonic() - commit.began))  # type: ignore[attr-defined]


def load(commit: Commit, model: type[Fact], rows: Iterable[dict[str, Any]]) -> int:
    """Insert fact rows (dicts by attname, without recorded/superseded) in chunks; returns how many."""
    total, stream = 0, iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        with transaction.atomic():
            total += insert(model, [{**row, "recorded_id": commit.pk, "superseded_id": None} for row in chunk])
        if len(chunk) == CHUNK:
            _stay_alive(commit)
    return total


def insert(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> int:
    """Bulk insert by COPY on PostgreSQL and executemany on SQLite (5–12 times faster than bulk_create)."""
    if not rows:
        return 0
    fields = [f for f in model._meta.concrete_fields if not f.primary_key or f.attname in rows[0]]
    cells = [(f.attname, f.get_default(), _storing(f)) for f in fields]
    prepared = (
        [store(row.get(name, default)) if store else row.get(name, default) for name, default, store in cells]
        for row in rows
    )
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({columns}) FROM STDIN", prepared)
    else:
        marks = ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(prepared))
    return len(rows)


STORED_AS_THEY_ARE = (models.CharField, models.IntegerField, models.BooleanField, models.ForeignKey)


def _storing(field: models.Field) -> Callable[[Any], Any] | None:
    """How a field's value goes into a column; None where it goes as it is (most do, and Django's own way is slow)."""
    if isinstance(field, STORED_AS_THEY_ARE):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _copy(statement: str, rows: Iterable[list[Any]]) -> None:
    out = io.StringIO()
    for row in rows:
        out.write("\t".join(map(_copy_text, row)) + "\n")
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(out.getvalue())


def _copy_text(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if hasattr(value, "obj"):  # psycopg Jsonb
        value = json.dumps(value.obj, ensure_ascii=False)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value).replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")


def claim(commit: Commit, model: type[Fact], ids: Iterable[int]) -> None:
    """Mark the rows this commit replaces. A row already claimed makes this landing Overtaken."""
    stream = iter(ids)
    while chunk := list(islice(stream, 500 if connection.vendor == "sqlite" else 5000)):
        with transaction.atomic():
            taken = model._default_manager.filter(pk__in=chunk, superseded=None).update(superseded=commit)
            if taken != len(set(chunk)):
                raise _overtaken(f"{len(set(chunk)) - taken} rows of {model.__name__} were claimed by another landing")


def publish(
    commit: Commit, at: datetime, enterprises: Iterable[int] = (), months: dict[str, list[str]] | None = None
) -> int:
    """Number the commit under the lock; returns the number. Must be called where a deed's transaction is open or not."""
    with transaction.atomic():
        one_at_a_time("publish")
        _refuse_twins(commit)
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


def _refuse_twins(commit: Commit) -> None:
    """No natural key may be current twice: two files landing side by side must not both add it."""
    for model in FACTS:
        if issubclass(model, Reported):
            mine = model.objects.filter(recorded=commit).values("source", "sender", "key")
            _refuse_twins_of(model, commit, mine)


def _refuse_twins_of(model: type[Reported], commit: Commit, mine) -> None:
    inside = mine.annotate(n=Count("pk")).filter(n__gt=1).order_by("key").first()
    if inside:
        raise _overtaken(f"key {inside['key']} stands twice in one landing")
    outside = _current_twin(model, commit)
    if outside:
        raise _overtaken(f"key {outside} was landed by another file meanwhile")


def _current_twin(model: type[Reported], commit: Commit) -> str | None:
    """A key of this commit that another current row holds. Raw SQL: it must start from the commit's own rows."""
    facts, commits = (connection.ops.quote_name(m._meta.db_table) for m in (model, Commit))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT mine.key FROM {facts} mine
                JOIN {facts} other ON other.source = mine.source AND other.sender = mine.sender AND other.key = mine.key
                JOIN {commits} since ON since.id = other.recorded_id AND since.number IS NOT NULL
                LEFT JOIN {commits} until ON until.id = other.superseded_id
                WHERE mine.recorded_id = %s AND other.recorded_id <> %s
                  AND (other.superseded_id IS NULL OR (until.number IS NULL AND until.id <> %s)) LIMIT 1""",
            [commit.pk, commit.pk, commit.pk],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def abandon(commit: Commit) -> None:
    """Remove an unnumbered commit with its rows and claims, in small transactions. Killed half-way, it is done anew."""
    if not Commit.objects.filter(pk=commit.pk, number=None).update(dead=True):
        return
    for model in FACTS:
        model._default_manager.filter(superseded=commit).update(superseded=None)
        while ids := list(model._default_manager.filter(recorded=commit).values_list("pk", flat=True)[:CHUNK]):
            for start_at in range(0, len(ids), 500):
                model._default_manager.filter(pk__in=ids[start_at : start_at + 500]).delete()
    Commit.objects.filter(pk=commit.pk, number=None).delete()


def clear_dead(at: datetime) -> int:
    """Remove the commits whose process died; returns how many."""
    dead = list(Commit.objects.filter(number=None, lease_until__lt=at))
    for commit in dead:
        abandon(commit)
    return len(dead)


def _overtaken(why: str) -> Overtaken:
    return Overtaken(Problem("overtaken", "", "", why, "请重新比对后再入库。"))
