"""What every office page of this room does with a deed: say what was done and what is next, or what is wrong."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wushang.people.deed import Deed
from wushang.people.page import day_of, number_of
from wushang.terms.problem import Refused


def run(request: Any, deed: Deed, done: Any) -> bool:
    """True when it was done."""
    try:
        deed.do()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, str(done() if callable(done) else done))
    return True


def to_warning(pk: int) -> HttpResponse:
    """Back to the 预警件 page, at the part about mending."""
    return redirect(reverse("warn:warning", args=[pk]) + "#rectify")


def day(request: Any, name: str) -> date | None:
    """A date of the form; None when it cannot be read."""
    return day_of(request.POST, name)


def number(request: Any, name: str) -> int:
    """An id of the form; 0, which nothing has, where it is not a number."""
    return number_of(request.POST, name)


def must_day(request: Any, name: str) -> date:
    """A date of the form; what cannot be read is the first of all days, which every deed refuses with its own sentence."""
    return day(request, name) or date.min


def moment(request: Any, day_name: str, time_name: str) -> datetime:
    """Local day and time of a form → an aware instant; the first of all days where they cannot be read."""
    try:
        at = time.fromisoformat(request.POST.get(time_name, ""))
    except ValueError:
        at = time(0)
    on = day(request, day_name) or date(1970, 1, 1)
    return timezone.make_aware(datetime.combine(on, at))
