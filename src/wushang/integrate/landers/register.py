"""市场主体登记 → the enterprise itself: its identity is certain, its earlier versions stay."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from wushang.integrate.delivery import Delivery, Outcome, Row, Unit, plain
from wushang.integrate.identity import propose_renamed
from wushang.integrate.late import join_rows
from wushang.integrate.models import Alias
from wushang.integrate.names import plain_name
from wushang.integrate.places import Places
from wushang.integrate.resolve import Resolver
from wushang.pool import landing
from wushang.pool.models import EnterpriseVersion, RegisterEntry

PLAIN = ("name", "uscc", "insurance_number", "region", "industry", "size", "tag", "regulator", "legal_person")


def land(delivery: Delivery) -> Outcome:
    found = delivery.compare(RegisterEntry)
    resolver = Resolver(delivery.commit, delivery.at, certain=True)
    rows = delivery.fresh(found)
    resolver.resolve_all(Unit().of(row.values, delivery.places) for row in rows)
    fresh = {resolver.resolve(Unit().of(row.values, delivery.places)): row for row in rows}
    touched = delivery.replace(RegisterEntry, found) | set(fresh)
    resolver.finish()
    earlier = {v.enterprise_id: v for v in current(list(fresh))}
    landing.claim(delivery.commit, EnterpriseVersion, [v.pk for v in earlier.values()])
    landing.load(
        delivery.commit, EnterpriseVersion, [version(e, row, earlier.get(e), resolver, delivery.places) for e, row in fresh.items()]
    )
    landing.load(delivery.commit, RegisterEntry, [_entry(delivery, e, row, resolver) for e, row in fresh.items()])
    _note_former_names(delivery, fresh, resolver)
    join_rows(delivery.commit, resolver, set(fresh))
    return Outcome.of(found, touched)


def current(ids: list[int]) -> list[EnterpriseVersion]:
    rows: list[EnterpriseVersion] = []
    for start in range(0, len(ids), 500):
        rows += EnterpriseVersion.objects.current().filter(enterprise__in=ids[start : start + 500])
    return rows


def version(
    enterprise: int, row: Row, earlier: EnterpriseVersion | None, resolver: Resolver, places: Places
) -> dict[str, Any]:
    """What the register says; what it does not say stays as it was known."""
    said = {**row.values, **row.personal, "region": places.known_town(row.values.get("town")), "regulator": places.department(row.values.get("regulator"))}
    values = {name: said.get(name) or (getattr(earlier, name) if earlier else "") for name in PLAIN}
    former = list(dict.fromkeys([*(earlier.former_names if earlier else []), *_former(row)]))
    if earlier and earlier.name != values["name"] and earlier.name not in former and not earlier.provisional:
        former.append(earlier.name)
    return {
        **values,
        "enterprise_id": enterprise,
        "plain_name": plain_name(values["name"], resolver.places),
        "former_names": former,
        "region": values["region"] or settings.WUSHANG_REGION,
        "state": row.values.get("state") or (earlier.state if earlier else "active"),
        "provisional": False,
    }


def _former(row: Row) -> list[str]:
    said = row.values.get("former_names") or ""
    return [name.strip() for name in str(said).replace("；", "、").replace(";", "、").split("、") if name.strip()]


def _entry(delivery: Delivery, enterprise: int, row: Row, resolver: Resolver) -> dict[str, Any]:
    rule = resolver.rule(Unit().of(row.values, delivery.places))
    values = {n: plain(v) for n, v in row.values.items()}
    return {**delivery.reported(row), "enterprise_id": enterprise, "found_by": rule, "values": values}


def _note_former_names(delivery: Delivery, fresh: dict[int, Row], resolver: Resolver) -> None:
    former = {(e, plain_name(name, resolver.places)) for e, row in fresh.items() for name in _former(row)}
    doubtful = propose_renamed(delivery.commit, former)  # another unit still bears the name: a person decides first
    Alias.objects.bulk_create(
        [
            Alias(enterprise_id=e, kind="name", value=value, commit=delivery.commit) for e, value in sorted(former - doubtful)
        ],
        ignore_conflicts=True,
    )


LANDS = {"RegisterEntry": land}
