"""What taking a delivery back would leave: the rows of the units it touched, without its own and with those it replaced.
Writes nothing; the same rows that `undo` would end and bring back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wushang.integrate.expected import Foreseen, kept, versions
from wushang.integrate.undo import copy_of, going_and_returning
from wushang.pool.models import DiseaseHazard, Fact, Headcount, InjuryVersion, Report
from wushang.pool.publishers import publications

MONTHLY: dict[str, type[Fact]] = {"headcounts": Headcount, "disease_hazards": DiseaseHazard}
SOME = 500


def foresee_undo(commits: list[int]) -> Foreseen:
    """By the commits of one delivery. Units that it alone made known are not looked at."""
    foreseen = Foreseen()
    _injuries(foreseen, commits)
    for table, model in MONTHLY.items():
        _monthly(foreseen, table, model, commits)
    return foreseen


def _injuries(foreseen: Foreseen, commits: list[int]) -> None:
    going, returning = going_and_returning(Report, commits)
    told = {row.injury_id for row in (*going, *returning) if row.injury_id}
    if not told:
        return
    old = [row for some in _parts(sorted(told)) for row in InjuryVersion.objects.current().filter(injury__in=some)]
    new = versions([copy_of(row) for row in returning], told, {row.pk for row in going})
    units = {unit for row in old for unit in (row.employer_id, row.host_id)}
    units |= {unit for row in new for unit in (row["employer_id"], row["host_id"])}
    foreseen.units |= units - {None}
    foreseen.without["injuries"] = {row.injury_id for row in old}
    foreseen.add("injuries", new)


def _monthly(foreseen: Foreseen, table: str, model: type[Fact], commits: list[int]) -> None:
    going, returning = going_and_returning(model, commits)
    units = {unit for row in (*going, *returning) if (unit := getattr(row, "enterprise_id", None))}
    if not units:
        return
    foreseen.units |= units
    foreseen.without[table] = units
    foreseen.added[table] = list(kept(publications()[table], table, units, {row.pk for row in going}))
    foreseen.add(table, [copy_of(row) for row in returning])


def _parts(ids: list[int]) -> Iterable[list[Any]]:
    return (ids[start : start + SOME] for start in range(0, len(ids), SOME))
