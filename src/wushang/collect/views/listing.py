"""数据报送: upload, the deliveries, which tables there are; and those of them that wait to be mended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from wushang.collect import corrections, counts, shown
from wushang.collect.content import Content, size_of, start_of, whole
from wushang.collect.content import sent as content_of
from wushang.collect.deeds.check_batch import SMALL, check_small
from wushang.collect.deeds.receive_file import ReceiveFile, refuse_large
from wushang.collect.forms import COLLECTS, UploadForm, placed
from wushang.collect.inforce import Taken, sources, table_of_file
from wushang.collect.models import Batch
from wushang.collect.pieces import Piece, opened
from wushang.collect.place import batches_in, departments_in
from wushang.collect.source import Source
from wushang.collect.views.alike import taken_back
from wushang.collect.views.asked import may, nav, page_of
from wushang.collect.views.uploading import told
from wushang.collect.ways import hand
from wushang.people.models import Department
from wushang.people.page import allowed
from wushang.terms.problem import Refused


@allowed("collect.see")
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """报送情况."""
    everything = batches_in(request.scope)
    wanted = everything.filter(version__source=request.GET["source"]) if request.GET.get("source") else everything
    tables = _may_send(request, sources())
    newest = dict(everything.order_by("pk").values_list("version__source", "pk"))  # the last of each
    found = everything.in_bulk(newest.values())
    last = {table.id: found.get(newest.get(table.id, 0)) for table in tables}
    context = _listed(request, wanted) | {
        "any": everything.exists(), "tables": [{"table": table, "last": last[table.id]} for table in tables if last[table.id] or table.id != hand.SOURCE],
        "source": request.GET.get("source", ""), "nav": nav(request, "collect:batches"),
        "form": UploadForm(departments_in(request.scope), tables) if request.scope.may("collect.upload") else None,
    }  # fmt: skip
    return render(request, "collect/batches.html", context)


@allowed("collect.see")
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """待订正: the deliveries that have rows open or given back, those with most open rows first."""
    rows = batches_in(request.scope).filter(state__in=(Batch.CHECKED, Batch.CONFIRMED, Batch.LANDED))
    rows = rows.filter(counts.some("open", "returned")).order_by("-counts__open", "-pk")
    unmapped = batches_in(request.scope).filter(state=Batch.UNMAPPED)
    context = _listed(request, rows) | {"nav": nav(request, "collect:waiting"), "unmapped": unmapped}
    return render(request, "collect/waiting.html", context)


def _may_send(request: HttpRequest, tables: list[Source]) -> list[Source]:
    """The tables that the departments in reach may send; all of them for who collects what others send."""
    kinds = set(departments_in(request.scope, "collect.see").values_list("kind", flat=True))
    return tables if COLLECTS in kinds else [table for table in tables if kinds & set(table.departments)] or tables


def _listed(request: HttpRequest, wanted: Any) -> dict[str, Any]:
    page = page_of(request, wanted)
    numbers, entered = shown.tallies(page), hand.told(page)
    return {"page": page, "rows": [{"batch": batch, "numbers": numbers[batch.pk], "entered": entered.get(batch.pk, "")} for batch in page]}


@allowed("collect.upload")
@told
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Receive the files; one file leads to its own page."""
    form = UploadForm(departments_in(request.scope), sources(), request.POST, request.FILES)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, "；".join(errors))
        return redirect("collect:batches")
    pieces = [piece for sent in form.cleaned_data["files"] for piece in _pieces(request, form, sent)]
    received = [batch for piece in pieces if (batch := _receive(request, form, piece))]
    return _to(request, received[0]) if len(received) == 1 else redirect("collect:batches")


def _to(request: HttpRequest, received: Batch) -> HttpResponse:
    """Its own page; where it may be several tables, the page that asks which."""
    received.refresh_from_db()
    asks = received.state == Batch.UNMAPPED and received.layout.get("may_be") and may(request, "collect.map", received)
    return redirect("collect:mapping" if asks else "collect:batch", pk=received.pk)


def _pieces(request: HttpRequest, form: UploadForm, sent: Any) -> list[Piece]:
    """The deliveries that a file holds: itself, the files of a zip, or sheets of a workbook; what cannot be used is told."""
    try:
        refuse_large(sent.size, sent.name)
        found = opened(content_of(sent), sent.name, form.cleaned_data["source"], request.now)
    except Refused as refused:
        messages.error(request, f"{sent.name}：{refused.problem.why}{refused.problem.remedy}")
        return []
    for said in found.said:
        messages.info(request, said)
    for problem in found.left:
        messages.error(request, f"{problem.value}：{problem.why}；{problem.remedy}。")
    return found.pieces


def _receive(request: HttpRequest, form: UploadForm, piece: Piece) -> Batch | None:
    content, name, wanted = piece.content, piece.file_name, form.cleaned_data
    try:
        if back := _corrections(request, content, name):
            return back
        table = Taken(wanted["source"]) if wanted["source"] else _table(request, content, name, wanted["sender"])
        table, sender = placed(request, table, wanted["sender"])
        received = ReceiveFile(
            request.actor, request.now, content, name, sender, table.source, None, wanted["historical"], wanted["whole"], piece.sheet,
            table,
        ).do()  # fmt: skip
    except Refused as refused:
        if refused.problem.code == "same_file":
            messages.info(request, f"{refused.problem.why}{refused.problem.remedy}")
            return Batch.objects.get(pk=int(refused.problem.value))
        messages.error(request, f"{name}：{refused.problem.why}{refused.problem.remedy}")
        return None
    check_small(received, request.now)
    return received


def _table(request: HttpRequest, content: Content, name: str, sender: Department | None) -> Taken:
    """By its header; a layout that nobody knows may be any table that the sender sends, or those the person brings files for."""
    own = request.user.department
    if sender or (own and own.kind != COLLECTS):
        return table_of_file(content, name, sender or own, [(sender or own).kind])
    return table_of_file(content, name, own, departments_in(request.scope).values_list("kind", flat=True))


def _corrections(request: HttpRequest, sent: Content, name: str) -> Batch | None:
    """A 订正表 that was filled in goes to its own delivery, wherever it is uploaded."""
    if size_of(sent) > SMALL or start_of(sent, 2) != b"PK":
        return None
    content = whole(sent)
    found = batches_in(request.scope, "collect.mend").filter(pk=corrections.batch_of(content, name) or 0).first()
    if found:
        taken_back(request, found, content, name)
    return found
