"""What a ledger is asked for: between which days, of which township, of which unit, on which paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wushang.people.page import day_of, number_of
from wushang.people.scope import Scope
from wushang.pool.known import NOW, Known, known_of
from wushang.pool.ledger import Paper
from wushang.terms.period import Period


@dataclass(frozen=True)
class Asked:
    scope: Scope
    today: date
    unit: str  # 填报单位
    maker: str  # 制表人
    period: Period
    town: str = ""
    enterprise: int | None = None
    known: Known = NOW
    paper: Paper = "A3"
    said: Mapping[str, str] = field(default_factory=dict)  # the filters of the lists that lead here: stage, level, list …

    @property
    def made(self) -> tuple[str, str, date]:
        return self.unit, self.maker, self.today


def asked(request: Any, unit: str) -> Asked:
    """From an address: from, to (this year so far where they are not there or make no period), town, enterprise, paper."""
    said: Mapping[str, str] = request.GET
    today = request.today
    first, last = day_of(said, "from") or date(today.year, 1, 1), day_of(said, "to") or today
    period = Period(first, last) if first <= last else Period(date(today.year, 1, 1), today)
    return Asked(
        request.scope, today, unit, request.user.name, period, said.get("town", ""), number_of(said, "enterprise") or None,
        known_of(said, today), "A4" if said.get("paper") == "A4" else "A3", said,
    )  # fmt: skip
