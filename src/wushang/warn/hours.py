"""发送时段: between which hours of the day messages leave for people outside (WUSHANG_SEND_HOURS)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

WHOLE_DAY = (0, 24 * 60)


def span(at: datetime) -> tuple[int, int]:
    """The minutes of the local day from which and to which they leave; the whole day before the first day that is set."""
    day = timezone.localdate(at)
    return next((held for since, held in reversed(settings.WUSHANG_SEND_HOURS) if since <= day), WHOLE_DAY)


def are_open(at: datetime) -> bool:
    local, (begin, end) = timezone.localtime(at), span(at)
    return begin <= local.hour * 60 + local.minute < end


def opened(at: datetime) -> datetime:
    """When they opened on this day: what waited through the night is late from then on."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=span(at)[0])


def closed(at: datetime) -> datetime:
    """When they closed last before this day's opening: what waited by then waits for another reason."""
    yesterday = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    return yesterday + timedelta(minutes=span(yesterday)[1])


def said(at: datetime) -> str:
    """08:00—20:00."""
    return "—".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in span(at))
