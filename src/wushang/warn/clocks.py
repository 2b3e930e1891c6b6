"""How long each step of the office may take: platform defaults, a place may set WUSHANG_WARN_DAYS; the day a rule's clock
counts from (`from:`), and the rule's own clock of the receipt."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from wushang.judge.pack import Clock
from wushang.terms.deadline import Length
from wushang.terms.deadline import due as ends_on
from wushang.warn.judged import pack_of

# State → how long the step that begins there may take.
DEFAULTS = {
    "drafted": "2 working_days",
    "submitted": "1 working_days",
    "reviewed": "1 working_days",
    "signed": "1 working_days",
    "issued": "3 working_days",
    "delivered": "3 working_days",
}


def due(state: str, start: date) -> date | None:
    """The last day of the step that begins in this state; None where no clock of the office runs."""
    text = {**DEFAULTS, **settings.WUSHANG_WARN_DAYS}.get(state)
    return ends_on(start, Length.parse(text)) if text else None


def receipt(warning: Any, came: date | None = None) -> date | None:
    """The last day on which the unit should have signed, counted from `came` (the message's own day) while no delivery is
    registered; None where nobody signs (留置、公告)."""
    start = warning.delivered or came
    if warning.nobody_signs or start is None:
        return None
    clock = _of_the_rule(warning)
    if clock is None or clock.grounds.basis == "platform_default" and "delivered" in settings.WUSHANG_WARN_DAYS:
        return due("delivered", start)  # what the place set goes before what only the platform laid down
    return ends_on(begins(clock, warning) or start, Length.parse(clock.length))


def begins(clock: Clock, warning: Any) -> date | None:
    """The day a clock of the case counts from: finding, issue, the unit's signature, else delivery; None before it has come.
    Where nobody signs (留置、公告) the delivery stands for the signature."""
    start = clock.start or {"interview": "acknowledged"}.get(clock.step, "delivered")
    if start == "found":
        return warning.finding.as_of
    if start == "issued" and warning.issued:
        return timezone.localdate(warning.issued)
    if start == "acknowledged" and not warning.nobody_signs:
        return timezone.localdate(warning.acknowledged) if warning.acknowledged else None
    return warning.delivered


def _of_the_rule(warning: Any) -> Clock | None:
    case = pack_of(warning.finding).cases.get(warning.level)
    clock = case.clocks.get("acknowledge") if case else None
    return clock if clock and clock.length else None
