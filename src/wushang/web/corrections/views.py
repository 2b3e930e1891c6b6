"""数据订正: the list by state, one correction from who was told to the signed 更正说明."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.people.page import allowed, day_of
from wushang.terms.problem import Refused
from wushang.warn import noting
from wushang.warn.deeds.explain_correction import DraftNote, ReviewNote, SendBackNote, SignNote
from wushang.warn.deeds.issue_note import IssueNote, NumberNote, StampNote
from wushang.warn.deeds.settle_correction import NeedsNoNote, NeedsNote
from wushang.warn.models import Correction
from wushang.web.corrections import shown

VERB = "warn.see"


@allowed(VERB)
def corrections(request: Any) -> HttpResponse:
    """By state, newest first; filters stay in the address."""
    every = shown.visible(request.scope)
    state = request.GET.get("state") if request.GET.get("state") in shown.TABS else "pending"
    text = request.GET.get("q", "").strip()
    rows = shown.filtered(every, "" if state == "all" else state, text)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "web/corrections.html", {
        "page": page, "table": shown.table(list(page.object_list)), "tabs": shown.tabs(every, state), "state": state,
        "asked": {"q": text},
    })  # fmt: skip


def _one(request: Any, pk: int) -> Correction:
    found = shown.visible(request.scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@allowed(VERB)
def correction(request: Any, pk: int) -> HttpResponse:
    held = _one(request, pk)
    return render(request, "web/correction.html", shown.one(held, request.scope, request.actor))


def _scan(request: Any) -> bytes:
    return request.FILES["scan"].read() if "scan" in request.FILES else b""


@allowed("warn.draft", "warn.review", "warn.sign", "warn.number", "warn.issue")
@require_POST
def act(request: Any, pk: int, name: str) -> HttpResponse:
    """The acts on one correction; each deed says for itself who may."""
    held, said = _one(request, pk), request.POST
    who = (request.actor, request.now, held)
    acts: dict[str, tuple[Any, Any]] = {
        "draft": (lambda: DraftNote(*who, {name: said[name] for name in noting.WRITTEN if name in said}), _("更正说明已提交审核。")),
        "review": (lambda: ReviewNote(*who, said.get("remark", "")), _("已审核，下一步：签发。")),
        "send-back": (lambda: SendBackNote(*who, said.get("reason", "")), _("已退回修改。")),
        "sign": (lambda: SignNote(*who, said.get("remark", "")), _("更正说明已签发，下一步：编文号、发出。")),
        "number": (lambda: NumberNote(*who, said.get("typed", ""), said.get("word", "")), _("文号已记下。")),
        "scan": (lambda: StampNote(*who, _scan(request), day_of(said, "signed")), _("盖章件已上传，以扫描件为正式件。下一步：发出。")),
        "issue": (lambda: IssueNote(*who), _("更正说明已发给按旧数知道的单位和部门。")),
        "no-note": (lambda: NeedsNoNote(*who, said.get("reason", "")), _("已记为无需说明。")),
        "reopen": (lambda: NeedsNote(*who), _("已改为要说明，下一步：起草更正说明。")),
    }  # fmt: skip
    if name not in acts:
        raise Http404
    make, done = acts[name]
    try:
        make().do()
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("correction", pk)
