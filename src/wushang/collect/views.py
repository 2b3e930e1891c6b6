"""数据报送: the deliveries, the upload, and 报送结果 with its rows that wait."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wushang.collect import papers, shelf, shown
from wushang.collect.deeds.accept_row import AcceptRow
from wushang.collect.deeds.check_batch import check, refresh_difference
from wushang.collect.deeds.confirm_batch import ConfirmBatch, asks_why
from wushang.collect.deeds.mend_row import MendRow
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.deeds.return_row import ReturnRow
from wushang.collect.deeds.withdraw_batch import WAITING, WithdrawBatch
from wushang.collect.forms import UploadForm, likely_sender
from wushang.collect.inforce import guess, in_force, sources
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.place import batches_in, departments_in
from wushang.people import audit
from wushang.people.page import allowed
from wushang.pool.models.clock import latest
from wushang.terms.problem import Refused

PER_PAGE = 50
AT_ONCE = 8_000_000  # bytes: a smaller file is checked while its sender waits, a larger one by the worker
TABS = ("different", "new", "changed", "gone")


def _page(request: HttpRequest, items: Any, per_page: int = PER_PAGE) -> Page:
    paginator = Paginator(items, per_page)
    page = paginator.get_page(request.GET.get("page"))
    page.pages_near = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)  # type: ignore[attr-defined]
    return page


def _batch(request: HttpRequest, pk: int, *verbs: str) -> Batch:
    """The delivery, where it lies in the scope and one of the verbs holds there (plain personal cells need more than a look)."""
    found = get_object_or_404(batches_in(request.scope), pk=pk)
    if verbs and not any(_may(request, verb, found) for verb in verbs):
        raise Http404
    return found


def _may(request: HttpRequest, verb: str, batch: Batch) -> bool:
    return request.scope.covers(verb, batch.sender.region.code)


@allowed("collect.see")
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """数据报送: upload, what came, and which tables there are."""
    everything = batches_in(request.scope)
    wanted = everything.filter(version__source=request.GET["source"]) if request.GET.get("source") else everything
    page = _page(request, wanted)
    numbers = shown.tallies(page)
    rows = [{"batch": batch, "numbers": numbers[batch.pk]} for batch in page]
    tables = sources(request.now)
    last = {table.id: everything.filter(version__source=table.id).first() for table in tables}
    context = {
        "page": page, "rows": rows, "any": everything.exists(),
        "tables": [{"table": table, "last": last[table.id]} for table in tables],
        "source": request.GET.get("source", ""),
        "form": UploadForm(departments_in(request.scope), tables) if request.scope.may("collect.upload") else None,
    }  # fmt: skip
    return render(request, "collect/batches.html", context)


@allowed("collect.upload")
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Receive the files; one file leads to its own page."""
    form = UploadForm(departments_in(request.scope), sources(request.now), request.POST, request.FILES)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, "；".join(errors))
        return redirect("collect:batches")
    received = [batch for sent in form.cleaned_data["files"] if (batch := _receive(request, form, sent))]
    return redirect("collect:batch", pk=received[0].pk) if len(received) == 1 else redirect("collect:batches")


def _receive(request: HttpRequest, form: UploadForm, sent: Any) -> Batch | None:
    content, wanted = sent.read(), form.cleaned_data
    try:
        version = in_force(wanted["source"] or guess(content, sent.name, request.now).id, request.now)
        sender = wanted["sender"] or likely_sender(request, version.loaded())
        received = ReceiveFile(
            request.actor, request.now, content, sent.name, sender, version.source, None, wanted["historical"]
        ).do()
    except Refused as refused:
        if refused.problem.code == "same_file":
            messages.info(request, f"{refused.problem.why}{refused.problem.remedy}")
            return Batch.objects.get(pk=int(refused.problem.value))
        messages.error(request, f"{sent.name}：{refused.problem.why}{refused.problem.remedy}")
        return None
    if len(content) <= AT_ONCE:
        check(received, request.now)
    return received


