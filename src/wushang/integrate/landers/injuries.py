"""工伤认定 and other injury sources → Report, and from the reports the Injury."""

from __future__ import annotations

import json
from typing import Any

from wushang.integrate import injuries
from wushang.integrate.delivery import Delivery, Outcome, Row, Unit, as_date, plain, replaced, worker_key
from wushang.integrate.resolve import Named, Resolver
from wushang.people.crypto import mask_name
from wushang.pool import landing
from wushang.pool.models import Injury, Report

EMPLOYER = Unit(name="employer_name")
HOST = Unit(name="host_name", uscc="host_uscc", number="host_insurance_number")  # 用工单位 of a dispatched worker


def land(delivery: Delivery) -> Outcome:
    found = delivery.compare(Report)
    fresh = delivery.fresh(found)
    resolver = Resolver(delivery.commit, delivery.at)
    of_key = injuries_by_key(delivery, [row.key for row in fresh])
    of_worker = injuries_by_worker(fresh)
    resolver.resolve_all(named for row in fresh for named in named_in(row, delivery))
    new_injuries = _identities(delivery, [row for row in fresh if row.key not in of_key])
    rows = [row_of(delivery, row, resolver, of_key, of_worker, new_injuries) for row in fresh]
    gone = injuries_of(replaced(found))
    touched = delivery.replace(Report, found)
    new = resolver.finish()
    landing.load(delivery.commit, Report, rows)
    touched |= injuries.derive(delivery.commit, gone | {row["injury_id"] for row in rows})
    outcome = Outcome.of(found, touched)
    outcome.provisional = len(new)
    return outcome


def injuries_by_key(delivery: Delivery, keys: list[str]) -> dict[str, int]:
    """A report's injury, by the natural key it had before, whatever became of it."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), 500):
        rows = Report.objects.filter(
            source=delivery.source, sender=delivery.sender, key__in=keys[start : start + 500], injury__isnull=False,
            recorded__number__isnull=False,
        )  # fmt: skip
        found.update(rows.order_by("pk").values_list("key", "injury_id"))
    return found


def injuries_by_worker(rows: list[Row]) -> dict[tuple[str, str], int]:
    """Injuries already known of the same worker on the same day: several departments' reports of one injury."""
    keys = sorted({worker_key(row) for row in rows} - {""})
    found: dict[tuple[str, str], int] = {}
    for start in range(0, len(keys), 500):
        some = Report.objects.current().filter(worker_key__in=keys[start : start + 500], injury__isnull=False)
        for key, values, injury in some.order_by("-pk").values_list("worker_key", "values", "injury_id"):
            found[key, str(values.get("occurred"))] = injury
    return found


def injuries_of(report_ids: list[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(report_ids), 500):
        found |= set(Report.objects.filter(pk__in=report_ids[start : start + 500]).values_list("injury_id", flat=True))
    return found - {None}


def _identities(delivery: Delivery, rows: list[Row]) -> list[int]:
    """A bare identity for each report without one; those not needed (a second report of one injury) stay bare."""
    made = Injury.objects.bulk_create([Injury(created=delivery.at) for _ in rows], batch_size=5000)
    return [injury.pk for injury in reversed(made)]


def named_in(row: Row, delivery: Delivery) -> list[Named]:
    """The employer as the row names it, and the host where it names one."""
    host = HOST.of(row.values, delivery.places, with_place=False)
    return [EMPLOYER.of(row.values, delivery.places), *([host] if host else [])]


def row_of(
    delivery: Delivery, row: Row, resolver: Resolver, of_key: dict, of_worker: dict, new: list[int]
) -> dict[str, Any]:
    """The report that a row becomes, with the injury it tells of: the known one, else the last of `new`."""
    values, worker = row.values, worker_key(row)
    occurred = str(as_date(values["occurred"]))
    injury = of_key.get(row.key) or (of_worker.get((worker, occurred)) if worker else None)
    if injury is None:
        injury = new.pop()
    if worker:
        of_worker[worker, occurred] = injury
    employer, *host = named_in(row, delivery)
    return {
        **delivery.reported(row),
        "injury_id": injury,
        "employer_id": resolver.resolve(employer),
        "host_id": resolver.resolve(host[0]) if host else None,
        "found_by": resolver.rule(employer),
        "worker_key": worker,
        "masked_name": mask_name(row.personal.get("worker") or ""),
        "values": {name: plain(value) for name, value in values.items()} | _coded_places(values, delivery),
        "personal": json.dumps(row.personal, ensure_ascii=False) if row.personal else "",
    }


def _coded_places(values: dict[str, Any], delivery: Delivery) -> dict[str, Any]:
    """The region code of the town as the row writes it, beside its words."""
    town = delivery.places.known_town(values.get("town"), as_date(values["occurred"]))
    return {"region": town} if town else {}


LANDS = {"Report": land}
