"""What others published while a landing was being made ready may change whom its rows belong to: then it is compared anew."""

from __future__ import annotations

from collections.abc import Iterable

from wushang.pool.landing import Overtaken
from wushang.pool.models import Commit, EnterpriseVersion, Report
from wushang.terms.problem import Problem

IDENTITY = ("plain_name", "uscc", "insurance_number")  # what a row's unit is known by


def refuse_if_overtaken(commit: Commit, seen: int, touched: Iterable[int]) -> None:
    """Call under the lock of publishing. `seen`: the newest commit when this landing began to look.

    A unit it used was merged or renamed, the same new unit or the same injury came in by another file: Overtaken.
    """
    since = EnterpriseVersion.objects.filter(recorded__number__gt=seen)
    changed = set(since.values_list("enterprise_id", flat=True))
    if changed & set(touched):
        raise _overtaken("units of this landing were merged or changed meanwhile")
    if changed and _same_unit(commit, since):
        raise _overtaken("a unit of this landing was brought by another file meanwhile")
    if _same_worker(commit, seen):
        raise _overtaken("an injury of the same worker was brought by another file meanwhile")


def _same_unit(commit: Commit, since) -> bool:
    """Whether a unit that this landing makes is also one that was made since."""
    mine = EnterpriseVersion.objects.filter(recorded=commit)
    return any(_said(mine, name) & _said(since, name) for name in IDENTITY)


def _said(versions, name: str) -> set[str]:
    return set(versions.exclude(**{name: ""}).values_list(name, flat=True))


def _same_worker(commit: Commit, seen: int) -> bool:
    others = Report.objects.filter(recorded__number__gt=seen).exclude(worker_key="")
    theirs = set(others.values_list("worker_key", flat=True))
    mine = Report.objects.filter(recorded=commit).values_list("worker_key", flat=True) if theirs else ()
    return bool(theirs & set(mine))


def _overtaken(why: str) -> Overtaken:
    return Overtaken(Problem("overtaken", "", "", why, "请重新比对后再入库。"))
