"""How long each step of the office may take: platform defaults, a place may set WUSHANG_WARN_DAYS."""

from datetime import date

from django.conf import settings

from wushang.terms.deadline import Length
from wushang.terms.deadline import due as ends_on

# State → how long the step that begins there may take.
DEFAULTS = {
    "drafted": "2 working_days",
    "submitted": "1 working_days",
    "reviewed": "1 working_days",
    "signed": "1 working_days",
    "issued": "3 working_days",
    "delivered": "3 working_days",
}
ACKNOWLEDGE = "3 working_days"


def due(state: str, start: date) -> date | None:
    """The last day of the step that begins in this state; None where no clock of the office runs."""
    text = {**DEFAULTS, **settings.WUSHANG_WARN_DAYS}.get(state)
    return ends_on(start, Length.parse(text)) if text else None
