"""The worker's part: after each commit, keep who had been told what it changed. A cursor keeps the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from wushang.judge.run import tables_in
from wushang.people.actor import Actor
from wushang.people.lease import renew
from wushang.pool import snapshot
from wushang.pool.models import Commit
from wushang.warn import corrected, failing, told_now
from wushang.warn.corrected import Use
from wushang.warn.deeds.keep_correction import KeepCorrection
from wushang.warn.deeds.refresh_correction import RefreshCorrection
from wushang.warn.models import Correction, Cursor
from wushang.web.corrections import printed

CURSOR = "correct"
RECKONED, RECKONING = "correct.reckoned", 1  # raised when stored figures have to be reckoned anew
Fresh = dict[tuple[str, int], list[Use]]  # kind and number of a place → what stands there otherwise now
OF_ALL = ("print", "brief", "reconciliation")  # totals, which any unit's accident changes


def find_corrections(at: datetime) -> int:
    """Commits after the cursor that the snapshot holds, in order; returns how many corrections were kept."""
    _reckon_anew(at)
    found = sum(_one(failing.again, number, at) for number in failing.due(CURSOR, at))
    held = snapshot.current()
    while (number := _next()) is not None and held is not None and number <= held.commit:
        renew()
        found += _one(failing.in_turn, number, at)
    return found


def _one(way: Callable[..., int], number: int, at: datetime) -> int:
    """Reckoning asks the snapshot for everything that was ever printed: the ledger is locked only for keeping what it found."""
    return way(_item(number), partial(_keep, number, at), at, reckon=partial(_reckon, number))


def _next() -> int | None:
    cursor, _new = Cursor.objects.get_or_create(name=CURSOR)
    later = Commit.objects.filter(number__gt=cursor.number).order_by("number")
    return later.values_list("number", flat=True).first()


def _item(number: int) -> failing.Item:
    return failing.Item(CURSOR, number, _("数据版本第 %(n)d 号的订正") % {"n": number})


def _reckon(number: int) -> tuple[list[Use], list[tuple[Correction, Fresh]]]:
    commit = Commit.objects.get(number=number)
    found = [*corrected.uses(commit), *printed.uses(commit)]
    return found, [(held, _fresh(held, number)) for held in _touched(commit)]


def _keep(number: int, at: datetime, found: list[Use], touched: list[tuple[Correction, Fresh]]) -> int:
    commit = Commit.objects.get(number=number)
    kept = len(KeepCorrection(Actor.system(), at, commit, found).do()) if found else 0
    return kept + sum(_refresh(held, fresh, number, at) for held, fresh in touched)


def _touched(commit: Commit) -> Iterator[Correction]:
    """Earlier corrections that nobody has settled and whose figures this commit may have changed again."""
    tables = tables_in([commit])
    if not tables & {"injuries", "disease_hazards", "headcounts", "enterprises"}:
        return
    units, waiting = set(commit.enterprises), Correction.objects.filter(state="pending", commit__lt=commit.number)
    for held in waiting.prefetch_related("uses").order_by("pk"):
        wide = "injuries" in tables and any(use.kind in OF_ALL for use in held.uses.all())
        if held.enterprise_id in units or wide:
            yield held


def _fresh(held: Correction, number: int) -> Fresh:
    """The correction's figures at this version."""
    fresh: Fresh = {}
    for kind, ref in {(use.kind, use.ref) for use in held.uses.all()}:
        if kind in told_now.OF_KIND:
            found = told_now.OF_KIND[kind](ref, number)
        elif kind in printed.OF_KIND:
            found = printed.OF_KIND[kind](ref, held.enterprise_id, number)
        else:
            continue
        if found is not None:
            fresh[kind, ref] = found
    return fresh


def _refresh(held: Correction, fresh: Fresh, number: int, at: datetime) -> int:
    """Whether the correction's figures, or its state, are others at this version."""
    return int(RefreshCorrection(Actor.system(), at, held, number, fresh).do())


def _reckon_anew(at: datetime) -> None:
    """Once after an update that tells old figures otherwise: what is stored is reckoned anew. Settled ones keep their state."""
    cursor, _new = Cursor.objects.get_or_create(name=RECKONED)
    newest = snapshot.current()
    if cursor.number >= RECKONING or newest is None:
        return
    for held in Correction.objects.exclude(state="explained").prefetch_related("uses").order_by("pk"):
        renew()
        number = newest.commit if held.state == "pending" else held.commit
        _refresh(held, _fresh(held, number), number, at)
    Cursor.objects.filter(name=RECKONED).update(number=RECKONING)
