"""Take a published commit back by one more commit: what it said is withdrawn, what it replaced holds again.

Rows that a later commit has changed since are left as that commit put them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import product
from typing import Any

from django.db import transaction

from wushang.integrate import injuries
from wushang.integrate.telling import untell
from wushang.people.actor import Actor
from wushang.pool import landing
from wushang.pool.models import (
    FACTS,
    TOLD,
    Commit,
    DiseaseHazard,
    EnterpriseVersion,
    Fact,
    Headcount,
    InjuryVersion,
    RegisterEntry,
    Report,
    Reported,
)

# facts, and by which columns they speak of a unit
SPEAKING: dict[type[Fact], tuple[str, ...]] = {
    Report: ("employer", "host"), Headcount: ("enterprise",), DiseaseHazard: ("enterprise",), RegisterEntry: ("enterprise",),
    **dict.fromkeys(TOLD, ("enterprise",)),
}  # fmt: skip


def undo(commit: Commit, kind: str, title: str, actor: Actor, at: datetime, on_publish=None) -> Commit:
    """Publish a commit that takes `commit` back; `on_publish(new commit)` runs in the publishing transaction."""
    back = landing.start(kind, title, actor, at, commit.historical)
    try:
        touched = set(commit.enterprises)
        for model in FACTS:
            if model is not InjuryVersion:
                touched |= _undo_rows(back, commit, model)
        touched |= injuries.derive(back, _injuries(commit))
        with transaction.atomic():
            landing.publish(back, at, touched)
            untell(back)
            if on_publish:
                on_publish(back)
    except BaseException:
        landing.abandon(back)
        raise
    return back


def identity(model: type[Fact], row: Fact) -> Any:
    """What makes two versions the same thing."""
    if issubclass(model, Reported):
        return (row.source, row.sender, row.key)  # type: ignore[attr-defined]
    return row.enterprise_id if model is EnterpriseVersion else row.injury_id  # type: ignore[attr-defined]


def _undo_rows(back: Commit, commit: Commit, model: type[Fact]) -> set[int]:
    mine, returning = going_and_returning(model, [commit.pk])
    landing.claim(back, model, [row.pk for row in mine])
    landing.load(back, model, [copy_of(row) for row in returning])
    if model is EnterpriseVersion:
        kept = {identity(model, row) for row in returning}
        landing.load(back, model, _still_spoken_of(commit, [row for row in mine if identity(model, row) not in kept]))
    return _enterprises([*mine, *returning])


def going_and_returning(model: type[Fact], commits: list[int]) -> tuple[list[Any], list[Any]]:
    """The current rows that taking these commits back would end, and the earlier ones that would hold again."""
    mine = list(model.objects.current().filter(recorded__in=commits))
    replaced = model.objects.filter(superseded__in=commits).exclude(recorded__in=commits)
    written = {identity(model, row) for row in model.objects.filter(recorded__in=commits)}
    still_mine = {identity(model, row) for row in mine}
    returning = [
        row for row in replaced
        if identity(model, row) in still_mine or (identity(model, row) not in written and not _lives(model, row))
    ]  # fmt: skip
    return mine, returning


def _still_spoken_of(commit: Commit, units: list[Any]) -> list[dict[str, Any]]:
    """Of the units that this commit alone made known, those of which other files tell: they stay, 待确认. A fact whose unit
    nobody knows would be in no count."""
    used: set[int] = set()
    ids = [unit.enterprise_id for unit in units]
    for model, names in SPEAKING.items():
        others = model._default_manager.current().exclude(recorded=commit)  # type: ignore[attr-defined]
        for start, name in product(range(0, len(ids), 500), names):
            some = others.filter(**{f"{name}__in": ids[start : start + 500]})
            used |= set(some.values_list(name, flat=True))
    return [copy_of(unit, provisional=True) for unit in units if unit.enterprise_id in used]


def _lives(model: type[Fact], row: Fact) -> bool:
    """Whether a later commit has given this thing a current row again."""
    if issubclass(model, Reported):
        same = {"source": row.source, "sender": row.sender, "key": row.key}  # type: ignore[attr-defined]
    else:
        same = {"enterprise_id": row.enterprise_id}  # type: ignore[attr-defined]
    return model.objects.current().filter(**same).exists()


def copy_of(row: Fact, **changes: Any) -> dict[str, Any]:
    """The row's own values, to be loaded under another commit."""
    skipped = {"id", "recorded_id", "superseded_id"}
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in skipped}
    return {**values, **changes}


def _injuries(commit: Commit) -> set[int]:
    said = Report.objects.filter(recorded=commit).values_list("injury_id", flat=True)
    replaced = Report.objects.filter(superseded=commit).values_list("injury_id", flat=True)
    return {injury for injury in (*said, *replaced) if injury}


def _enterprises(rows: Iterable[Fact]) -> set[int]:
    names = ("enterprise_id", "employer_id", "host_id")
    return {value for row in rows for name in names if (value := getattr(row, name, None))}
