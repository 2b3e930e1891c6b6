"""The other departments' plain rows (待遇, 首诊, 职业病, 事故 …) → their tables: values become columns by name.

Their units are the words of the file: a row finds the unit that it names exactly, or none. It never makes one.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from django.db import models

from wushang.integrate.delivery import Delivery, Outcome, Row, Unit, as_date, worker_key
from wushang.integrate.derived import DERIVED
from wushang.integrate.resolve import Resolver
from wushang.people.crypto import EncryptedTextField, mask_name
from wushang.pool import landing
from wushang.pool.models import TOLD, Told

RENAMED = {"name": "employer_text", "uscc": "employer_uscc", "insurance_number": "employer_number", "project": "name"}
OWN = {"id", *(f.attname for f in Told._meta.concrete_fields)} - {"employer_text", "employer_uscc", "employer_number"}
YES_NO = {"yes": True, "no": False}
DAYS = ("occurred", "month", "visited", "tested", "decided", "reported")  # of these the first says when it was


def land(delivery: Delivery, model: type[Told]) -> Outcome:
    found = delivery.compare(model)
    resolver = Resolver(delivery.commit, delivery.at)
    fresh = delivery.fresh(found)
    resolver.meet(Unit().of(row.values, delivery.places) for row in fresh)
    rows = [row_of(delivery, row, resolver, model) for row in fresh]
    touched = delivery.replace(model, found) | {row["enterprise_id"] for row in rows if row["enterprise_id"]}
    landing.load(delivery.commit, model, rows)
    return Outcome.of(found, touched)


def row_of(delivery: Delivery, row: Row, resolver: Resolver, model: type[Told]) -> dict[str, Any]:
    """The fact that a row becomes."""
    enterprise, rule = resolver.known_by(Unit().of(row.values, delivery.places)) or (None, None)
    fact = {
        **delivery.reported(row),
        **columns(row, model),
        "enterprise_id": enterprise,
        "found_by": rule,
        "region": region(delivery, row, resolver, enterprise),
        "industry": row.values.get("industry") or "",
    }
    return fact | (DERIVED[model](fact, row.values) if model in DERIVED else {})


def columns(row: Row, model: type[Told]) -> dict[str, Any]:
    """The row's values by the columns of the table; personal values that have no column of their own, sealed together."""
    said = {RENAMED.get(name, name): value for name, value in {**row.values, **row.personal}.items()}
    fields = {f.attname: f for f in model._meta.concrete_fields if f.attname not in OWN}
    fact = {name: stored(fields[name], said.get(name)) for name in fields}
    if "personal" in fields:
        rest = {name: value for name, value in row.personal.items() if RENAMED.get(name, name) not in fields}
        fact["personal"] = json.dumps(rest, ensure_ascii=False) if rest else ""
    if "worker_key" in fields:
        fact["worker_key"] = worker_key(row)
        fact["masked_name"] = mask_name(row.personal.get("worker") or "")
    return fact


def stored(field: models.Field, value: Any) -> Any:
    """A value as its column keeps it."""
    if isinstance(field, models.DateField):
        return as_date(value)
    if isinstance(field, models.BooleanField):
        return YES_NO.get(value)
    if isinstance(field, models.CharField | EncryptedTextField):
        return str(value or "")
    return value


def region(delivery: Delivery, row: Row, resolver: Resolver, enterprise: int | None) -> str:
    """The town as the row writes it, on the day it tells of, else that of its unit; '' where nobody says."""
    day = next((as_date(row.values[name]) for name in DAYS if row.values.get(name)), None)
    town = delivery.places.known_town(row.values.get("town"), day)
    return town or (resolver.known_region(enterprise) if enterprise else "")


LANDS = {model.__name__: partial(land, model=model) for model in TOLD}
