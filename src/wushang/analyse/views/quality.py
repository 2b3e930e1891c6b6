"""数据质量: how good each department's data are, what lowered each score, how it went month by month."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wushang.analyse.quality import shown
from wushang.analyse.quality.delivered import day_of as of_known
from wushang.analyse.quality.delivered import scored, summed
from wushang.analyse.quality.scores import DIMENSIONS, SAID, total
from wushang.collect.models import said
from wushang.collect.place import departments_in
from wushang.collect.views.asked import download, nav
from wushang.people import audit
from wushang.people.page import allowed, day_of
from wushang.pool.known import Known, known_of
from wushang.terms.period import Period, add_months, month_end, month_of

MONTHS = 12


@allowed("collect.see")
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """The table of scores over the chosen months, the trend below."""
    known, day = _known(request)
    period = _period(request, day)
    found = scored(request.scope, period, day)
    trend = scored(request.scope, Period(add_months(month_of(period.end), 1 - MONTHS), period.end), day)
    chart = shown.panels(trend, Period(add_months(month_of(period.end), 1 - MONTHS), period.end).months())
    context = {
        "nav": nav(request, "analyse:quality"), "rows": shown.rows(found), "heads": _heads(), "period": said(period),
        "start": period.start, "end": month_of(period.end), "whole": total(summed(found)) if found else None,
        "chart": chart, "chart_table": shown.as_table(chart), "chart_size": _size(len(chart["panels"])), "months": _months(request),
        "known": known,
    }  # fmt: skip
    return render(request, "analyse/quality.html", context)


def _size(panels: int) -> str:
    """How high the picture must be: three panels a row."""
    return "short" if panels <= 3 else "" if panels <= 6 else "tall"


def _heads() -> list[dict[str, Any]]:
    return [{"name": name, "title": title, "says": SAID[name]} for name, title in DIMENSIONS.items()]


def _months(request: HttpRequest) -> list[date]:
    last = month_of(request.today)
    return [add_months(last, -back) for back in range(24)]


def _known(request: HttpRequest) -> tuple[Known, date]:
    """As known when, and which day that is."""
    known = known_of(request.GET, request.today)
    return known, of_known(known, request.today)


def _period(request: HttpRequest, day: date) -> Period:
    """From and to by month; the last three complete months before the day where nothing is asked."""
    last = add_months(month_of(day), -1)
    end = _month(request, "to") or last
    start = _month(request, "from") or add_months(end, -2)
    start = max(min(start, end), add_months(end, -35))
    return Period(start, month_end(end))


def _month(request: HttpRequest, name: str) -> date | None:
    found = day_of({name: f"{request.GET.get(name, '')}-01"}, name)
    return found if found and 1990 <= found.year <= 2100 else None


@allowed("collect.see")
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The table as xlsx."""
    _said, day = _known(request)
    period = _period(request, day)
    found = scored(request.scope, period, day)
    unit = request.user.department.name if request.user.department else ""
    content = shown.workbook(found, said(period), unit, request.user.name, request.today)
    audit.write(request.actor, request.now, "collect.export", "quality", {"from": f"{period.start}", "to": f"{period.end}"})
    return download(content, _("数据质量 %(p)s.xlsx") % {"p": said(period)})


@allowed("collect.see")
@require_safe
def lowered(request: HttpRequest, sender: str, source: str) -> HttpResponse:
    """What lowered the scores of one table of one department: every kind of problem, month by month, with its file."""
    department = get_object_or_404(departments_in(request.scope, "collect.see"), code=sender)
    known, day = _known(request)
    period = _period(request, day)
    found = [
        one for one in scored(request.scope, period, day) if one.sender == department and one.source.id == source
    ]
    if not found:
        raise Http404
    context = {
        "sender": department, "source": found[0].source, "period": said(period), "start": period.start,
        "end": month_of(period.end), "parts": _parts(found), "months": [_month_row(one) for one in reversed(found)],
        "heads": _heads(), "total": total(summed(found)), "known": known,
    }  # fmt: skip
    return render(request, "analyse/quality_lowered.html", context)


def _parts(found: list[Any]) -> list[dict[str, Any]]:
    """Each score with its reasons, the gravest first."""
    parts = summed(found)
    return [
        {"title": DIMENSIONS[name], "says": SAID[name], "part": part,
         "reasons": [{"title": shown.title_of(one), "reason": one} for one in part.reasons]}
        for name, part in parts.items()
    ]  # fmt: skip


def _month_row(one: Any) -> dict[str, Any]:
    cells = [shown.cell(one.parts[name]) if name in one.parts else None for name in DIMENSIONS]
    reasons = [(shown.title_of(r), r) for part in one.parts.values() for r in part.reasons]
    return {"one": one, "cells": cells, "reasons": sorted(reasons, key=lambda pair: -pair[1].lost)}
