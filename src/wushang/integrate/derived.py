"""What follows from a row of another department without guessing: parts of the body from ICD codes, the day that counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from wushang.pool.models import Disease, HazardTest, Payment, ProjectInsurance, Standing, Told, Visit
from wushang.terms import codes

Values = dict[str, Any]
EDITION_2024 = date(2025, 8, 1)  # 职业病分类和目录 (国卫职健发〔2024〕39号) in force


def visit(fact: Values, values: Values) -> Values:
    part, cause = codes.injury_block(fact["diagnosis"]), codes.cause_block(fact["cause"])
    return {
        "part": part.extra["part"] if part else "",
        "cause_group": cause.extra["group"] if cause else "",
        "facility": fact["facility"] or str(values.get("facility_code") or ""),
        "presumed": presumed(fact) if fact["at_work"] is None else "",
    }


def presumed(fact: Values) -> str:
    """The phrase of the complaint, the place or the diagnosis by which a visit is likely one of an injury at work."""
    said = json.loads(fact["personal"] or "{}")
    found = codes.presumed((said.get("complaint"), fact["place"], said.get("diagnosis_text")), fact["visited"])
    return found.code if found else ""


def disease(fact: Values, values: Values) -> Values:
    occurred = fact["first_diagnosed"] or fact["reported"]
    return {"occurred": occurred, "edition": "2024" if occurred >= EDITION_2024 else "2013"}


def hazard_test(fact: Values, values: Values) -> Values:
    """Where the file does not say whether the limit is exceeded, the two figures do."""
    known = fact["measured"] is not None and fact["limit"] is not None
    return {"exceeded": fact["measured"] > fact["limit"]} if fact["exceeded"] is None and known else {}


def standing(fact: Values, values: Values) -> Values:
    """A yearly list without dates holds for its year."""
    if fact["year"] is None or fact["valid_from"] or fact["valid_to"]:
        return {}
    return {"valid_from": date(fact["year"], 1, 1), "valid_to": date(fact["year"], 12, 31)}


def in_month(fact: Values, values: Values) -> Values:
    return {"month": fact["month"].replace(day=1)} if fact["month"] else {}


DERIVED: dict[type[Told], Callable[[Values, Values], Values]] = {
    Visit: visit, Disease: disease, HazardTest: hazard_test, Standing: standing, Payment: in_month, ProjectInsurance: in_month,
}  # fmt: skip
