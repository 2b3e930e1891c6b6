"""What a checked delivery would add to the published tables, with its enterprises resolved as landing resolves them.

Nothing is written: an enterprise, an injury or a worker not known yet has a negative number. A row that would come in the
place of another says so in `without`, by the key that the table's first column holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl

from wushang.collect.handing import Handed
from wushang.integrate import injuries as joining
from wushang.integrate import telling
from wushang.integrate.delivery import Delivery, Unit, replaced
from wushang.integrate.landers import hazards, headcounts, injuries, register
from wushang.integrate.resolve import Supposing
from wushang.pool.models import (
    Commit,
    DiseaseHazard,
    Headcount,
    InjuryVersion,
    RegisterEntry,
    Report,
    Worker,
)
from wushang.pool.published import Publication
from wushang.pool.publishers import publications
from wushang.pool.tables import declared

LATEST = 2**62  # a report that has no number yet is newer than all that have one


@dataclass
class Foreseen:
    """Rows by published table, the keys they replace, and the enterprises whose figures may change."""

    units: set[int] = field(default_factory=set)
    added: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    without: dict[str, set[int]] = field(default_factory=dict)
    new: dict[int, str] = field(default_factory=dict)  # enterprises not known yet: their negative number and name

    def add(self, table: str, rows: Iterable[dict[str, Any]]) -> None:
        """Fact rows as landing would write them → rows of the published table."""
        self.added.setdefault(table, []).extend(published(table, row) for row in rows)


def foresee(handed: Handed, at: datetime) -> Foreseen:
    """What landing this delivery now would change."""
    delivery = Delivery(
        Commit(), at, handed.source, handed.sender, handed.rows, handed.batch, handed.whole_periods, handed.held
    )
    return EXPECTING.get(handed.lands, _nothing)(delivery)


def published(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A fact row by attname → the table's columns."""
    publication = publications()[table]
    whole = {f.attname: f.get_default() for f in publication.rows().model._meta.concrete_fields} | row
    said = {name: whole[path] for name, path in publication.columns.items() if isinstance(path, str)}
    return said | ({"enterprise": row["host_id"] or row["employer_id"]} if table == "injuries" else {})


def _nothing(_delivery: Delivery) -> Foreseen:
    """The other departments' rows stand in no table that a policy reads, and bring no unit."""
    return Foreseen()


def _headcounts(delivery: Delivery) -> Foreseen:
    resolver, known = Supposing(delivery.commit, delivery.at), delivery.known(Headcount)
    parts = list(headcounts.fresh(delivery, known))
    units = headcounts.resolved(delivery, headcounts.units_of(parts), resolver)
    rows = [row for part in parts for row in headcounts.facts(delivery, part, units).to_dicts()]
    changed, gone = (part.filter(pl.col("change") == "changed") for part in parts), known.gone(delivery.held)
    ended = [*(row for part in changed for row in part.select("pk", "owner").rows()), *gone.select("pk", "owner").rows()]
    return _monthly("headcounts", rows, {owner for _, owner in ended}, {pk for pk, _ in ended}, resolver)


def _hazards(delivery: Delivery) -> Foreseen:
    found, resolver = delivery.compare(DiseaseHazard), Supposing(delivery.commit, delivery.at)
    rows = [hazards.row_of(delivery, row, resolver) for row in delivery.fresh(found)]
    return _monthly("disease_hazards", rows, delivery.owners(DiseaseHazard, found), set(replaced(found)), resolver)


def _monthly(table: str, rows: list[dict[str, Any]], losing: set[int], gone: set[int], resolver: Supposing) -> Foreseen:
    """Facts of enterprises, one row each: a unit that loses rows keeps its others."""
    foreseen = Foreseen(units=losing | {row["enterprise_id"] for row in rows}, without={table: losing})
    foreseen.added[table] = list(kept(publications()[table], table, losing, gone))
    foreseen.add(table, rows)
    return _with_new(foreseen, resolver)


