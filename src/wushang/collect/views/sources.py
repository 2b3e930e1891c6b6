"""报送表: which tables there are, their versions and what differs between them; a new version is put in force here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wushang.collect.deeds.adopt_source import AdoptSource, newer_shipped, read_source
from wushang.collect.inforce import sources as known
from wushang.collect.inforce import table_of
from wushang.collect.layout.versions import differences
from wushang.collect.models import Batch, SourceVersion
from wushang.collect.place import batches_in
from wushang.collect.shown.mapping import KINDS
from wushang.collect.source import Source
from wushang.collect.views.asked import download, nav
from wushang.people.page import allowed
from wushang.terms import codes
from wushang.terms.problem import Refused


@allowed("collect.see")
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The list."""
    found = known()
    versions = {name: SourceVersion.objects.filter(source=name) for name in (one.id for one in found)}
    last = dict(batches_in(request.scope).order_by().values_list("version__source").annotate(last=Max("received")))
    rows = [
        {"table": one, "version": versions[one.id].first(), "times": versions[one.id].count() or 1, "last": last.get(one.id),
         "senders": "、".join(codes.name("department_kind", kind) for kind in one.departments)}
        for one in found
    ]  # fmt: skip
    context = {"rows": rows, "nav": nav(request, "collect:sources"), "newer": newer_shipped(),
               "may_adopt": request.scope.may("collect.sources")}  # fmt: skip
    return render(request, "collect/sources.html", context)


@allowed("collect.see")
@require_safe
def source(request: HttpRequest, name: str) -> HttpResponse:
    """One table: its columns, its versions, what each changed."""
    try:
        found = table_of(name)
    except Refused as refused:
        raise Http404(str(refused)) from refused
    return render(request, "collect/source.html", _context(request, found))


def _context(request: HttpRequest, table: Source) -> dict[str, Any]:
    versions = list(SourceVersion.objects.filter(source=table.id)) or [SourceVersion(source=table.id, text=table.text)]  # as shipped
    used = dict(Batch.objects.filter(version__source=table.id).order_by().values_list("version").annotate(n=Count("pk")))
    rows = []
    for place, one in enumerate(versions):
        before = versions[place + 1] if place + 1 < len(versions) else None
        told = differences(before.loaded(), one.loaded()) if before else [_("最早的一版。")]
        rows.append({"version": one, "told": told or [_("只改了说明，读法没有变。")], "used": used.get(one.pk, 0)})
    columns = [
        {"title": column.titles[0], "others": column.titles[1:], "kind": KINDS.get(column.type, column.type), "column": column}
        for column in table.columns.values()
    ]
    newer = newer_shipped().get(table.id)
    return {
        "table": table, "rows": rows, "columns": columns, "nav": nav(request, ""), "newer": newer,
        "newer_told": differences(table, newer) if newer else [], "may_adopt": request.scope.may("collect.sources"),
    }  # fmt: skip


@allowed("collect.sources")
@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """启用: an uploaded yaml, an earlier version, or the one an upgrade brought; first shown, then put in force."""
    try:
        text = _text(request)
        table = read_source(text)
        if request.POST.get("act") != "adopt":
            old = next((one for one in known() if one.id == table.id), None)
            told = differences(old, table) if old else [_("新的报送表。")]
            return render(request, "collect/adopt.html", {"table": table, "text": text, "told": told, "old": old})
        AdoptSource(request.actor, request.now, text, request.POST.get("reason", "")).do()
        messages.success(request, _("“%(t)s”的新版本已启用，下一份文件起按它读；以前的报送不变。") % {"t": table.title})
        return redirect("collect:source", name=table.id)
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
        return redirect("collect:sources")


def _text(request: HttpRequest) -> str:
    if sent := request.FILES.get("file"):
        return sent.read().decode("utf-8", errors="replace")
    if number := request.POST.get("version", ""):
        return get_object_or_404(SourceVersion, pk=int(number) if number.isdigit() else 0).text
    if name := request.POST.get("shipped", ""):
        return newer_shipped()[name].text if name in newer_shipped() else ""
    return request.POST.get("text", "").replace("\r\n", "\n")


@allowed("collect.see")
@require_safe
def text(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The yaml of a version, byte for byte."""
    found = get_object_or_404(SourceVersion, pk=pk, source=name)
    return download(found.text.encode(), f"{name}.yaml", "application/yaml")
