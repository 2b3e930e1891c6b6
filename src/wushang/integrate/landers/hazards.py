"""职业病危害名单 → DiseaseHazard."""

from __future__ import annotations

from typing import Any

from wushang.integrate.delivery import Delivery, Outcome, Row, Unit, as_date
from wushang.integrate.resolve import Resolver
from wushang.pool import landing
from wushang.pool.models import DiseaseHazard


def land(delivery: Delivery) -> Outcome:
    found = delivery.compare(DiseaseHazard)
    resolver = Resolver(delivery.commit, delivery.at)
    fresh = delivery.fresh(found)
    resolver.resolve_all(Unit().of(row.values, delivery.places) for row in fresh)
    rows = [row_of(delivery, row, resolver) for row in fresh]
    outcome = Outcome.of(found, delivery.replace(DiseaseHazard, found) | {row["enterprise_id"] for row in rows})
    outcome.provisional = len(resolver.finish())
    landing.load(delivery.commit, DiseaseHazard, rows)
    return outcome


def row_of(delivery: Delivery, row: Row, resolver: Resolver) -> dict[str, Any]:
    """The fact that a row becomes."""
    values = row.values
    named = Unit().of(values, delivery.places)
    enterprise = resolver.resolve(named)
    return {
        **delivery.reported(row),
        "enterprise_id": enterprise,
        "found_by": resolver.rule(named),
        "kind": values.get("kind") or "",
        "factor": values.get("factor") or "",
        "opened": as_date(values["opened"]),
        "due": as_date(values.get("due")),
        "closed": as_date(values.get("closed")),
        "region": delivery.places.known_town(values.get("town"), as_date(values["opened"])) or resolver.known_region(enterprise),
        "industry": values.get("industry") or "",
    }


LANDS = {"DiseaseHazard": land}