def kept(publication: Publication, table: str, units: set[int], gone: set[int]) -> Iterable[dict[str, Any]]:
    """The published rows of these units that stay."""
    names = [name for name, _type in declared()[table].columns] + ["recorded", "superseded"]
    for some in _parts(sorted(units)):
        rows = publication.rows().current().filter(publication.of(some), recorded__number__isnull=False)
        for part in _parts([pk for pk in rows.values_list("pk", flat=True) if pk not in gone]):
            for values in publication.select(publication.rows().filter(pk__in=part)):
                yield dict(zip(names, values, strict=True)) | {"superseded": None}


def _register(delivery: Delivery) -> Foreseen:
    found, resolver = delivery.compare(RegisterEntry), Supposing(delivery.commit, delivery.at, certain=True)
    fresh = {resolver.resolve(Unit().of(row.values, delivery.places)): row for row in delivery.fresh(found)}
    earlier = {v.enterprise_id: v for v in register.current([e for e in fresh if e > 0])}
    rows = [register.version(e, row, earlier.get(e), resolver, delivery.places) for e, row in fresh.items()]
    foreseen = Foreseen(units=delivery.owners(RegisterEntry, found) | set(fresh), without={"enterprises": set(earlier)})
    foreseen.add("enterprises", rows)
    foreseen.new = {row["enterprise_id"]: row["name"] for row in rows if row["enterprise_id"] < 0}
    return foreseen


def _injuries(delivery: Delivery) -> Foreseen:
    found, resolver = delivery.compare(Report), Supposing(delivery.commit, delivery.at)
    fresh = delivery.fresh(found)
    of_key, of_worker = injuries.injuries_by_key(delivery, [r.key for r in fresh]), injuries.injuries_by_worker(fresh)
    spare = [-number for number in range(len(fresh), 0, -1)]
    rows = [injuries.row_of(delivery, row, resolver, of_key, of_worker, spare) for row in fresh]
    told = injuries.injuries_of(replaced(found)) | {row["injury_id"] for row in rows}
    old = [row for some in _parts(sorted(told)) for row in InjuryVersion.objects.current().filter(injury__in=some)]
    new = versions(rows, told, set(replaced(found)))
    units = {unit for v in old for unit in (v.employer_id, v.host_id)} | delivery.owners(Report, found)
    units |= {unit for row in new for unit in (row["employer_id"], row["host_id"])}
    foreseen = Foreseen(units=units - {None}, without={"injuries": {v.injury_id for v in old}})
    foreseen.add("injuries", new)
    return _with_new(foreseen, resolver)


def versions(rows: list[dict[str, Any]], told: set[int], gone: set[int]) -> list[dict[str, Any]]:
    """The injuries as their reports would make them: those that stay, and the delivery's."""
    reports: dict[int, list[Report]] = defaultdict(list)
    for some in _parts(sorted(told)):
        for report in Report.objects.current().filter(injury__in=some).order_by("pk"):
            if report.pk not in gone:
                reports[report.injury_id].append(report)
    for number, row in enumerate(rows):
        reports[row["injury_id"]].append(Report(pk=LATEST + number, **row))
    workers = _workers({r.worker_key for some in reports.values() for r in some if r.worker_key})
    linked = telling.linked(reports)
    return [joining.version(injury, some, workers, linked.get(injury, ())) for injury, some in sorted(reports.items())]


def _workers(keys: set[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for some in _parts(sorted(keys)):
        known.update(Worker.objects.filter(key__in=some).values_list("key", "pk"))
    return known | {key: -number for number, key in enumerate(sorted(keys - set(known)), 1)}


def _with_new(foreseen: Foreseen, resolver: Supposing) -> Foreseen:
    """The provisional units (待确认) that the delivery would bring; counted in totals, never warned."""
    versions = resolver.new_versions()
    foreseen.new = {row["enterprise_id"]: row["name"] for row in versions}
    if versions:
        foreseen.add("enterprises", versions)
    return foreseen


def _parts(ids: list[Any], size: int = 500) -> Iterable[list[Any]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


EXPECTING: dict[str, Callable[[Delivery], Foreseen]] = {
    "Report": _injuries,
    "Headcount": _headcounts,
    "RegisterEntry": _register,
    "DiseaseHazard": _hazards,
}
