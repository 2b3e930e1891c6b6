"""The lock after wrong passwords (django-axes counts them): until when it holds, the page that says so, lifting it."""

from datetime import datetime

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def until(username: str, at: datetime) -> datetime | None:
    """When this name may try again; None when it may now. Attempts of each address lapse by themselves."""
    cool_off = settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(username=username, attempt_time__gt=at - cool_off).order_by("attempt_time")
    rows = [(row.attempt_time, row.failures_since_start) for row in tried]
    wrong = sum(failures for _, failures in rows)
    for tried_at, failures in rows:
        if wrong < settings.AXES_FAILURE_LIMIT:
            return None
        wrong -= failures
        if wrong < settings.AXES_FAILURE_LIMIT:
            return tried_at + cool_off
    return None


def locked_names(at: datetime) -> dict[str, datetime]:
    """Locked user names with the time their lock ends."""
    names = AccessAttempt.objects.filter(attempt_time__gt=at - settings.AXES_COOLOFF_TIME).values_list("username", flat=True)
    ends = {name: until(name, at) for name in set(names) if name}
    return {name: end for name, end in ends.items() if end}


def lift(username: str) -> int:
    """Forget the wrong tries of this name; returns how many addresses had tried."""
    return reset(username=username)


def page(request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None) -> HttpResponse:
    """What axes shows instead of the sign-in page (AXES_LOCKOUT_CALLABLE). 429: too many tries."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    now = timezone.now()
    end = until(name, now) or now + settings.AXES_COOLOFF_TIME
    context = {"username": name, "until": end, "tries": settings.AXES_FAILURE_LIMIT}
    return render(request, "people/locked_out.html", context, status=429)
