"""台账打印: choose, see, print, export. The page shows the very workbook that is exported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from wushang.people import audit
from wushang.people.models import Region
from wushang.people.page import allowed
from wushang.web.ledgers.asked import Asked, asked
from wushang.web.ledgers.kinds import KINDS, Kind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD_LINE = 2  # title, made by, header
LONG = 10  # characters that want a wide column


@allowed("ledger.print")
def ledgers(request: Any) -> HttpResponse:
    """The ledgers to choose from, and the chosen one as it will print."""
    shown = {name: kind for name, kind in KINDS.items() if request.scope.may(kind.verb)}
    name = request.GET.get("kind") if request.GET.get("kind") in shown else next(iter(shown), "")
    context: dict[str, Any] = {"kinds": shown, "chosen": name, "kind": shown.get(name)}
    if name:
        what = asked(request, _unit(request))
        context |= {
            "asked": what, "sheet": read(shown[name].make(what)), "towns": _towns(what),
            "reconcile_url": reverse("reconcile") if request.scope.covers("analyse.reconcile", settings.WUSHANG_REGION) else None,
            "export_url": f"{reverse('ledger_file', args=[name])}?{request.GET.urlencode()}",
        }  # fmt: skip
    return render(request, "web/ledgers.html", context)


@allowed("ledger.print")
def ledger_file(request: Any, name: str) -> HttpResponse:
    """The chosen ledger as xlsx; every export leaves an audit row."""
    kind = _kind(request, name)
    what = asked(request, _unit(request))
    data = kind.make(what)
    said = {"from": str(what.period.start), "to": str(what.period.end), "town": what.town, "enterprise": what.enterprise}
    audit.write(request.actor, request.now, "ledger.print", f"ledger:{name}", said)
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{kind.title} {request.today}.xlsx") or "attachment"
    return answer


def _kind(request: Any, name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    if not request.scope.may(KINDS[name].verb):
        raise PermissionDenied
    return KINDS[name]


def _unit(request: Any) -> str:
    return request.user.department.name if request.user.department else settings.WUSHANG_CITY


def _towns(what: Asked) -> list[Region]:
    rows = Region.objects.filter(parent__code=settings.WUSHANG_REGION)
    return [town for town in rows if what.scope.covers("ledger.print", town.code)]


@dataclass(frozen=True)
class Sheet:
    """A workbook read back: title, the line under it, header, rows, total row, note."""

    title: str
    under: str
    head: list[str]
    rows: list[list[tuple[str, str]]]  # text, and num | fix (a date) | wide | ''
    total: list[str]
    note: str


def read(data: bytes) -> Sheet:
    """An xlsx of pool.sheet → its parts, ready to be drawn as a page."""
    from python_calamine import CalamineWorkbook

    lines = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    total = next(n for n, line in enumerate(lines) if n > HEAD_LINE and str(line[0]).startswith("合计"))
    note = str(lines[total + 1][0]) if len(lines) > total + 1 else ""
    head = [str(cell) for cell in lines[HEAD_LINE]]
    named = [text.startswith("单位") for text in head]
    rows = [
        [(_text(cell), _class(cell, unit)) for cell, unit in zip(line, named, strict=True)]
        for line in lines[HEAD_LINE + 1 : total]
    ]
    return Sheet(str(lines[0][0]), str(lines[1][0]), head, rows, [_text(cell) for cell in lines[total]], note)


def _class(cell: Any, unit: bool) -> str:
    if isinstance(cell, float):
        return "num"
    return "fix" if isinstance(cell, date | datetime) else "wide" if unit or len(str(cell)) > LONG else ""


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell == int(cell) else f"{cell:,.2f}"
    return cell.isoformat()[:10] if isinstance(cell, date | datetime) else str(cell)
