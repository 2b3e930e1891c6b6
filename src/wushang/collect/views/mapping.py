"""对应列: which column of a file is which field, by a person; with a preview of the rows as they would be understood."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wushang.collect.deeds.check_batch import check_small
from wushang.collect.deeds.map_file import MAPPABLE, MapFile
from wushang.collect.inforce import sources, table_of
from wushang.collect.layout.chosen import Choice, sheet_named, sheets_of
from wushang.collect.models import Batch
from wushang.collect.place import departments_in
from wushang.collect.shown.mapping import mapping as shown_mapping
from wushang.collect.shown.mapping import proposed
from wushang.collect.source import Source
from wushang.collect.views.asked import batch_of
from wushang.collect.ways import hand
from wushang.people import audit
from wushang.people.page import allowed, number_of
from wushang.terms.problem import Refused

NONE = "none"  # 本表没有这一列


@allowed("collect.map")
@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; posted with `act=save` it is kept, with anything else it is drawn again for the choice."""
    found = batch_of(request, pk, "collect.map")
    if found.state not in MAPPABLE:
        messages.info(request, _("这一批现在是“%(s)s”，不用再对应列。") % {"s": found.get_state_display()})
        return redirect("collect:batch", pk=pk)
    try:
        source = _source(request, found)
        choice, sheets = _choice(request, found, source)
        if request.method == "POST" and request.POST.get("act") == "save":
            return _save(request, found, source, choice)
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
        if request.method != "POST":
            return redirect("collect:batch", pk=pk)
        choice, sheets = _choice(request, found, source)
    audit.write(request.actor, request.now, "collect.read_personal", f"batch:{pk}", {"what": "columns"})
    return render(request, "collect/mapping.html", _context(request, found, source, choice, sheets))


def _source(request: HttpRequest, found: Batch) -> Source:
    wanted = request.POST.get("source") or request.GET.get("source") or found.source
    return table_of(wanted)


def _choice(request: HttpRequest, found: Batch, source: Source) -> tuple[Choice, list[Any]]:
    """As posted; else as proposed for the sheet and the header line that were asked for."""
    sheets = sheets_of(found)
    said = request.POST if request.method == "POST" else request.GET
    sheet = sheet_named(sheets, said.get("sheet", found.sheet))
    top = number_of(said, "top") if said.get("top") else None
    if top is not None and top >= sheet.cells.height:
        top = None
    levels = 2 if said.get("levels") == "2" and (top or 0) + 2 <= sheet.cells.height else 1
    if request.method != "POST":
        return proposed(sheet, source, found, request.today, top, levels), sheets
    width = sheet.cells.width
    columns = {n: number_of(said, f"c-{n}") for n in source.columns if said.get(f"c-{n}", "") not in ("", NONE)}
    absent = tuple(n for n in source.columns if said.get(f"c-{n}") == NONE)
    units = {n: said.get(f"u-{n}", "") for n in source.columns}
    columns = {name: place for name, place in columns.items() if place < width}
    return Choice(sheet.name, top or 0, levels, columns, {n: u for n, u in units.items() if u}, absent=absent), sheets


def _save(request: HttpRequest, found: Batch, source: Source, choice: Choice) -> HttpResponse:
    sender = departments_in(request.scope, "collect.map").filter(pk=number_of(request.POST, "sender")).first()
    MapFile(request.actor, request.now, found, source.id, choice, sender).do()
    check_small(found, request.now)
    found.refresh_from_db()
    if found.state == Batch.CHECKED and not found.absent:
        said = _("列的对应已记住（%(t)s的新版本），这份文件已重新读过。下个月同样的表会自己认得。")
        messages.success(request, said % {"t": source.title})
    return redirect("collect:batch", pk=found.pk)


def _context(request: HttpRequest, found: Batch, source: Source, choice: Choice, sheets: list[Any]) -> dict[str, Any]:
    sheet = sheet_named(sheets, choice.sheet)
    page = shown_mapping(sheet, source, choice, found, request.today)
    agreed = set(found.layout.get("agreed", []))
    return {
        "batch": found, "source": source, "choice": choice, "page": page, "sheets": [one.name for one in sheets],
        **_tables(request, found), "last": Batch.objects.filter(pk=found.layout.get("last") or 0).first(),
        "senders": departments_in(request.scope, "collect.map").filter(kind__in=source.departments),
        "questions": [one for one in found.layout.get("questions", []) if one["id"] not in agreed],
        "matched": len(choice.columns), "needed": [f.title for f in page.fields if f.needed and not f.absent],
    }  # fmt: skip


def _tables(request: HttpRequest, found: Batch) -> dict[str, list[Source]]:
    """The tables to choose from; those that the header is like stand first."""
    everything, may_be = hand.files(sources()), found.layout.get("may_be", [])
    return {"likely": [one for one in everything if one.id in may_be], "sources": [one for one in everything if one.id not in may_be]}
