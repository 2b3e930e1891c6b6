"""报送结果: the numbers that tie, the rows that wait, what is different from last time."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wushang.collect import counts, papers, shown
from wushang.collect.checks import column_absent
from wushang.collect.deeds.check_batch import refresh_difference
from wushang.collect.deeds.withdraw_batch import WAITING
from wushang.collect.doubts import asks_why
from wushang.collect.look import NOT_THERE, UNUSED
from wushang.collect.models import Batch, QuarantinedRow, Settling
from wushang.collect.shown import lines as differing
from wushang.collect.shown.rows import Kind, ShownRow, kinds, part, shown_row
from wushang.collect.views.asked import batch_of, download, may, nav, page_of
from wushang.collect.views.uploading import may_cancel
from wushang.people import audit
from wushang.people.page import allowed, number_of
from wushang.pool.models.clock import latest

COMPARED_AT_ONCE = 50_000  # rows


@allowed("collect.see")
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    found = batch_of(request, pk)
    # facts have changed since it was compared; a long file is compared again when it is confirmed
    if found.state == Batch.CHECKED and found.known != latest() and found.rows <= COMPARED_AT_ONCE:
        refresh_difference(found)
        found.save(update_fields=["difference", "known"])
    return render(request, "collect/batch.html", _result(request, found))


def _result(request: HttpRequest, found: Batch) -> dict[str, Any]:
    context = {**numbers_of(request, found), **_questions(request, found), "busy": _busy(found), "history": _earlier(found)}
    context["may_cancel"] = may_cancel(request, found)
    context["nav"] = nav(request, "")
    context["plain_notes"] = [note for note in found.notes if note.startswith((UNUSED, NOT_THERE))]
    context["notes"] = [note for note in found.notes if note not in context["plain_notes"]]
    if not found.checked or found.state in (Batch.FAILED, Batch.UNMAPPED):
        return context
    return {**context, **_waiting(request, found, context["may_mend"]), **_differences(request, found)}


def _waiting(request: HttpRequest, found: Batch, may_mend: bool) -> dict[str, Any]:
    """The rows from a place on, narrowed to one kind or state where that is asked."""
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    rows = part(found, request.GET.get("after", ""), kind, state)
    opened = (request.GET.get("edit", "") if may_mend else "", request.GET.get("act", "mend"))
    source = found.version.loaded()
    entries: list[dict[str, Any]] = [{"shown": shown_row(row, source), "act": ""} for row in rows.rows]
    for entry in entries:
        if opened[0] == str(entry["shown"].row.row):
            entry |= {"act": opened[1], "fields": fields_of(request, entry["shown"])}
    known = kinds(found)
    orders = Settling.objects.filter(batch=found, done=None)
    return {
        "waiting": entries, "part": rows, "kinds": known, "whole": _whole(found, known), "kind": next((k for k in known if k.id == kind), None),
        "states": _states(found, state), "state": state, "last": found.quarantined.filter(row=number_of(request.GET, "last")).first(), "orders": orders, "last_order": _last_order(found),
    }  # fmt: skip


def _whole(found: Batch, known: list[Kind]) -> dict[str, Any]:
    """整列缺失: the one matter of all rows, with what went back of it already; nothing where every column is there."""
    kind = next((one for one in known if one.id.startswith(f"{column_absent.code}.")), None)
    back = found.quarantined.filter(state=QuarantinedRow.RETURNED, kind__startswith=f"{column_absent.code}.") if found.absent else None
    last = back.order_by("-at").first() if back is not None else None
    if not kind and not last:
        return {}
    of_key = any(name in found.version.loaded().key for name in found.absent)
    return {"titles": list(found.absent.values()), "kind": kind, "last": last, "back": counts.of(found).get("returned", 0), "of_key": of_key}


def _last_order(found: Batch) -> Settling | None:
    """The last order that left rows behind, to be told."""
    return found.settlings.filter(done__isnull=False).last()


def _states(found: Batch, state: str) -> list[dict[str, Any]]:
    kept = counts.of(found)
    titles = {"": _("全部"), "open": _("待订正"), "returned": _("已退回"), "mended": _("已改正"), "accepted": _("按原值接收")}
    whole = sum(kept.get(name, 0) for name in titles)
    return [
        {"name": name, "title": title, "count": kept.get(name, 0) if name else whole, "active": name == state}
        for name, title in titles.items()
        if not name or kept.get(name, 0) or name == state
    ]


def numbers_of(request: HttpRequest, found: Batch) -> dict[str, Any]:
    """What the numbers and the foot of the page need; they are drawn anew after each row."""
    checked, ties, lands = found.state == Batch.CHECKED, shown.ties(found), bool(found.version.loaded().lands)
    return {
        "batch": found, "numbers": shown.numbers(found), "ties": ties, "unequal": checked and any(tie.equal is False for tie in ties), "doubts": asks_why(found, request.today) if checked else [],
        "suggested": counts.of(found).get("suggested", 0), "comparable": lands,
        "may_mend": may(request, "collect.mend", found) and found.state in (Batch.CHECKED, Batch.LANDED),
        "may_confirm": lands and may(request, "collect.confirm", found) and checked and not (found.absent and not shown.numbers(found).taken),
        "may_withdraw": may(request, "collect.withdraw", found) and _may_be_withdrawn(found),
        "may_map": may(request, "collect.map", found) and found.state in (Batch.CHECKED, Batch.UNMAPPED),
        "effect_url": _effect_url(found) if checked else "",
        "undo_effect_url": _effect_url(found) if found.state == Batch.LANDED and not found.historical else "",
    }  # fmt: skip


def fields_of(request: HttpRequest, one: ShownRow) -> list[dict[str, str]]:
    """The cells to mend, as they stand; what is suggested is filled in. Plain personal cells are written down."""
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


def _questions(request: HttpRequest, found: Batch) -> dict[str, Any]:
    """What has changed in the columns since last time."""
    if found.state not in (Batch.CHECKED, Batch.UNMAPPED):
        return {"questions": []}
    agreed = set(found.layout.get("agreed", []))
    return {"questions": [one for one in found.layout.get("questions", []) if one["id"] not in agreed]}


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
        Batch.RECEIVED: _("已上传，正在排队核对"), Batch.READ: _read_so_far(found),
        Batch.CONFIRMED: _("已确认，正在入库"), Batch.WITHDRAWING: _("正在撤回"),
    }  # fmt: skip
    return words.get(found.state, "")


def _read_so_far(found: Batch) -> str:
    return _("正在核对，已核对 %(n)s 行") % {"n": f"{found.rows:,}"} if found.rows else _("正在核对")


def _earlier(found: Batch) -> dict[str, Any]:
    """第几次报送，替换哪一次."""
    same = Batch.objects.filter(
        version__source=found.source, sender=found.sender, start=found.start, end=found.end, pk__lt=found.pk
    ).exclude(state__in=(Batch.WITHDRAWN, Batch.WITHDRAWING, Batch.FAILED, Batch.UNMAPPED))
    return {"times": same.count() + 1, "last": same.first()} if found.start else {"times": 1, "last": None}


def _differences(request: HttpRequest, found: Batch) -> dict[str, Any]:
    asked = request.GET.get("tab")
    tab = asked if asked in differing.TABS else "different"
    page = page_of(request, differing.Differences(found, tab))
    titles = {"different": _("与上次不同"), "new": _("新增"), "changed": _("变更"), "gone": _("减少")}
    tabs = [
        {"name": n, "title": titles[n], "count": len(differing.Differences(found, n)), "active": n == tab}
        for n in differing.TABS
    ]
    return {"tabs": tabs, "lines": list(differing.lines(found, list(page))), "lines_page": page, "tab": tab,
            "changes": differing.CHANGES}  # fmt: skip


@allowed("collect.see")
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """While it is read or landed: the bar again; afterwards the page itself."""
    found = batch_of(request, pk)
    if busy := _busy(found):
        return render(request, "_progress.html", {"url": reverse("collect:progress", args=[pk]), "doing": busy})
    return HttpResponse(headers={"HX-Refresh": "true"})


@allowed("collect.see")
@require_safe
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """与上次不同 as xlsx."""
    found = batch_of(request, pk)
    wanted = differing.Differences(found, request.GET.get("tab", ""))
    rows = differing.lines(found, wanted[: papers.MOST])
    audit.write(request.actor, request.now, "collect.export", f"batch:{pk}", {"what": "differences", "tab": wanted.tab})
    names = {name: str(word) for name, word in differing.CHANGES.items()}
    title = _("与上次不同 %(title)s %(number)s.xlsx") % {"title": found.title, "number": found.number}
    return download(papers.differences(found, rows, names), title)