@allowed("collect.see")
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """报送结果."""
    found = _batch(request, pk)
    if found.state == Batch.CHECKED and found.known != latest():
        refresh_difference(found)
        found.save(update_fields=["difference", "known"])
    return render(request, "collect/batch.html", _result(request, found))


def _result(request: HttpRequest, found: Batch) -> dict[str, Any]:
    context = {**_numbers(request, found), "busy": _busy(found), "history": _earlier(found)}
    if not found.checked or found.state == Batch.FAILED:
        return context
    source = found.version.loaded()
    waiting = _page(request, _in_order(found)) if "tab" not in request.GET else None
    rows = waiting if waiting is not None else _in_order(found)[:PER_PAGE]
    opened = (request.GET.get("edit", "") if context["may_mend"] else "", request.GET.get("act", "mend"))
    context["waiting"] = [
        {"shown": shown.shown_row(r, source), "act": opened[1] if opened[0] == str(r.row) else ""} for r in rows
    ]
    for entry in context["waiting"]:
        if entry["act"]:
            entry["fields"] = _fields(request, entry["shown"])
    context["waiting_page"] = waiting
    return {**context, **_differences(request, found)}


def _in_order(found: Batch) -> Any:
    """Open rows first, then returned ones, then what is settled."""
    urgency = Case(When(state=QuarantinedRow.OPEN, then=0), When(state=QuarantinedRow.RETURNED, then=1), default=2)
    return found.quarantined.order_by(urgency, "row")


def _numbers(request: HttpRequest, found: Batch) -> dict[str, Any]:
    """What the numbers and the foot of the page need; they are drawn anew after each row."""
    checked = found.state == Batch.CHECKED
    return {
        "batch": found, "numbers": shown.numbers(found), "ties": shown.ties(found), "doubts": asks_why(found) if checked else [],
        "suggested": sum(bool(shown.shown_row(r, found.version.loaded()).suggested) for r in _open(found)[:500]),
        "may_mend": _may(request, "collect.mend", found) and found.state in (Batch.CHECKED, Batch.LANDED),
        "may_confirm": _may(request, "collect.confirm", found) and checked,
        "may_withdraw": _may(request, "collect.withdraw", found) and _may_be_withdrawn(found),
        "effect_url": _effect_url(found) if checked else "",
    }  # fmt: skip


def _open(found: Batch) -> Any:
    return found.quarantined.filter(state=QuarantinedRow.OPEN)


def _effect_url(found: Batch) -> str:
    """本批将产生: a page part of a later room, by its name; nothing where that room is not there."""
    try:
        return reverse("judge:batch_effect", args=[found.pk])
    except NoReverseMatch:
        return ""


def _may_be_withdrawn(found: Batch) -> bool:
    return found.state in (*WAITING, Batch.LANDED) or (found.state == Batch.CONFIRMED and bool(found.problem))


def _busy(found: Batch) -> str:
    """What is being done with it right now, in words; a delivery that does not land is told with its trouble instead."""
    if found.state == Batch.CONFIRMED and found.problem:
        return ""
    words = {
        Batch.RECEIVED: _("已上传，正在排队核对"), Batch.READ: _("正在核对"),
        Batch.CONFIRMED: _("已确认，正在入库"), Batch.WITHDRAWING: _("正在撤回"),
    }  # fmt: skip
    return words.get(found.state, "")


def _earlier(found: Batch) -> dict[str, Any]:
    """第几次报送，替换哪一次."""
    same = Batch.objects.filter(
        version__source=found.source, sender=found.sender, start=found.start, end=found.end, pk__lt=found.pk
    ).exclude(state__in=(Batch.WITHDRAWN, Batch.WITHDRAWING, Batch.FAILED))
    return {"times": same.count() + 1, "last": same.first()} if found.start else {"times": 1, "last": None}


