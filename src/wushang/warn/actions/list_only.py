"""列入名单: a list and findings, no letter."""

from typing import Any

from wushang.people.models import Department

letter = ""


def issued(warning: Any) -> list[Department]:
    return []
