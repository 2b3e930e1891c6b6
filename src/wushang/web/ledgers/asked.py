"""What a ledger is asked for: between which days, of which township, of which unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wushang.people.scope import Scope
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

    @property
    def made(self) -> tuple[str, str, date]:
        return self.unit, self.maker, self.today


def asked(request: Any, unit: str) -> Asked:
    """From an address: from, to (this year so far where they are not there or make no period), town, enterprise."""
    said: Mapping[str, str] = request.GET
    today = request.today
    first, last = _day(said.get("from"), date(today.year, 1, 1)), _day(said.get("to"), today)
    period = Period(first, last) if first <= last else Period(date(today.year, 1, 1), today)
    only = said.get("enterprise", "")
    return Asked(
        request.scope, today, unit, request.user.name, period, said.get("town", ""), int(only) if only.isdigit() else None
    )  # fmt: skip


def _day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise
