"""Rows of other departments that came before their unit was known: the register that makes it known gives them to it."""

from __future__ import annotations

from collections.abc import Collection

from wushang.integrate.resolve import Named, Resolver
from wushang.integrate.undo import copy_of
from wushang.people.lease import renew
from wushang.pool import landing
from wushang.pool.models import TOLD, Commit, Told

SAID = ("employer_text", "employer_uscc", "employer_number", "region")


def join_rows(commit: Commit, resolver: Resolver, units: Collection[int]) -> set[int]:
    """Write the rows that name one of `units` exactly anew, with their unit, under `commit`; returns the units found."""
    found: set[int] = set()
    for model in TOLD:
        renew()
        theirs = _theirs(model, resolver, units)
        ids = list(theirs)
        for start in range(0, len(ids), 500):
            rows = list(model.objects.filter(pk__in=ids[start : start + 500]))
            landing.claim(commit, model, [row.pk for row in rows])
            landing.load(commit, model, [copy_of(row, **theirs[row.pk]) for row in rows])
        found |= {instead["enterprise_id"] for instead in theirs.values()}
    return found


def _theirs(model: type[Told], resolver: Resolver, units: Collection[int]) -> dict[int, dict[str, int]]:
    """Current rows without a unit that name one of `units`: which, by which rule. Each wording is looked up once."""
    waiting = model.objects.current().filter(enterprise=None)
    wordings = list(waiting.values_list(*SAID).distinct())
    resolver.meet(Named(*said) for said in wordings)
    answers = {said: resolver.known_by(Named(*said)) for said in wordings}
    wanted = {said: {"enterprise_id": got[0], "found_by": got[1]} for said, got in answers.items() if got and got[0] in units}
    if not wanted:
        return {}
    return {pk: wanted[tuple(said)] for pk, *said in waiting.values_list("pk", *SAID) if tuple(said) in wanted}
