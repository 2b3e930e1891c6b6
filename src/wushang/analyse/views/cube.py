"""交叉分析: any measures by any one or two dimensions; a row opens into the next level, a number into its list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from wushang.analyse.cube import choosing
from wushang.analyse.cube.asked import Asked, offered
from wushang.analyse.cube.coming import coming
from wushang.analyse.cube.compared import AGAINST, Compared, compared
from wushang.analyse.cube.listing import injuries_of
from wushang.analyse.cube.multiples import months_of, multiples
from wushang.analyse.cube.parted import parted, why_not
from wushang.analyse.cube.said import asked_of, pairs_of
from wushang.analyse.cube.sheet import workbook
from wushang.analyse.cube.shown import Shown, basis_said, crumbs
from wushang.analyse.data_day import data_day
from wushang.analyse.delivered import came
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import BASES, SCOPES, STATUSES
from wushang.analyse.models.view import SHARED, SPANS
from wushang.analyse.views.publications import address
from wushang.people import audit
from wushang.people.page import allowed, number_of
from wushang.pool import reading
from wushang.pool.known import Known, known_of
from wushang.terms.problem import Refused

VERB = "analyse.see"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_PAGE = 50


@allowed(VERB)
def page(request: Any) -> HttpResponse:
    """The question as a form, the answer as a table."""
    context: dict[str, Any] = {
        "offered": offered(), "dimensions": dimensions().values(), "may_choose": list(choosing.offered()), "against": AGAINST, "bases": BASES, "scopes": SCOPES,
        "statuses": STATUSES, "spans": SPANS, "shared": SHARED, **_then(request),
    }  # fmt: skip
    try:
        asked = _asked(request)
        found = _compared(request, asked)
    except Refused as refused:
        return render(request, "analyse/cube.html", context | {"problem": refused.problem}, status=422)
    shown = Shown(found)
    context |= {"choose": choosing.chosen(_pool(request), asked, request.GET.get("choose", ""))}
    small = multiples(shown, coming(_pool(request), asked, found.data_to, months_of(shown)))
    context |= {"small": small, "publish": address(asked) if request.scope.may("analyse.publish") else ""}
    return render(request, "analyse/cube.html", context | {"asked": asked, "shown": shown, "crumbs": crumbs(asked)})


@allowed(VERB)
def injuries(request: Any) -> HttpResponse:
    """The list that a figure adds up."""
    asked, number = _asked(request), max(1, number_of(request.GET, "page"))
    pool = _pool(request)
    found = injuries_of(pool, asked, A_PAGE, (number - 1) * A_PAGE)
    leaf = Paginator(range(found.cases), A_PAGE).get_page(number)
    leaf.pages_near = leaf.paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    context = {"basis": basis_said(asked), "data_to": data_day(pool), "commit": pool.commit, "found": found, "page": leaf,
               "crumbs": crumbs(asked), "may_units": request.scope.may("pool.see")}  # fmt: skip
    return render(request, "analyse/cube_injuries.html", context | _then(request))


@allowed(VERB)
def change(request: Any) -> HttpResponse:
    """增减从哪里来: the part of the page that is reckoned when somebody opens it."""
    asked, against = _asked(request), request.GET.get("against", "last_year")
    pool = _pool(request)
    why = why_not(asked, against, came(pool.commit))
    return render(request, "analyse/_cube_change.html", {"why": why, "found": None if why else parted(pool, asked, against)})


@allowed(VERB)
def sheet(request: Any) -> HttpResponse:
    """The answer as a workbook; taking it away leaves an audit row."""
    asked = _asked(request)
    unit = request.user.department.name if request.user.department else ""
    data = workbook(Shown(_compared(request, asked)), unit, request.actor.name, request.today)
    audit.write(request.actor, request.now, "analyse.export", "cube", {"question": [list(pair) for pair in pairs_of(asked)]})
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, _("交叉分析") + f" {request.today}.xlsx") or "attachment"
    return answer


def answered(request: Any) -> tuple[reading.Pool, Compared]:
    """The pool and the answer of the address, for a part of the page that a lower room makes."""
    return _pool(request), _compared(request, _asked(request))


def _asked(request: Any) -> Asked:
    said = dict(request.GET.lists()) or {"down": ["town"]}
    return asked_of(said, min(request.today, data_day(_pool(request)) or request.today))


def _compared(request: Any, asked: Asked) -> Compared:
    against = request.GET.get("against", "last_year")
    return compared(_pool(request), asked, against if against in AGAINST else "last_year")


def _known(request: Any) -> Known:
    return known_of(request.GET, request.today)


def _then(request: Any) -> dict[str, Any]:
    """按某日所知: for the band, and for the addresses that lead on with the same version."""
    known = _known(request)
    return {"known": known, "more": f"&{known.query}" if known.query else ""}


def _pool(request: Any) -> reading.Pool:
    return reading.open(request.scope, _known(request).commit, verb=VERB)
