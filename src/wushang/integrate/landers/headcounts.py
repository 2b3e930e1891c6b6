"""参保缴费 → Headcount."""

from __future__ import annotations

from typing import Any

from wushang.integrate.delivery import Delivery, Outcome, Row, Unit, first_of_month
from wushang.integrate.resolve import Resolver
from wushang.pool import landing
from wushang.pool.models import Headcount

PLAIN = ("insured", "rural", "wages", "due", "paid", "rate")


def land(delivery: Delivery) -> Outcome:
    found = delivery.compare(Headcount)
    fresh = delivery.fresh(found)
    resolver = Resolver(delivery.commit, delivery.at)
    resolver.resolve_all(Unit().of(row.values, delivery.places) for row in fresh)
    rows = [row_of(delivery, row, resolver) for row in fresh]
    outcome = Outcome.of(found, delivery.replace(Headcount, found) | {row["enterprise_id"] for row in rows})
    outcome.provisional = len(resolver.finish())
    landing.load(delivery.commit, Headcount, rows)
    return outcome


def row_of(delivery: Delivery, row: Row, resolver: Resolver) -> dict[str, Any]:
    """The fact that a row becomes."""
    values = row.values
    enterprise = resolver.resolve(Unit().of(values, delivery.places))
    return {
        **delivery.reported(row),
        "enterprise_id": enterprise,
        "month": first_of_month(values["month"]),
        **{name: values.get(name) for name in PLAIN},
        "mode": values.get("mode") or "",
        "region": delivery.places.known_town(values.get("town")) or resolver.known_region(enterprise),
        "industry": values.get("industry") or "",
    }