def _differences(request: HttpRequest, found: Batch) -> dict[str, Any]:
    against = shown.against(found)
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "different"
    wanted = shown.rows_of(against, tab)
    page = _page(request, wanted) if request.GET.get("tab") else Paginator(wanted, PER_PAGE).get_page(1)
    counts = {name: len(shown.rows_of(against, name)) for name in TABS}
    titles = {"different": _("与上次不同"), "new": _("新增"), "changed": _("变更"), "gone": _("减少")}
    return {
        "tabs": [{"name": n, "title": titles[n], "count": counts[n], "active": n == tab} for n in TABS],
        "lines": list(shown.lines(found, against, list(page))), "lines_page": page, "tab": tab, "changes": shown.CHANGES,
    }  # fmt: skip


@allowed("collect.see")
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """While it is read or landed: the bar again; afterwards the page itself."""
    found = _batch(request, pk)
    if busy := _busy(found):
        return render(request, "_progress.html", {"url": reverse("collect:progress", args=[pk]), "doing": busy})
    return HttpResponse(headers={"HX-Refresh": "true"})


@allowed("collect.see")
@require_safe
def row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """One waiting row; ?act= opens its form. Plain personal cells are shown to who mends, and that is written down."""
    found = _batch(request, pk)
    waiting = get_object_or_404(found.quarantined, row=row)
    act = request.GET.get("act", "")
    context = _row(request, waiting, act if _may(request, "collect.mend", found) else "")
    return render(request, "collect/_row.html", context)


def _row(request: HttpRequest, waiting: QuarantinedRow, act: str = "", error: str = "") -> dict[str, Any]:
    one = shown.shown_row(waiting, waiting.batch.version.loaded())
    may = _may(request, "collect.mend", waiting.batch) and waiting.batch.state in (Batch.CHECKED, Batch.LANDED)
    entry = {"shown": one, "act": act, "error": error, "fields": _fields(request, one) if act == "mend" else []}
    return {"batch": waiting.batch, "entry": entry, "may_mend": may}


def _fields(request: HttpRequest, one: shown.ShownRow) -> list[dict[str, str]]:
    """The cells to mend, as they stand; what is suggested is filled in."""
    text, source = json.loads(one.row.text), one.row.batch.version.loaded()
    wrong = {p.field: p for p in one.problems if not p.warn}
    personal = sorted(set(wrong) & set(source.personal))
    if personal:
        said = {"row": one.row.row, "fields": personal}
        audit.write(request.actor, request.now, "collect.read_personal", f"batch:{one.row.batch_id}", said)
    return [
        {"name": name, "title": p.column, "value": p.suggestion or text.get(name, ""), "why": p.why, "remedy": p.remedy}
        for name, p in wrong.items()
    ]


@allowed("collect.mend")
@require_POST
def settle(request: HttpRequest, pk: int, row: int, act: str) -> HttpResponse:
    """改正, 仍按原值, 退回: one row. htmx gets the row and the numbers, a plain form the page."""
    found = _batch(request, pk)
    waiting = get_object_or_404(found.quarantined.select_related("batch__version", "batch__sender__region"), row=row)
    reason, error = request.POST.get("reason", ""), ""
    try:
        _deed(request, waiting, act, reason).do()
    except Refused as refused:
        waiting.refresh_from_db()
        error = f"{refused.problem.why}{refused.problem.remedy}"
    if not request.htmx:
        if error:
            messages.error(request, error)
        return redirect(reverse("collect:batch", args=[pk]) + f"#row-{row}")
    waiting = found.quarantined.get(pk=waiting.pk)
    again = act if error or (act == "mend" and waiting.waits) else ""
    found.refresh_from_db()
    context = {**_numbers(request, found), **_row(request, waiting, again, error), "and_numbers": True}
    return render(request, "collect/_row.html", context)


