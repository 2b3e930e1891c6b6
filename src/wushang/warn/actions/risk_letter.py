"""风险提示函: the letter to the enterprise, nobody else is told."""

from typing import Any

from wushang.people.models import Department

letter = "risk_letter"


def issued(warning: Any) -> list[Department]:
    return []
