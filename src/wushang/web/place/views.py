"""设置・本单位: one page to read; every change happens where its own deed lives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushang.people.models import Region
from wushang.people.page import allowed
from wushang.terms.period import Period, add_months, month_of
from wushang.warn import wording
from wushang.web.place import letters, sending, shown, told


@allowed("people.see")
def place(request: Any) -> HttpResponse:
    """What this place is called, how it works, from which day on, and where each of it is changed."""
    area = Region.objects.filter(code=settings.WUSHANG_REGION).first()
    return render(request, "web/place.html", {
        "area": area, "code": settings.WUSHANG_REGION, "phone": settings.WUSHANG_OFFICE_PHONE, "steps": settings.WUSHANG_SIGN_STEPS,
        "rules": shown.rules(request.scope, request.today), "hands": shown.hands(request.scope, request.today), "starts": shown.starts(), "series": shown.series(request.today.year),
        "due": shown.due_days(request.today), "links": shown.links(request.scope), "groups": told.settings_of_place(),
        "may_start": request.scope.may("warn.start_day"),
    })  # fmt: skip


@allowed("people.see")
def letter_list(request: Any) -> HttpResponse:
    """文书模板, to read: the wording comes with the platform."""
    return render(request, "web/place_letters.html", {"letters": letters.letters(request.scope, request.today)})


@allowed("people.see")
def letter_sample(request: Any, name: str) -> HttpResponse:
    """The letter's own example as PDF, under the reader's bureau."""
    if name not in wording.names():
        raise Http404
    issuer = request.user.department.name if request.user.department else settings.WUSHANG_CITY
    return HttpResponse(letters.sample(name, issuer), content_type="application/pdf")


@allowed("warn.outbox")
def sending_page(request: Any) -> HttpResponse:
    """发送额度: by channel, today and this month, of the units in the reader's scope."""
    rows, today, first = sending.messages(request.scope), request.today, month_of(request.today)
    month, before = Period(first, today), Period(add_months(first, -1), first - timedelta(days=1))
    return render(request, "web/place_sending.html", {
        "channels": sending.set_up(), "rules": sending.rules(request.now), "hand": sending.by_hand(rows),
        "periods": [
            (_("今天"), sending.used(rows, Period(today, today))), (_("本月"), sending.used(rows, month)), (_("上月"), sending.used(rows, before)),
        ],
        "held": sending.held_back(rows, month), "may_place": request.scope.may("people.see"),
    })  # fmt: skip