def _deed(request: HttpRequest, waiting: QuarantinedRow, act: str, reason: str) -> MendRow | AcceptRow | ReturnRow:
    if act == "mend":
        columns = waiting.batch.version.loaded().columns
        values = {n.removeprefix("value-"): v for n, v in request.POST.items() if n.removeprefix("value-") in columns}
        return MendRow(request.actor, request.now, waiting, values, reason)
    if act == "accept":
        return AcceptRow(request.actor, request.now, waiting, reason)
    if act == "return":
        return ReturnRow(request.actor, request.now, waiting, reason)
    raise Http404


@allowed("collect.mend")
@require_POST
def take_suggestions(request: HttpRequest, pk: int) -> HttpResponse:
    """按建议全部改正: every row whose suggestions mend it wholly."""
    found = _batch(request, pk)
    source, done = found.version.loaded(), 0
    for waiting in _open(found).select_related("batch__version", "batch__sender__region"):
        if values := shown.shown_row(waiting, source).suggested:
            try:
                MendRow(request.actor, request.now, waiting, values, _("按建议改正")).do()
                done += 1
            except Refused as refused:
                messages.warning(
                    request, _("第 %(row)s 行：%(why)s") % {"row": waiting.row, "why": refused.problem.why}
                )
    messages.success(request, _("已按建议改正 %(n)s 行。") % {"n": done})
    return redirect("collect:batch", pk=pk)


@allowed("collect.confirm")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found = _batch(request, pk)
    try:
        ConfirmBatch(request.actor, request.now, found, request.POST.get("reason", "")).do()
        left = shown.numbers(found).open
        said = (
            _("已确认，正在入库。")
            if not left
            else _("已确认，正在入库；还有 %(n)s 行待订正，订正后单独入库。") % {"n": left}
        )
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}。{refused.problem.remedy}".replace("。。", "。"))
    return redirect("collect:batch", pk=pk)


@allowed("collect.withdraw")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _batch(request, pk)
    try:
        done = WithdrawBatch(request.actor, request.now, found, request.POST.get("reason", "")).do()
        landed = done.state == Batch.WITHDRAWING
        messages.success(request, _("正在撤回，入库前的数据将恢复。") if landed else _("已撤回，没有计入任何数据。"))
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return redirect("collect:batch", pk=pk)


@allowed("collect.mend", "collect.confirm")
@require_safe
def corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """订正表: goes back to the department that sent the rows; written down, because it holds personal cells."""
    found = _batch(request, pk, "collect.mend", "collect.confirm")
    audit.write(request.actor, request.now, "collect.export", f"batch:{pk}", {"what": "corrections"})
    return _download(papers.corrections(found), f"订正表 {found.title} {found.number}.xlsx")


@allowed("collect.mend", "collect.confirm")
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """看原文件: the very bytes that came."""
    found = _batch(request, pk, "collect.mend", "collect.confirm")
    audit.write(request.actor, request.now, "collect.export", f"batch:{pk}", {"what": "file", "digest": found.digest})
    return _download(shelf.kept_file(found.digest), found.file_name, "application/octet-stream")


@allowed("collect.see")
@require_safe
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    found = _batch(request, pk)
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "different"
    against = shown.against(found)
    lines = shown.lines(found, against, shown.rows_of(against, tab))
    audit.write(request.actor, request.now, "collect.export", f"batch:{pk}", {"what": "differences", "tab": tab})
    names = {name: str(word) for name, word in shown.CHANGES.items()}
    return _download(papers.differences(found, lines, names), f"与上次不同 {found.title} {found.number}.xlsx")


@allowed("collect.see")
@require_safe
def sample(request: HttpRequest, source: str) -> HttpResponse:
    """样表."""
    try:
        found = in_force(source, request.now).loaded()
    except Refused as refused:
        raise Http404(str(refused)) from refused
    return _download(papers.sample(found), f"样表 {found.title}.xlsx")


def _download(content: bytes, name: str, kind: str = papers.XLSX) -> HttpResponse:
    from django.utils.http import content_disposition_header

    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)
