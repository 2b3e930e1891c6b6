"""整改建议书: the letter to the enterprise, nobody else is told."""

from typing import Any

from wushang.people.models import Department

letter = "advice_letter"


def issued(warning: Any) -> list[Department]:
    return []
